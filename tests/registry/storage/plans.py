"""How the database carries out what is asked of it: the plans of all statements, as text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from ieum_registry.storage.database.postgres import PostgresDatabase
from ieum_registry.storage.database.sqlite import SqliteDatabase
from ieum_registry.storage.database.writing import Row, Writing
from ieum_registry.storage.store import Store


@dataclass
class Asked:
    """The queries that were run, each with its values; `forget` begins anew."""

    queries: list[tuple[str, Sequence[Any]]] = field(default_factory=list)

    def forget(self) -> None:
        self.queries.clear()

    def plans(self, store: Store, about: str) -> list[str]:
        """Give the plan of each query whose text has these words."""
        how = "EXPLAIN QUERY PLAN" if store.database.dialect.name == "sqlite" else "EXPLAIN"
        chosen = [each for each in self.queries if about in each[0]]
        return [
            "\n".join(str(row[-1]) for row in store.database.rows(f"{how} {sql}", values))
            for sql, values in chosen
        ]


def watch(patch: pytest.MonkeyPatch) -> Asked:
    """Note every query of every store from now on, and run it all the same."""
    asked = Asked()
    for reading in (SqliteDatabase, PostgresDatabase, Writing):
        _note(asked, reading, patch)
    return asked


def _note(asked: Asked, reading: type[Any], patch: pytest.MonkeyPatch) -> None:
    rows = reading.rows

    def noted(self: object, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        if not sql.startswith("EXPLAIN"):
            asked.queries.append((sql, values))
        found: list[Row] = rows(self, sql, values)
        return found

    patch.setattr(reading, "rows", noted)
