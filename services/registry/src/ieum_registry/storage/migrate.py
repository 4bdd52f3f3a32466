"""Bringing a store's schema up to this release, and back.

Numbered steps lie in `migrations/`; the file `head` there names the newest, so that two branches
that each add one meet in a merge conflict.
"""

import fcntl
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from .engine import SQLITE_PRAGMAS

MIGRATIONS = Path(__file__).with_name("migrations")
LOCK_TIMEOUT_S = 4
MIGRATION_LOCK = 0x1E0_0002
"""The advisory lock that migrations run under (PostgreSQL)."""


class LockedOut(Exception):
    """The tables are in use; nothing was changed. Trying again when it is quieter is right."""


def steps() -> ScriptDirectory:
    """Give the numbered steps."""
    return ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS)])


def head() -> str:
    """Name the newest step, by the file `head`."""
    return MIGRATIONS.joinpath("head").read_text(encoding="utf-8").strip()


def migrate(url: str, *, to: str = "head") -> tuple[str | None, str | None]:
    """Run the steps that are missing; `to` an earlier one undoes the later ones.

    Each step is one transaction. Waits at most four seconds for a table that is in use, so that a
    queue of readers cannot build up behind the migration.

    Args:
        to: `head`, the name of a step, or `base` for an empty store.

    Returns:
        The step that the store was at, and the one that it is at now; None is empty.

    Raises:
        LockedOut: A table was in use for too long.
    """
    script = steps()
    with _connection(url) as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "fn": _plan(script, to),
                "transaction_per_migration": True,
                "transactional_ddl": True,
            },
        )
        try:
            before = context.get_current_revision()
            with Operations.context(context):
                context.run_migrations()
            return before, context.get_current_revision()
        except sa.exc.OperationalError as error:
            raise LockedOut(str(error.orig)) from error


def current(url: str) -> str | None:
    """Name the step that a store is at; None is empty."""
    with _connection(url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _plan(script: ScriptDirectory, to: str) -> Callable[..., object]:
    """Choose between up and down. Alembic offers both only through a folder with env.py."""

    def plan(now: tuple[str, ...], _context: MigrationContext) -> object:
        at = now[0] if now else None
        target = script.get_current_head() if to == "head" else None if to == "base" else to
        later = {each.revision for each in script.iterate_revisions("head", target or "base")}
        if at is not None and at in later and at != target:
            return script._downgrade_revs(target or "base", at)
        if target is None or target == at:
            return []
        return script._upgrade_revs(target, at)  # type: ignore[arg-type] # None is an empty store

    return plan


@contextmanager
def _connection(url: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    is_sqlite = engine.dialect.name == "sqlite"
    if is_sqlite:
        _let_steps_be_undone(engine)
    try:
        with _alone(engine), engine.connect() as connection:
            if not is_sqlite:
                connection.exec_driver_sql(f"SET lock_timeout = '{LOCK_TIMEOUT_S}s'")
                connection.commit()
            yield connection
    finally:
        engine.dispose()


def _let_steps_be_undone(engine: sa.Engine) -> None:
    """Make SQLite's steps whole transactions: the driver opens none before CREATE TABLE."""

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (*SQLITE_PRAGMAS, f"PRAGMA busy_timeout={LOCK_TIMEOUT_S * 1000}"):
            connection.execute(pragma)

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def _alone(engine: sa.Engine) -> Iterator[None]:
    """Keep other migrations of the same store out."""
    if engine.dialect.name == "sqlite":
        with Path(f"{engine.url.database}.migrating").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    else:
        with engine.connect() as held:
            held.exec_driver_sql(f"SELECT pg_advisory_lock({MIGRATION_LOCK})")
            yield
