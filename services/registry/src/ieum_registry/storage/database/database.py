"""What one store can do: single-statement reads, write transactions, tables built anew.

Statements run on the driver's own cursor: SQLAlchemy's Core costs ten to twenty times as much on
one row. Schemas and migrations stay SQLAlchemy's.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from .anew import Rebuilding
from .dialect import Dialect
from .writing import Row, WriteTransaction


class DatabaseUnfit(Exception):
    """The database cannot hold what Ieum writes; the text says what to do about it."""


class Database(Protocol):
    """One store, opened."""

    dialect: Dialect

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one query in a statement of its own; nothing stays open."""
        ...

    def writing(self) -> AbstractContextManager[WriteTransaction]:
        """Open a write transaction; it is committed when the block ends well."""
        ...

    def stream(self, sql: str, *, at_once: int = 5000) -> Iterator[Row]:
        """Run one query whose answer does not fit into memory."""
        ...

    def rebuilding(self) -> AbstractContextManager[Rebuilding]:
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
