# ruff: noqa: S608 - names come from the declarations; every value is bound.
"""One store, SQLite or PostgreSQL: connections, single-statement reads, and who may write now.

Statements are written once, with `?` for values, and run on the driver's own cursor: SQLAlchemy's
Core costs ten to twenty times as much on one row. Schemas and migrations stay SQLAlchemy's.
"""

import fcntl
import json
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Literal, Protocol
from urllib.parse import urlsplit

import psycopg
import sqlalchemy as sa
from sqlalchemy.pool import PoolProxiedConnection

Row = Sequence[Any]
ColumnType = Literal["text", "day", "integer", "uuid", "bytes"]

BUSY_MS = 10_000
WRITE_LOCK = 0x1E0_0001
"""The advisory lock that numbers are drawn under (PostgreSQL), one per database."""
REBUILD_LOCK = 0x1E0_0003
"""The advisory lock that shelves are built anew under (PostgreSQL)."""
SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL may lose acknowledged commits on power loss.
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-65536",
    "PRAGMA mmap_size=268435456",
)
FEW = 30
"""Up to how many rows are sent one by one (PostgreSQL)."""
_POSTGRES_TYPES: dict[ColumnType, str] = {
    "text": "text",
    "day": "text",
    "integer": "bigint",
    "uuid": "uuid",
    "bytes": "bytea",
}


class DatabaseUnfit(Exception):
    """The database cannot hold what Ieum writes; the text says what to do about it."""


class UniqueClash(Exception):
    """A unique index refused a row.

    Attributes:
        index: The name of the index (PostgreSQL), or the columns `table.column` (SQLite).
    """

    def __init__(self, index: str) -> None:
        """Name what refused."""
        super().__init__(index)
        self.index = index


class Cursor(Protocol):
    """What both drivers' cursors share."""

    @property
    def rowcount(self) -> int:
        """How many rows the statement touched."""

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> object:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> object:
        """Run one statement for each row."""

    def fetchall(self) -> list[Any]:
        """Give the rows that are left."""


class Writing:
    """An open write transaction: statements, and many rows at once."""

    def __init__(self, cursor: Cursor, dialect: "Dialect") -> None:
        self._cursor = cursor
        self._dialect = dialect

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement and give how many rows it touched."""
        try:
            self._cursor.execute(self._dialect.spelled(sql), values)
        except (sqlite3.IntegrityError, psycopg.errors.UniqueViolation) as error:
            raise _clash(error) from error
        return self._cursor.rowcount

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one query and give its rows."""
        self._cursor.execute(self._dialect.spelled(sql), values)
        return self._cursor.fetchall()

    def insert(
        self,
        table: str,
        columns: Sequence[str],
        rows: Sequence[Row],
        *,
        or_ignore: bool = False,
    ) -> None:
        """Insert rows; those that a unique index refuses may be left out."""
        if not rows:
            return
        names = ", ".join(f'"{name}"' for name in columns)
        ending = " ON CONFLICT DO NOTHING" if or_ignore else ""
        try:
            if self._dialect.name == "postgresql" and len(rows) > FEW:
                self._copy(table, names, rows, ending)
            else:
                marks = ", ".join("?" * len(columns))
                sql = f"INSERT INTO {table} ({names}) VALUES ({marks}){ending}"
                self._cursor.executemany(self._dialect.spelled(sql), rows)
        except (sqlite3.IntegrityError, psycopg.errors.UniqueViolation) as error:
            raise _clash(error) from error

    def change_each(self, sql: str, rows: Sequence[Row]) -> None:
        """Run one statement for each row."""
        if rows:
            self._cursor.executemany(self._dialect.spelled(sql), rows)

    def _copy(self, table: str, names: str, rows: Sequence[Row], ending: str) -> None:
        """Send many rows by COPY: fifteen times as fast as arrays, where texts are long."""
        assert isinstance(self._cursor, psycopg.Cursor)  # noqa: S101 - the dialect's only driver
        into = table
        if ending:  # COPY knows no conflicts.
            into = "arriving"
            self._cursor.execute(
                f"CREATE TEMPORARY TABLE arriving ON COMMIT DROP AS SELECT {names} FROM {table}"
                " WITH NO DATA"
            )
        with self._cursor.copy(f"COPY {into} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        if ending:
            self._cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT {names} FROM arriving{ending}"
            )
            self._cursor.execute("DROP TABLE arriving")


class Dialect:
    """Where the two databases are spelled differently."""

    def __init__(self, name: Literal["sqlite", "postgresql"]) -> None:
        self.name = name
        self._marks = name == "postgresql"

    def spelled(self, sql: str) -> str:
        """Give the statement with the driver's own marks for values."""
        return _percent_marks(sql) if self._marks else sql

    def in_list(self, expression: str, kind: ColumnType) -> str:
        """Say that an expression is one of a list; the list is one value, made by `listed`."""
        if self.name == "sqlite":
            return f"{expression} IN (SELECT value FROM json_each(?))"
        return f"{expression} = ANY(?::{_POSTGRES_TYPES[kind]}[])"

    def listed(self, values: Iterable[object]) -> object:
        """Give a list as one value."""
        return json.dumps(list(values)) if self.name == "sqlite" else list(values)

    def holds(self, text: str) -> str:
        """Say that a text holds another one, given as a value, as it is."""
        return f"instr({text}, ?) > 0" if self.name == "sqlite" else f"strpos({text}, ?) > 0"


@lru_cache(maxsize=4096)
def _percent_marks(sql: str) -> str:
    return sql.replace("?", "%s")


def _clash(error: Exception) -> UniqueClash:
    if isinstance(error, psycopg.errors.UniqueViolation):
        return UniqueClash(error.diag.constraint_name or "")
    if "UNIQUE" not in str(error):
        raise error
    return UniqueClash(str(error).removeprefix("UNIQUE constraint failed: "))


class FairLock:
    """A lock that is given in the order in which it was asked for.

    SQLite's own waiting lets late comers overtake: 99 of 100 writers then wait ten times as long.
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._queue: deque[threading.Lock] = deque()
        self._is_held = False

    def __enter__(self) -> None:
        with self._mutex:
            if not self._is_held:
                self._is_held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._queue.append(turn)
        turn.acquire()

    def __exit__(self, *_: object) -> None:
        with self._mutex:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._is_held = False


class Database(Protocol):
    """One store, opened."""

    dialect: Dialect

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one query in a statement of its own; nothing stays open."""
        ...

    def writing(self) -> AbstractContextManager["WriteTransaction"]:
        """Open a write transaction; it is committed when the block ends well."""
        ...

    def stream(self, sql: str, *, at_once: int = 5000) -> Iterator[Row]:
        """Run one query whose answer does not fit into memory."""
        ...

    def rebuilding(self) -> AbstractContextManager["Rebuilding"]:
        """Open an empty schema `anew` beside the live tables; it is gone when the block ends."""
        ...

    def take_stock(self) -> None:
        """Let the planner know how much there is by now, after very many rows were written."""
        ...

    def check(self) -> None:
        """Raise if the store does not answer, or is not fit."""
        ...

    def close(self) -> None:
        """Close all connections."""
        ...


class WriteTransaction(Writing):
    """A write transaction that can be made the only one."""

    def __init__(self, cursor: Cursor, dialect: Dialect) -> None:
        super().__init__(cursor, dialect)
        self._is_kept = True

    def become_sole_writer(self) -> None:
        """Wait until no other writer is numbering. To be called last, just before the inserts.

        On PostgreSQL a statement of its own: in one statement with the read of the head, the
        snapshot would be taken before the wait, and numbers would be drawn twice.
        """
        if self._dialect.name == "postgresql":
            self._cursor.execute("SELECT pg_advisory_xact_lock(%s)", (WRITE_LOCK,))

    def give_up(self) -> None:
        """Roll back when the block ends, though it ends well."""
        self._is_kept = False

    @property
    def is_kept(self) -> bool:
        """Whether the block's end commits."""
        return self._is_kept


class Rebuilding(Protocol):
    """A second set of tables, in the schema `anew`, and transactions over both sets."""

    def create(self, tables: Sequence[sa.Table]) -> None:
        """Make the tables in `anew`, with their indexes."""
        ...

    def aside(self) -> AbstractContextManager[WriteTransaction]:
        """Open a transaction that writes to `anew` alone; live writers go on beside it."""
        ...

    def alone(self) -> AbstractContextManager[WriteTransaction]:
        """Open a transaction as the sole writer, over both sets."""
        ...


def open_database(url: str) -> Database:
    """Open `sqlite:////absolute/file` or `postgresql+psycopg://…`.

    Raises:
        DatabaseUnfit: The address names neither.
    """
    scheme = urlsplit(url).scheme
    if scheme == "sqlite" and (file := sa.make_url(url).database):
        return SqliteDatabase(Path(file))
    if scheme == "postgresql+psycopg":
        return PostgresDatabase(sa.make_url(url))
    raise DatabaseUnfit(
        f"database address with scheme {scheme!r}; use sqlite:////file or postgresql+psycopg://…"
    )


class SqliteDatabase:
    """One file: a connection for each reading thread, one for the only writer.

    Writers queue in the process, and between processes on `<file>.lock`. Not for network file
    systems, where neither locks nor WAL hold.
    """

    def __init__(self, path: Path) -> None:
        self.dialect = Dialect("sqlite")
        self._path = path
        self._threads = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._queue = FairLock()
        self._writer: sqlite3.Connection | None = None
        self._lock_file: IO[bytes] | None = None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        for pragma in SQLITE_PRAGMAS:
            connection.execute(pragma)
        self._opened.append(connection)
        return connection

    def _disconnect(self, connection: sqlite3.Connection) -> None:
        self._opened.remove(connection)
        connection.close()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one query in a statement of its own."""
        connection: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            connection = self._threads.connection = self._connect()
        return connection.execute(sql, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[WriteTransaction]:
        """Open a write transaction, in the order of asking."""
        with self._turn():
            if self._writer is None:
                self._writer = self._connect()
            with _sqlite_transaction(self._writer, "IMMEDIATE") as transaction:
                yield transaction

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for this writer's turn, in this process and among processes."""
        with self._queue:
            if self._lock_file is None:
                self._lock_file = Path(f"{self._path}.lock").open("wb")  # noqa: SIM115 - kept open
            fcntl.flock(self._lock_file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._lock_file, fcntl.LOCK_UN)

    @contextmanager
    def rebuilding(self) -> Iterator[Rebuilding]:
        """Attach an empty second file, on a connection of its own; one rebuilding at a time."""
        # A file description of its own keeps out threads and processes alike.
        with Path(f"{self._path}.anew.lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            file = Path(f"{self._path}.anew")
            file.unlink(missing_ok=True)
            connection = self._connect()
            try:
                connection.execute("ATTACH DATABASE ? AS anew", (str(file),))
                # It can be made again at any time, so it need not survive anything.
                connection.execute("PRAGMA anew.synchronous=OFF")
                yield _SqliteRebuilding(connection, self._turn)
            finally:
                self._disconnect(connection)
                file.unlink(missing_ok=True)

    def stream(self, sql: str, *, at_once: int = 5000) -> Iterator[Row]:
        """Run one query whose answer does not fit into memory, on a connection of its own."""
        connection = self._connect()
        try:
            cursor = connection.execute(sql)
            while page := cursor.fetchmany(at_once):
                yield from page
        finally:
            self._disconnect(connection)

    def take_stock(self) -> None:
        """Do nothing: SQLite plans these queries rightly without figures."""

    def check(self) -> None:
        """Raise if the file cannot be read."""
        self.rows("SELECT 1")

    def close(self) -> None:
        """Close all connections; no other thread may use the store any more."""
        for connection in self._opened:
            connection.close()
        self._opened.clear()
        self._writer = None
        if self._lock_file is not None:
            self._lock_file.close()
            self._lock_file = None


@contextmanager
def _sqlite_transaction(connection: sqlite3.Connection, kind: str) -> Iterator[WriteTransaction]:
    cursor = connection.cursor()
    cursor.execute(f"BEGIN {kind}")
    transaction = WriteTransaction(cursor, Dialect("sqlite"))
    try:
        yield transaction
        cursor.execute("COMMIT" if transaction.is_kept else "ROLLBACK")
    finally:
        if connection.in_transaction:
            connection.rollback()
        cursor.close()


class _SqliteRebuilding:
    def __init__(
        self,
        connection: sqlite3.Connection,
        turn: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._connection = connection
        self._turn = turn

    def create(self, tables: Sequence[sa.Table]) -> None:
        engine = sa.create_engine(
            "sqlite://", creator=lambda: self._connection, poolclass=sa.StaticPool
        )
        with engine.connect() as connection:
            _create_anew(connection, tables)

    def aside(self) -> AbstractContextManager[WriteTransaction]:
        # Not IMMEDIATE: that would lock the live file too.
        return _sqlite_transaction(self._connection, "DEFERRED")

    @contextmanager
    def alone(self) -> Iterator[WriteTransaction]:
        with self._turn(), _sqlite_transaction(self._connection, "IMMEDIATE") as transaction:
            yield transaction


def _create_anew(connection: sa.Connection, tables: Sequence[sa.Table]) -> None:
    metadata = sa.MetaData()
    for table in tables:
        table.to_metadata(metadata, schema="anew")
    metadata.create_all(connection, checkfirst=False)
    connection.commit()


class PostgresDatabase:
    """A PostgreSQL database: pooled connections, reads in autocommit, writes READ COMMITTED.

    Writers must not run at a higher level: their snapshot would be older than the lock.
    """

    def __init__(self, url: sa.URL) -> None:
        self.dialect = Dialect("postgresql")
        self._writing = sa.create_engine(url, pool_size=8, max_overflow=24, pool_pre_ping=True)
        self._reading = sa.create_engine(
            url, pool_size=16, max_overflow=16, pool_reset_on_return=None
        )

        @sa.event.listens_for(self._reading, "connect")
        def autocommit(connection: psycopg.Connection[Any], _record: object) -> None:
            connection.autocommit = True

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one query in a statement of its own; once more if the connection was lost."""
        spelled = self.dialect.spelled(sql)
        for _ in range(2):
            pooled = self._reading.raw_connection()
            try:
                return _driver(pooled).execute(spelled, values).fetchall()
            except psycopg.OperationalError:
                if not _driver(pooled).closed:
                    raise
                pooled.invalidate()
            finally:
                pooled.close()
        raise psycopg.OperationalError("the database closed the connection twice")

    @contextmanager
    def writing(self) -> Iterator[WriteTransaction]:
        """Open a write transaction. Others may write beside it until `become_sole_writer`."""
        with self._writing.connect() as connection:
            driver = _driver(connection.connection)
            transaction = WriteTransaction(driver.cursor(), self.dialect)
            try:
                yield transaction
            except BaseException:
                driver.rollback()
                raise
            if transaction.is_kept:
                driver.commit()
            else:
                driver.rollback()

    def create_anew(self, tables: Sequence[sa.Table]) -> None:
        """Make the tables in the schema `anew`."""
        with self._writing.connect() as connection:
            _create_anew(connection, tables)

    @contextmanager
    def rebuilding(self) -> Iterator[Rebuilding]:
        """Make an empty schema `anew`; one rebuilding at a time."""
        with self._writing.connect() as held:
            held.exec_driver_sql(f"SELECT pg_advisory_lock({REBUILD_LOCK})")
            held.exec_driver_sql("DROP SCHEMA IF EXISTS anew CASCADE")
            held.exec_driver_sql("CREATE SCHEMA anew")
            held.commit()
            try:
                yield _PostgresRebuilding(self)
            finally:
                held.exec_driver_sql("DROP SCHEMA anew CASCADE")
                held.exec_driver_sql(f"SELECT pg_advisory_unlock({REBUILD_LOCK})")
                held.commit()

    def stream(self, sql: str, *, at_once: int = 5000) -> Iterator[Row]:
        """Run one query whose answer does not fit into memory, by a cursor of the server."""
        with self._writing.connect() as connection:
            with _driver(connection.connection).cursor(name="stream") as cursor:
                cursor.itersize = at_once
                cursor.execute(self.dialect.spelled(sql))
                yield from cursor
            connection.rollback()

    def take_stock(self) -> None:
        """Gather figures now: until the server does, it plans for the tables as they were before.

        Lists of some thousand agreements took fifty times as long until then.
        """
        with self._writing.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()

    def check(self) -> None:
        """Raise if the server does not answer, or the database is not made for Korean text.

        Raises:
            DatabaseUnfit: The encoding is not UTF8, or LC_CTYPE knows ASCII alone.
        """
        ((encoding, ctype),) = self.rows(
            "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database"
            " WHERE datname = current_database()"
        )
        if encoding != "UTF8" or ctype in {"C", "POSIX"}:
            raise DatabaseUnfit(
                f"the database has encoding {encoding} and LC_CTYPE {ctype}; create it with"
                " ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0"
            )

    def close(self) -> None:
        """Close all connections."""
        self._writing.dispose()
        self._reading.dispose()


class _PostgresRebuilding:
    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    def create(self, tables: Sequence[sa.Table]) -> None:
        self._database.create_anew(tables)

    def aside(self) -> AbstractContextManager[WriteTransaction]:
        return self._database.writing()

    @contextmanager
    def alone(self) -> Iterator[WriteTransaction]:
        with self._database.writing() as transaction:
            transaction.become_sole_writer()
            yield transaction


def _driver(pooled: PoolProxiedConnection) -> psycopg.Connection[Any]:
    connection = pooled.driver_connection
    assert isinstance(connection, psycopg.Connection)  # noqa: S101 - the dialect's only driver
    return connection
