"""Opening a database: SQLite for one machine, PostgreSQL for more."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Dialect, String, create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.types import TypeDecorator, TypeEngine

OTHERS = 0o077
"""What of a file's mode is for others than its owner."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
)


class Instant(TypeDecorator[datetime]):
    """An aware instant: `timestamptz` on PostgreSQL, sortable UTC text on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(32))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ANN401  Two databases, two types.
        """Write it in UTC, microseconds always given, so that text sorts as time does."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.isoformat(timespec="microseconds") if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ANN401  As above.
        """Read it back, aware, in UTC."""
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if dialect.name == "sqlite" else value
        return moment.astimezone(UTC)


def open_engine(database: str) -> Engine:
    """Open a pool on `sqlite:////abs/file.db` or `postgresql+psycopg://…`; nothing is created.

    What is written does not stand in the text of an error: that goes to log files.
    """
    if not database.startswith("sqlite"):
        return create_engine(
            database,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 5},
            hide_parameters=True,
        )
    engine = create_engine(database, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    if engine.url.database:
        file = Path(engine.url.database)
        event.listen(engine, "connect", lambda *_: keep_private(file))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that only reads: it sees one moment and waits for no writer."""
    with engine.connect().execution_options(ieum_reading=True) as connection, connection.begin():
        yield connection


def keep_private(file: Path) -> None:
    """Let the owner alone read a database file and what lies beside it under its name.

    Whatever the umask was when they were made; SQLite gives later ones the mode of the file.
    """
    for each in file.parent.glob(f"{file.name}*"):
        with suppress(FileNotFoundError):  # Another process may just have removed it.
            if each.stat().st_mode & OTHERS:
                each.chmod(0o600)


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  The driver's own.
    # The driver's own transactions lose updates silently; ours begin below.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    is_reading = connection.get_execution_options().get("ieum_reading", False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")
