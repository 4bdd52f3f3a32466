"""One store in one file (SQLite): connections, and who may write now."""

import fcntl
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa

from sqlstore.engine import keep_private

from .anew import Rebuilding, create_anew
from .dialect import Dialect
from .fair_lock import FairLock
from .pool import Pool
from .writing import Row, WriteTransaction

_PRAGMAS = (
    "PRAGMA busy_timeout=10000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL may lose acknowledged commits on power loss.
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-4096",
)
READERS = 3
"""How many read at the same time: one for each core of a small machine, and one that waits."""


class SqliteDatabase:
    """One file: a few connections that readers share, one for the only writer.

    Writers queue in the process, and between processes on `<file>.lock`. Not for network file
    systems, where neither locks nor WAL hold.
    """

    def __init__(self, path: Path) -> None:
        self.dialect = Dialect("sqlite")
        self._path = path
        self._readers = Pool(self._connect, READERS, is_lost=lambda _: False)
        self._opened: list[sqlite3.Connection] = []
        self._queue = FairLock()
        self._writer: sqlite3.Connection | None = None
        self._lock_file: IO[bytes] | None = None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        self._opened.append(connection)
        return connection

    def _disconnect(self, connection: sqlite3.Connection) -> None:
        self._opened.remove(connection)
        connection.close()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one query in a statement of its own."""
        with self._readers.lent() as connection:
            return connection.execute(sql, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[WriteTransaction]:
        """Open a write transaction, in the order of asking."""
        with self._turn():
            if self._writer is None:
                self._writer = self._connect()
            with _transaction(self._writer, "IMMEDIATE") as transaction:
                yield transaction

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for this writer's turn, in this process and among processes."""
        with self._queue:
            if self._lock_file is None:
                self._lock_file = Path(f"{self._path}.lock").open("wb")  # noqa: SIM115 - kept open
                keep_private(self._path)
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
            file.touch(mode=0o600)
            keep_private(self._path)
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
        connection.text_factory = _text
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


def _text(stored: bytes) -> str | bytes:
    """Read a text; one that was damaged comes as its bytes, for whoever reads on to tell."""
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return stored


@contextmanager
def _transaction(connection: sqlite3.Connection, kind: str) -> Iterator[WriteTransaction]:
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
            create_anew(connection, tables)

    def aside(self) -> AbstractContextManager[WriteTransaction]:
        # Not IMMEDIATE: that would lock the live file too.
        return _transaction(self._connection, "DEFERRED")

    @contextmanager
    def alone(self) -> Iterator[WriteTransaction]:
        with self._turn(), _transaction(self._connection, "IMMEDIATE") as transaction:
            yield transaction
