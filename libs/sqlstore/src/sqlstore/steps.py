"""Bringing a database to the newest shape, step by step, one migrator at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, NullPool, create_engine, make_url
from sqlalchemy.engine import Engine

from sqlstore.engine import open_engine

MIGRATION_LOCK = 0x1E0_0002
"""The advisory lock that migrations run under (PostgreSQL); each service has its own database."""


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

    def migrate(self, database: str, revision: str = "head") -> None:
        """Go up to the newest step, or down to the one named (`base` is an empty database).

        Safe to repeat, and to run twice at once: the second migrator waits and finds it done.
        """
        settings = self.settings(database)
        with _alone(database):
            if revision == "head":
                command.upgrade(settings, revision)
            else:
                command.downgrade(settings, revision)

    def settings(self, database: str) -> Config:
        """Give what Alembic needs; there is no ini file."""
        settings = Config()
        settings.set_main_option("script_location", str(self.folder))
        settings.attributes["engine"] = open_engine(database)
        return settings

    def newest(self) -> str:
        """Give the step that the code needs, as the head file names it."""
        return (self.folder / "head").read_text(encoding="utf-8").strip()

    def check(self, engine: Engine) -> None:
        """Make sure that the database answers and was migrated.

        Raises:
            RuntimeError: Another step than the code needs, with the remedy.
        """
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
        if found != self.newest():
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
        if connection.dialect.name == "postgresql":
            # A migration that waits for a lock makes everybody behind it wait too.
            connection.exec_driver_sql("SET lock_timeout = '4s'")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


@contextmanager
def _alone(database: str) -> Iterator[None]:
    """Keep other migrators of the same database out; whoever dies lets the next one in."""
    url = make_url(database)
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
