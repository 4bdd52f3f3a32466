"""Parts that each name a subject, in a table: a row for each, with what is said of it alone.

Its fields come in as lists of equal length, `parties` ×n, `parties.number` ×n. What is found by
search is ticked and becomes a row with the next step; a row that is ticked to go goes with it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any
from uuid import UUID

from flask_babel import gettext

from changefeed.declared import Declaration, Field, fields_of
from changefeed.subjects.all import DECLARED
from changefeed.subjects.parts import Words
from ieum_portal.domain.draft import Values
from ieum_portal.operations.offers import Offer, search, told_apart
from ieum_portal.operations.ports import Registry
from ieum_portal.pages.changing.filled import Filled
from ieum_portal.pages.labels import said
from registryclient.answers import Asked as Asking

ADDED, GOING = "-added", "-going"
"""Behind a table's name: what is ticked to become a row, and the rows that are ticked to go."""

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Cell:
    """One input of a row: its id, which is also what its fault is known by."""

    id: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One row.

    Attributes:
        id: Of what it names, as it was sent.
        called: Its name; None if there is no such subject.
    """

    id: str
    called: Words | None
    cells: Sequence[Cell]


class NamedRows:
    """A fact that holds parts of which each names a subject."""

    def __init__(self, field: Field, keys: Sequence[str], *, most: int) -> None:
        """Choose what is asked of each row beside what it names.

        Args:
            keys: Facts of the part: days and lines of text.
            most: So many rows and no more.
        """
        assert field.parts is not None  # noqa: S101  Asked of such alone.
        parts = {each.key: each for each in fields_of(field.parts)}
        [self.names] = (each for each in parts.values() if each.fact.names is not None)
        self.key, self.label, self.most = field.key, field.fact.label, most
        self.columns = tuple(parts[key] for key in keys)
        self.kind_of: type[Declaration] = DECLARED[self.names.fact.names or ""]

    @property
    def fields(self) -> tuple[str, ...]:
        """What its lists are called, that of the ids first."""
        return (self.key, *(self.field(each) for each in self.columns))

    @property
    def headings(self) -> Mapping[str, str]:
        """What each column is called in the reader's language, by its field."""
        return {self.field(each): said(each.fact.label) for each in self.columns}

    def field(self, column: Field) -> str:
        """Give what the inputs of a column are called."""
        return f"{self.key}.{column.key}"

    def taken(self, values: Values) -> Values:
        """Give what was sent, with what is ticked to come as rows, without those that go."""
        going = set(values.get(f"{self.key}{GOING}", ()))
        rows = [row for number, row in enumerate(self._rows(values)) if str(number) not in going]
        there = {row[0] for row in rows}
        added = dict.fromkeys(values.get(f"{self.key}{ADDED}", ()))
        blank = ("",) * len(self.columns)
        rows += [(each, *blank) for each in added if each not in there and _ID.fullmatch(each)]
        lists = list(zip(*rows, strict=True)) or [()] * len(self.fields)
        left = {
            name: each
            for name, each in values.items()
            if name not in {f"{self.key}{ADDED}", f"{self.key}{GOING}"}
        }
        return {**left, **dict(zip(self.fields, lists, strict=True))}

    def held(self, parts: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
        """Give what the table holds when it is opened for parts that are on record."""
        return {
            self.key: [str(each[self.names.key]) for each in parts],
            **{
                self.field(column): [_written(column, each) for each in parts]
                for column in self.columns
            },
        }

    def rows(
        self, filled: Filled, registry: Registry, asked: Mapping[str, Asking]
    ) -> list[NamedRow]:
        """Give the rows as they are shown.

        Raises:
            NeighbourDown: The registry could not say what they are called.
        """
        rows = self._rows(filled.several(self.fields))
        called = self._called([row[0] for row in rows], registry, asked)
        return [
            NamedRow(
                row[0],
                called.get(row[0]),
                [
                    Cell(f"{name}-{number}", name, value)
                    for name, value in zip(self.fields[1:], row[1:], strict=True)
                ],
            )
            for number, row in enumerate(rows)
        ]

    def offered(self, filled: Filled, registry: Registry, asked: Mapping[str, Asking]) -> Offer:
        """Give what is called by the words that are looked for; nothing without any.

        Raises:
            NeighbourDown: The registry could not say.
        """
        words = filled.sought(self.key)
        if words is None:
            return Offer([], is_whole=False)
        return search(self.kind_of, words, registry=registry, asked=asked)

    def read(
        self,
        filled: Filled,
        registry: Registry,
        asked: Mapping[str, Asking],
        written: frozenset[str],
    ) -> list[dict[str, Any]]:
        """Give the facts of each row; faults are noted at their cells.

        Args:
            written: What is on record of days that are known in part.
        """
        rows = self._rows(filled.several(self.fields))
        if not rows:
            filled.faults.setdefault(self.key, "empty")
        if len(rows) > self.most:
            filled.say(
                self.key,
                gettext(
                    "%(count)s곳입니다. 이 화면에서는 %(most)s곳까지 적습니다. 줄이거나, 파일로 "
                    "등록하도록 운영자에게 맡기십시오.",
                    count=len(rows),
                    most=self.most,
                ),
            )
            return []
        called = self._called([row[0] for row in rows], registry, asked)
        found = []
        for number, row in enumerate(rows):
            if row[0] not in called:
                filled.faults.setdefault(f"{self.key}-{number}", "not_offered")
            inner = filled.row(dict(zip(self.fields, row, strict=True)))
            facts: dict[str, Any] = {self.names.key: row[0]}
            for column in self.columns:
                facts |= _read(column, self.field(column), inner, written)
            filled.faults |= {f"{name}-{number}": code for name, code in inner.faults.items()}
            found.append(facts)
        return found

    def place(self, way: Sequence[str]) -> str:
        """Give what the form calls a fact at fault, by the way to it within: `3`, `signed_as`."""
        if not way:
            return self.key
        number, key = way[0], way[1] if len(way) > 1 else ""
        for column in self.columns:
            if key in (column.key, column.fact.part):
                return f"{self.field(column)}-{number}"
        return f"{self.key}-{number}"

    def labels(self, rows: Sequence[NamedRow]) -> Iterator[tuple[str, str]]:
        """Give what the table and each of its cells are called, by their ids."""
        label = said(self.label)
        yield self.key, label
        headings = self.headings
        for number, row in enumerate(rows):
            place = gettext("%(row)s번째 줄 %(field)s", row=number + 1, field="").strip()
            yield f"{self.key}-{number}", f"{label} {place}"
            for cell in row.cells:
                yield cell.id, f"{label} {place} {headings[cell.name]}"

    def _rows(self, values: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
        """Give the rows that name something, as they were sent."""
        columns = [values.get(name, ()) for name in self.fields]
        return [row for row in zip_longest(*columns, fillvalue="") if row[0]]

    def _called(
        self, ids: Sequence[str], registry: Registry, asked: Mapping[str, Asking]
    ) -> dict[str, Words]:
        known = {UUID(each) for each in ids if _ID.fullmatch(each)}
        found = registry.by_id(self.kind_of, known, **asked) if known else {}
        return {str(each): name for each, name in told_apart(found.values())}


def _written(column: Field, part: Mapping[str, Any]) -> str:
    value = part.get(column.key)
    if value is None and column.fact.part is not None:
        value = (part.get(column.fact.part) or {}).get("written")
    return "" if value is None else str(value)


def _read(column: Field, name: str, filled: Filled, written: frozenset[str]) -> dict[str, Any]:
    if column.fact.part is not None:
        return filled.dated(name, column, written=written)
    if column.holds is date:
        day = filled.day(name)
        return {column.key: None if day is None else day.isoformat()}
    return {column.key: filled.line(name)}
