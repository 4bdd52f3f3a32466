"""What a reader asks for: filters, the two clocks, how much, and where to go on."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from marshmallow import fields, post_load, validate
from webargs.fields import DelimitedList

from httpedge.day import Day
from httpedge.written_day import KNOWN_AT
from ieum_registry.api.said import Said
from ieum_registry.api.shapes.parts import QueryShape
from ieum_registry.api.wired import today
from ieum_registry.operations.ports.condition import Condition, any_of, at_least, at_most, equal

_ASKED_DAYS = validate.Range(date(1900, 1, 1), date(2999, 12, 31))
"""Days around each of these can be reckoned with; nothing is on record outside them."""

_MOST_IDS = 100
SO_MANY_IDS = Said(
    "식별자는 한 번에 1개에서 {max}개까지 적습니다. 많으면 나누어 물으십시오.",
    "Give 1 to {max} ids at once. Ask for more of them in several requests.",
)
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
    on: date | None
    with_standing: bool


class OneQuery(QueryShape):
    """The clocks."""

    on = Day(validate=_ASKED_DAYS, metadata=_ON)
    known_at = fields.String(load_default=None, metadata=_KNOWN)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> OneAsked:
        """Give the value."""
        return OneAsked(data.get("on"), data["known_at"])


class ListQuery(QueryShape):
    """What every list understands; a list's own filters are added by its own query."""

    filters: ClassVar[dict[str, str]] = {"key": "key"}
    """Query names of filters that mean "has this value", and the shelf's field."""

    on = Day(validate=_ASKED_DAYS, metadata=_ON)
    known_at = fields.String(load_default=None, metadata=_KNOWN)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
    after = fields.String(load_default=None, metadata={"description": "next of the page before"})
    key = fields.String()
    ids = DelimitedList(
        fields.UUID(),
        validate=validate.Length(1, _MOST_IDS, error=SO_MANY_IDS),
        metadata=_IDS,
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Asked:
        """Give the value."""
        day = data.get("on") or today()
        names = self.filters | ListQuery.filters
        plain = [equal(field, data[name]) for name, field in names.items() if name in data]
        these = [any_of("id", data["ids"])] if "ids" in data else []
        return Asked(
            (*these, *plain, *self.conditions(data, day)),
            data.get("q"),
            data["known_at"],
            data["limit"],
            data["after"],
            data.get("on"),
            data.get("standing", False),
        )

    def conditions(self, data: dict[str, Any], day: date) -> list[Condition]:  # noqa: ARG002
        """Give the conditions that are more than "has this value"."""
        return []


class NamedQuery(ListQuery):
    """The same for what has a name."""

    q = fields.String(
        validate=validate.Length(max=100),
        metadata={"description": "Words in names, aliases, numbers; parts and initials (ㄱㅈ) too"},
    )


class StandingQuery(NamedQuery):
    """The same for what stands somewhere on a day."""

    standing = fields.Boolean(
        load_default=False, metadata={"description": "Give each with where it stands"}
    )


def before(field: str, day: date) -> Condition:
    """Have a day before this one."""
    return at_most(field, day - timedelta(days=1))


def beyond(field: str, day: date) -> Condition:
    """Have a day after this one, or none."""
    return at_least(field, day + timedelta(days=1))
