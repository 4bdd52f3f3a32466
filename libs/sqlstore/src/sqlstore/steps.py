"""Bringing a database to the newest shape, step by step, one migrator at a time."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from alembic import command, context
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import URL, MetaData, NullPool, create_engine
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError

from sqlstore.engine import open_engine, reading

MIGRATION_LOCK = 0x1E0_0002
"""The advisory lock that migrations run under (PostgreSQL); each service has its own database."""
LOCK_TIMEOUT_S = 4
"""How long a step waits for a table in use: a migration that waits makes all behind it wait too."""


class LockedOut(Exception):
    """A table was in use for too long, and the step was not made; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Steps:
    """One service's numbered steps.

    Attributes:
        folder: Holds `env.py`, which calls `run_steps`, `versions/` and `head`: the newest step's
            name, so that two branches that each add one meet in a merge conflict.
        remedy: The command that migrates, as `ieum-notify migrate`.
    """

    folder: Path
    remedy: str

    def migrate(self, database: str, revision: str = "head") -> tuple[str | None, str | None]:
        """Go up to the newest step, or down to the one named (`base` is an empty database).

        Safe to repeat, and to run twice at once: the second migrator waits and finds it done.

        Returns:
            The step that the database was at, and the one that it is at now; None is empty.

        Raises:
            LockedOut: A table was in use for more than four seconds. Steps before it stay made.
        """
        settings = self.settings(database)
        engine: Engine = settings.attributes["engine"]
        try:
            with _alone(engine.url):
                before = _step_of(engine)
                if revision == "head":
                    command.upgrade(settings, revision)
                else:
                    command.downgrade(settings, revision)
                return before, _step_of(engine)
        except OperationalError as error:
            if not _is_lock_timeout(error):
                raise
            why = str(error.orig).partition("\n")[0]
            raise LockedOut(
                f"the database is in use ({why}): run `{self.remedy}` again in a moment"
            ) from error
        finally:
            engine.dispose()

    def settings(self, database: str) -> Config:
        """Give what Alembic needs; there is no ini file."""
        settings = Config()
        settings.set_main_option("script_location", str(self.folder))
        settings.attributes["engine"] = open_engine(database)
        return settings

    def newest(self) -> str:
        """Give the step that the code needs, as the head file names it."""
        return (self.folder / "head").read_text(encoding="utf-8").strip()

    @staticmethod
    def of(connection: Connection) -> str | None:
        """Give the step that a database is at; None if it is empty."""
        return MigrationContext.configure(connection).get_current_revision()

    def check(self, engine: Engine) -> None:
        """Make sure that the database answers and was migrated; waits for no writer.

        A step that a later release made is no fault: steps add first and take away one release
        later, so that the running release survives.

        Raises:
            RuntimeError: An earlier step than the code needs, with the remedy.
        """
        found = _step_of(engine)
        if found is None or found < self.newest():
            raise RuntimeError(
                f"the database is at {found or 'nothing'}, this program needs {self.newest()}: "
                f"run `{self.remedy}`"
            )


def run_steps(metadata: MetaData) -> None:
    """Run what Alembic chose: one transaction a step, and no long wait for a lock.

    To be called by a folder's `env.py`, and by nothing else.
    """
    engine: Engine = context.config.attributes["engine"]
    with engine.connect() as connection:
        _wait_briefly(connection)
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


def _step_of(engine: Engine) -> str | None:
    """Give the step that a database is at; None if it is empty."""
    with reading(engine) as connection:
        return Steps.of(connection)


def _wait_briefly(connection: Connection) -> None:
    driver = connection.connection
    if connection.dialect.name == "postgresql":
        driver.cursor().execute(f"SET lock_timeout = '{LOCK_TIMEOUT_S}s'")
        driver.commit()
    else:
        driver.cursor().execute(f"PRAGMA busy_timeout = {LOCK_TIMEOUT_S * 1000}")


def _is_lock_timeout(error: OperationalError) -> bool:
    if isinstance(error.orig, sqlite3.OperationalError):
        return error.orig.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return isinstance(error.orig, psycopg.errors.LockNotAvailable)


@contextmanager
def _alone(url: URL) -> Iterator[None]:
    """Keep other migrators of the same database out; whoever dies lets the next one in."""
    if url.get_backend_name() != "sqlite":
        engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as held:
            held.exec_driver_sql(f"SELECT pg_advisory_lock({MIGRATION_LOCK})")
            yield
    elif url.database:
        with Path(f"{url.database}.migrating").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    else:  # In memory: nobody else sees it.
        yield
