"""One store on a server (PostgreSQL): connections, and who may write now."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.pool import PoolProxiedConnection

from .anew import Rebuilding, create_anew
from .database import DatabaseUnfit
from .dialect import Dialect
from .pool import Pool
from .writing import Row, WriteTransaction

READERS = 4
"""How many of one process read at the same time."""

REBUILD_LOCK = 0x1E0_0003
"""The advisory lock that shelves are built anew under (PostgreSQL)."""


class PostgresDatabase:
    """A PostgreSQL database: shared connections, reads in autocommit, writes READ COMMITTED.

    Writers must not run at a higher level: their snapshot would be older than the lock.
    """

    def __init__(self, url: sa.URL) -> None:
        self.dialect = Dialect("postgresql")
        self._writing = sa.create_engine(url, pool_size=8, max_overflow=24, pool_pre_ping=True)
        self._reading = sa.create_engine(url, poolclass=sa.NullPool)
        self._readers = Pool(
            self._connect, READERS, is_lost=lambda connection: bool(connection.closed)
        )

    def _connect(self) -> psycopg.Connection[Any]:
        pooled = self._reading.raw_connection()
        connection = _driver(pooled)
        pooled.detach()
        connection.autocommit = True
        return connection

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one query in a statement of its own; again if the connection was lost.

        All of them are, when the server was started anew.
        """
        spelled = self.dialect.spelled(sql)
        for _ in range(READERS + 1):
            with self._readers.lent() as connection:
                try:
                    return connection.execute(spelled, values).fetchall()
                except psycopg.OperationalError:
                    if not connection.closed:
                        raise
        raise psycopg.OperationalError("the database closes every connection")

    @contextmanager
    def writing(self) -> Iterator[WriteTransaction]:
        """Open a write transaction. Others may write beside it until `become_sole_writer`."""
        with closing(self._writing.raw_connection()) as pooled:
            driver = _driver(pooled)
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
            create_anew(connection, tables)

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
        for connection in self._readers.take_all():
            connection.close()


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
