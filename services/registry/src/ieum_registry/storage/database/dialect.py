# ruff: noqa: S608 - names come from the declarations; every value is bound.
"""Statements that are written once, with `?` for values, and spelled for either database."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

ColumnType = Literal["text", "day", "integer", "uuid", "bytes"]

_POSTGRES_TYPES: dict[ColumnType, str] = {
    "text": "text",
    "day": "text",
    "integer": "bigint",
    "uuid": "uuid",
    "bytes": "bytea",
}


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
