# ruff: noqa: S608 - names come from the declarations; every value is bound.
"""An open write transaction: what can be said in one, whatever the database."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString, Protocol

import psycopg

from .dialect import Dialect

Row = Sequence[Any]

WRITE_LOCK = 0x1E0_0001
"""The advisory lock that numbers are drawn under (PostgreSQL), one per database."""

_LOCK: LiteralString = "SELECT pg_advisory_xact_lock(%s)"

FEW = 30
"""Up to how many rows are sent one by one (PostgreSQL)."""


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
        self._is_together = False

    @contextmanager
    def together(self) -> Iterator[None]:
        """Have what is written inside sent at once (PostgreSQL), so that one answer is awaited.

        Nothing is to be read inside.

        Raises:
            UniqueClash: A unique index refused a row; told when the block ends.
        """
        if not isinstance(self._cursor, psycopg.Cursor):
            yield
            return
        try:
            with self._cursor.connection.pipeline():
                self._is_together = True
                yield
        except psycopg.errors.UniqueViolation as error:
            raise _clash(error) from error
        finally:
            self._is_together = False

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
            if self._dialect.name == "postgresql" and len(rows) > FEW and not self._is_together:
                self._copy(table, names, rows, ending)
            else:
                marks = ", ".join("?" * len(columns))
                self._each(f"INSERT INTO {table} ({names}) VALUES ({marks}){ending}", rows)
        except (sqlite3.IntegrityError, psycopg.errors.UniqueViolation) as error:
            raise _clash(error) from error

    def change_each(self, sql: str, rows: Sequence[Row]) -> None:
        """Run one statement for each row."""
        if rows:
            self._each(sql, rows)

    def _each(self, sql: str, rows: Sequence[Row]) -> None:
        """Run one statement for each row; for one alone psycopg need not begin a pipeline."""
        if len(rows) == 1:
            self._cursor.execute(self._dialect.spelled(sql), rows[0])
        else:
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
            self._cursor.execute(_LOCK, (WRITE_LOCK,))

    def rows_as_sole_writer(self, sql: str) -> list[Row]:
        """Wait as `become_sole_writer` does, and give the rows of a query asked after it.

        Two statements still, each with a snapshot of its own, but sent together.
        """
        if not isinstance(self._cursor, psycopg.Cursor):
            return self.rows(sql)
        with self._cursor.connection.pipeline():
            self._cursor.connection.execute(_LOCK, (WRITE_LOCK,))
            return self.rows(sql)

    def give_up(self) -> None:
        """Roll back when the block ends, though it ends well."""
        self._is_kept = False

    @property
    def is_kept(self) -> bool:
        """Whether the block's end commits."""
        return self._is_kept


def _clash(error: Exception) -> UniqueClash:
    if isinstance(error, psycopg.errors.UniqueViolation):
        return UniqueClash(error.diag.constraint_name or "")
    if "UNIQUE" not in str(error):
        raise error
    return UniqueClash(str(error).removeprefix("UNIQUE constraint failed: "))
