"""In which order a list is given, and where a page of it begins: the cursor that says so.

What has nothing to sort by comes last, from whichever end a list begins. It is asked for by itself
once the rest is through, so that each statement walks one run of an index.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from changefeed import limits
from ieum_registry.operations.ports.records import CursorRefused

from .part import Part
from .shelf import ALWAYS, NEVER, Column, Shelf

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What no database takes as text."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order of a list; ids settle ties in the same direction.

    Attributes:
        column: None is the id itself.
        lacks: What stands in the column for nothing and would not come last by itself.
    """

    column: Column | None
    is_descending: bool
    lacks: tuple[str | None, ...] = ()

    @property
    def name(self) -> str:
        """What it is called in a cursor."""
        column = "id" if self.column is None else self.column.name
        return f"-{column}" if self.is_descending else column

    @property
    def value(self) -> str:
        """The expression that gives the value sorted by."""
        return "s.id" if self.column is None else f's."{self.column.name}"'

    @property
    def clause(self) -> str:
        """What stands after ORDER BY."""
        way = " DESC" if self.is_descending else ""
        return f"s.id{way}" if self.column is None else f"{self.value}{way}, s.id{way}"

    def backwards(self) -> "Order":
        """Give the same order from its other end; what has nothing comes first there."""
        return replace(self, is_descending=not self.is_descending)

    def stretches_back(self, before: tuple[Any, str]) -> Iterator[list[Part]]:
        """Give the conditions of each run before a place, the nearest first.

        Each is walked against the order: `backwards().clause`.
        """
        sign = ">" if self.is_descending else "<"
        if self.column is None:
            yield [Part(f"s.id {sign} ?", [before[1]])]
            return
        if before[0] in self.lacks:
            at = self.lacks.index(before[0])
            yield [*self._lacking(self.lacks[at]), Part(f"s.id {sign} ?", [before[1]])]
            yield from (self._lacking(each) for each in reversed(self.lacks[:at]))
            yield self._filled()
        else:
            yield [*self._filled(), Part(f"({self.value}, s.id) {sign} (?, ?)", list(before))]

    def stretches(self, after: tuple[Any, str] | None) -> Iterator[list[Part]]:
        """Give the conditions of each run that is still to be walked, one run after the other.

        Args:
            after: The value and the id of the subject given last; None begins the list.
        """
        sign = "<" if self.is_descending else ">"
        if self.column is None:
            yield [] if after is None else [Part(f"s.id {sign} ?", [after[1]])]
            return
        begins_at = -1
        if after is not None and after[0] in self.lacks:
            begins_at = self.lacks.index(after[0])
        elif after is None:
            yield self._filled()
        else:
            yield [*self._filled(), Part(f"({self.value}, s.id) {sign} (?, ?)", list(after))]
        for at, lack in enumerate(self.lacks):
            if at < begins_at:
                continue
            where = self._lacking(lack)
            if after is not None and at == begins_at:
                where.append(Part(f"s.id {sign} ?", [after[1]]))
            yield where

    def _filled(self) -> list[Part]:
        """Leave out what has nothing, by bounds that an index can begin and end at."""
        found = []
        if ALWAYS in self.lacks:
            found.append(Part(f"{self.value} > ?", [ALWAYS]))
        elif self.lacks == (None,):
            found.append(Part(f"{self.value} >= ''"))
        if NEVER in self.lacks:
            found.append(Part(f"{self.value} < ?", [NEVER]))
        return found

    def _lacking(self, lack: str | None) -> list[Part]:
        if lack is None:
            return [Part(f"{self.value} IS NULL")]
        return [Part(f"{self.value} = ?", [lack])]

    def cursor(self, value: object, subject_id: object) -> str:
        """Give the cursor that goes on after a subject."""
        place = json.dumps([self.name, None if self.column is None else value, str(subject_id)])
        return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")

    def place(self, cursor: str) -> tuple[Any, str]:
        """Read a cursor: the value sorted by and the id of the last subject given.

        Raises:
            CursorRefused: It is none, or one of another order.
        """
        try:
            padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
            name, value, subject_id = json.loads(base64.urlsafe_b64decode(padded))
            place = (value, str(UUID(subject_id)))
        except (binascii.Error, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise CursorRefused("not a cursor of this list") from error
        if name != self.name:
            raise CursorRefused("the cursor belongs to another order", is_of_another_order=True)
        if self.column is not None and not _could_stand(self.column, value):
            raise CursorRefused("not a cursor of this list")
        return place


def order_of(shelf: Shelf, sort: str | None) -> Order:
    """Give the order that is asked for, `-` before a column for descending; None is the shelf's.

    Raises:
        ValueError: A column that the shelf does not have.
    """
    asked = shelf.order if sort is None else sort
    name, is_descending = asked.removeprefix("-"), asked.startswith("-")
    if name == "id":
        return Order(None, is_descending)
    column = shelf.column(name)
    lacks: tuple[str | None, ...] = (*column.lacks, *((None,) if column.is_nullable else ()))
    by_itself = (ALWAYS,) if is_descending else (NEVER,)
    return Order(column, is_descending, () if lacks == by_itself else lacks)


def _could_stand(column: Column, value: object) -> bool:
    """Say whether a value could stand in the column sorted by; anybody can forge a cursor."""
    if value is None:
        return column.is_nullable
    if column.type == "integer":
        return (
            isinstance(value, int) and not isinstance(value, bool) and abs(value) <= limits.NUMBER
        )
    return isinstance(value, str) and _UNSTORABLE.search(value) is None
