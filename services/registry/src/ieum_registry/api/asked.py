"""What a reader asks for: filters, the two clocks, how much, and where to go on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, ClassVar, cast
from uuid import UUID

from marshmallow import ValidationError, fields, post_load, validate
from webargs.fields import DelimitedList

from changefeed import limits
from changefeed.declared import Declaration, Field
from changefeed.lists import Filter, filters_of, names_subjects, sorts_of
from httpedge.day import KNOWN_AT, Day
from ieum_registry.api.message import Message
from ieum_registry.api.shapes.parts import QueryShape
from ieum_registry.api.wired import today
from ieum_registry.operations.ports.condition import (
    Condition,
    any_of,
    either,
    equal,
    linked,
    within,
)

_ASKED_DAYS = validate.Range(date(1900, 1, 1), date(2999, 12, 31))
"""Days around each of these can be reckoned with; nothing is on record outside them."""

_MOST_IDS = 100
SO_MANY_IDS = Message(
    "식별자는 한 번에 1개에서 {max}개까지 적습니다. 많으면 나누어 물으십시오.",
    "Give 1 to {max} ids at once. Ask for more of them in several requests.",
)
NO_SORT = Message(
    "정렬할 수 없는 이름입니다. 다음 가운데 하나를 적으십시오(큰 것부터는 앞에 -): {names}.",
    "Lists are not sorted by this. Give one of these, - before it for descending: {names}.",
)
ONE_WAY = Message(
    "앞으로(before)와 뒤로(after)를 함께 물을 수 없습니다. 하나만 적으십시오.",
    "A page goes on (after) or back (before), not both. Give one of them.",
)
NONE = "none"
"""What a list is asked by for what has no id there."""

_IDS = {"description": f"Only these, by id: up to {_MOST_IDS}, parted by commas"}
_ON = {"description": "The day asked about (기준일); today in Seoul if left out"}
_KNOWN = {
    "description": "A number of the log or an instant; now if left out",
    "pattern": KNOWN_AT,
}


@dataclass(frozen=True, slots=True)
class OneAsked:
    """How one subject is asked for; `known_at` and `on` are as written."""

    on: date | None
    known_at: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """How a list is asked for; `known_at` and `on` are as written."""

    conditions: tuple[Condition, ...]
    q: str | None
    known_at: str | None
    limit: int
    after: str | None
    before: str | None
    on: date | None
    with_standing: bool
    sort: str | None
    with_count: bool


class OneQuery(QueryShape):
    """The clocks."""

    on = Day(validate=_ASKED_DAYS, metadata=_ON)
    known_at = fields.String(load_default=None, metadata=_KNOWN)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> OneAsked:
        """Give the value."""
        return OneAsked(data.get("on"), data["known_at"])


class ListQuery(QueryShape):
    """What every list understands; a list's own filters are added by `query_of`."""

    filters: ClassVar[tuple[Filter, ...]] = ()
    sorts: ClassVar[Mapping[str, str]] = {}

    on = Day(validate=_ASKED_DAYS, metadata=_ON)
    known_at = fields.String(load_default=None, metadata=_KNOWN)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
    after = fields.String(load_default=None, metadata={"description": "next of the page before"})
    before = fields.String(
        load_default=None,
        metadata={"description": "Instead of after: previous of the page that it stands before"},
    )
    count = fields.Boolean(
        load_default=False, metadata={"description": "Say also how many there are in all"}
    )
    ids = DelimitedList(
        fields.UUID(),
        validate=validate.Length(1, _MOST_IDS, error=SO_MANY_IDS),
        metadata=_IDS,
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Asked:
        """Give the value."""
        if data["after"] is not None and data["before"] is not None:
            raise ValidationError(ONE_WAY, "before")
        day = data.get("on") or today()
        these = [any_of("id", data["ids"])] if "ids" in data else []
        declared = [each for one in self.filters for each in _conditions(one, data)]
        return Asked(
            (*these, *declared, *self.conditions(data, day)),
            data.get("q"),
            data["known_at"],
            data["limit"],
            data["after"],
            data["before"],
            data.get("on"),
            data.get("standing", False),
            self._sort(data.get("sort")),
            data["count"],
        )

    def _sort(self, name: str | None) -> str | None:
        """Give the column that is meant, with its sign."""
        if name is None:
            return None
        sign = "-" if name.startswith("-") else ""
        return f"{sign}{self.sorts[name.removeprefix('-')]}"

    def conditions(self, data: dict[str, Any], day: date) -> list[Condition]:  # noqa: ARG002
        """Give the conditions that follow from no single fact."""
        return []


class NamedQuery(ListQuery):
    """The same for what has a name."""

    q = fields.String(
        validate=validate.Length(max=100),
        metadata={
            "description": "Words in names, aliases, numbers, and in names of what it points at;"
            " parts and initials (ㄱㅈ) too"
        },
    )


class StandingQuery(NamedQuery):
    """The same for what stands somewhere on a day."""

    standing = fields.Boolean(
        load_default=False, metadata={"description": "Give each with where it stands"}
    )


class Ids(fields.Field[tuple[UUID | None, ...]]):
    """Ids parted by commas, any of which is meant; `none` means what has none, if that can be."""

    def __init__(self, *, may_be_none: bool, about: str) -> None:
        more = " or none" if may_be_none else ""
        told = f"{about}; several parted by commas{more}"
        super().__init__(metadata={"type": "string", "format": "uuid", "description": told})
        self._may_be_none = may_be_none

    def _deserialize(self, value: Any, *_: object, **__: object) -> tuple[UUID | None, ...]:  # noqa: ANN401  marshmallow's signature.
        written = str(value).split(",")
        if not 0 < len(written) <= _MOST_IDS:
            raise ValidationError(SO_MANY_IDS.format(max=_MOST_IDS))
        return tuple(dict.fromkeys(map(self._one, written)))

    def _one(self, written: str) -> UUID | None:
        if written == NONE and self._may_be_none:
            return None
        one: UUID = _ID.deserialize(written)
        return one


_ID = fields.UUID()


def query_of(kind_of: type[Declaration], query: type[ListQuery]) -> type[ListQuery]:
    """Give the query of a type's lists: what it says by hand, and what the type declares."""
    filters, sorts = filters_of(kind_of), sorts_of(kind_of)
    members: dict[str, Any] = {"__doc__": query.__doc__, "filters": filters, "sorts": sorts}
    members["sort"] = _sort_field(kind_of.declares.order, tuple(sorts))
    for each in filters:
        members |= _fields(each)
    return cast("type[ListQuery]", type(f"{kind_of.__name__}ListQuery", (query,), members))


def _sort_field(order: str, names: tuple[str, ...]) -> fields.String:
    def check(given: str) -> None:
        if given.removeprefix("-") not in names:
            raise ValidationError(NO_SORT.format(names=", ".join(names)))

    both_ways = [f"{sign}{name}" for name in names for sign in ("", "-")]
    about = f"- before it for descending; {order} if left out. What lacks it comes last; ids settle"
    return fields.String(
        validate=check, metadata={"enum": both_ways, "description": f"{about} ties"}
    )


def _fields(asked: Filter) -> dict[str, fields.Field[Any]]:
    about = f"{asked.field.fact.en[:1].upper()}{asked.field.fact.en[1:]} ({asked.field.fact.ko})"
    if asked.by == "day":
        later, before = f"{about}: on this day or later", f"{about}: on this day or before"
        return {
            f"{asked.name}_from": Day(metadata={"description": later}),
            f"{asked.name}_to": Day(metadata={"description": before}),
        }
    if names_subjects(asked):
        return {asked.name: Ids(may_be_none=asked.by == "value", about=about)}
    return {asked.name: _value(asked.field)(metadata={"description": about})}


def _value(field: Field) -> Callable[..., fields.Field[Any]]:
    if field.fact.codes is not None:
        return partial(fields.String, validate=validate.OneOf(tuple(field.fact.codes)))
    if field.holds is bool:
        return fields.Boolean
    if field.holds is int:
        return partial(fields.Integer, validate=validate.Range(1, limits.NUMBER))
    return fields.UUID if field.holds is UUID else fields.String


def _conditions(asked: Filter, data: Mapping[str, Any]) -> Iterator[Condition]:
    match asked.by:
        case "day":
            first, last = data.get(f"{asked.name}_from"), data.get(f"{asked.name}_to")
            if first or last:
                yield from within(asked.column, first, last)
        case "link" if asked.name in data:
            yield either(*(linked(asked.column, each) for each in data[asked.name]))
        case "value" if asked.name in data and names_subjects(asked):
            yield _one_of(asked.column, data[asked.name])
        case "value" if asked.name in data:
            yield equal(asked.column, data[asked.name])


def _one_of(column: str, ids: Sequence[UUID | None]) -> Condition:
    some = [each for each in ids if each is not None]
    found = [equal(column, None)] if None in ids else []
    if some:
        found.append(equal(column, some[0]) if len(some) == 1 else any_of(column, some))
    return either(*found)
