"""Pieces of statements over spans, each with its values.

A span says from which entry (`seq_from`, which holds the text) up to before which (`seq_to`) a
version was the latest. What holds now ends at `OPEN`, which stands in each statement as a literal:
as a bound value PostgreSQL's general plan could not use the partial indexes (500 times slower).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ieum_registry.storage.database.dialect import Dialect

OPEN = 2**53 - 1
"""`seq_to` of what holds now: the largest whole number that JSON readers agree on."""


@dataclass(slots=True)
class Part:
    """A piece of SQL with the values of its marks, in order."""

    sql: str
    values: list[Any] = field(default_factory=list)

    def __add__(self, other: "Part") -> "Part":
        return Part(self.sql + other.sql, [*self.values, *other.values])


def both(parts: Iterable[Part], word: str = " AND ") -> Part:
    """Join conditions by a word."""
    parts = list(parts)
    return Part(
        word.join(part.sql for part in parts), [value for part in parts for value in part.values]
    )


def alive(alias: str, known_at: int | None) -> Part:
    """Say that a span holds now, or held when the log reached `known_at`."""
    if known_at is None:
        return Part(f"{alias}.seq_to = {OPEN}")
    return Part(f"{alias}.seq_from <= ? AND {alias}.seq_to > ?", [known_at, known_at])


def among(dialect: Dialect, expression: str, ids: Sequence[str]) -> Part:
    """Say that an id is one of these."""
    return Part(dialect.in_list(expression, "uuid"), [dialect.listed(ids)])
