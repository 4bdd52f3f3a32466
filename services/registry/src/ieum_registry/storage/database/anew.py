"""A second set of tables beside the live ones, in the schema `anew`."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import sqlalchemy as sa

from .writing import WriteTransaction


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


def create_anew(connection: sa.Connection, tables: Sequence[sa.Table]) -> None:
    """Make tables in `anew` as they are declared, with their indexes."""
    metadata = sa.MetaData()
    for table in tables:
        table.to_metadata(metadata, schema="anew")
    metadata.create_all(connection, checkfirst=False)
    connection.commit()
