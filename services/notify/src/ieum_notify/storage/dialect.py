"""What both databases know, each by its own construct: upserts, taking turns, one moment."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Column, ColumnElement, Dialect, Table, Uuid, any_, func, select, text
from sqlalchemy import literal as value_of
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

Insert = sqlite.Insert | postgresql.Insert


def take_turns(connection: Connection, what: int) -> None:
    """Wait until nobody else's transaction does this; on SQLite writers queue anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(what)))


def see_one_moment(connection: Connection) -> None:
    """Let all that this transaction reads be of one moment; said first. On SQLite it is so."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def insert_or_leave(connection: Connection, table: Table, *unique: Column[Any]) -> Insert:
    """Insert unless a row with the same unique columns is there."""
    insert = _insert(connection.dialect.name, table)
    return insert.on_conflict_do_nothing(index_elements=list(unique))


def insert_or_replace(
    connection: Connection, table: Table, *unique: Column[Any], replace: tuple[str, ...]
) -> Insert:
    """Insert, or overwrite some columns of the row with the same unique columns."""
    return _insert_or_replace(connection.dialect.name, table, unique, replace)


@cache  # Making a statement anew costs more than running it.
def _insert_or_replace(
    dialect: str, table: Table, unique: tuple[Column[Any], ...], replace: tuple[str, ...]
) -> Insert:
    insert = _insert(dialect, table)
    return insert.on_conflict_do_update(
        index_elements=list(unique), set_={name: insert.excluded[name] for name in replace}
    )


def _insert(dialect: str, table: Table) -> Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def among(dialect: Dialect, column: Column[UUID], ids: Iterable[UUID]) -> ColumnElement[bool]:
    """Say that an id is one of these: one value, as a statement may have only so many."""
    if dialect.name == "sqlite":
        listed = func.json_each(json.dumps([each.hex for each in ids])).table_valued("value")
        return column.in_(select(listed.c.value))
    return column == any_(value_of(list(ids), ARRAY(Uuid)))
