"""Events and their moves on the wire."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import fields, post_load, validate

from changefeed import limits
from changefeed.subjects.event import DEADLINE_KINDS, EVENT_KINDS, Deadline
from httpedge.day import Day
from ieum_registry.api.said import Said
from ieum_registry.api.shapes.parts import (
    AtMost,
    Line,
    Passage,
    Shape,
    TupleOf,
    WordsShape,
    key_field,
    web_field,
)
from ieum_registry.api.shapes.subject import Body, SubjectShape
from ieum_registry.domain.civil_time import read_civil, read_clock
from ieum_registry.domain.event import Event
from ieum_registry.domain.event_standing import EVENT_STATES

NO_CIVIL = Said(
    "현지 시각을 2027-01-06T09:00처럼 분까지 적으십시오. 시간대는 zone에 따로 적습니다.",
    "Write the local time to the minute, as 2027-01-06T09:00; its zone stands in zone.",
)
NO_CLOCK = Said("시각을 17:30처럼 적으십시오.", "Write a time of day as 17:30.")


class CivilTime(fields.String):
    """What a place's clock shows: `YYYY-MM-DDTHH:MM`, loaded as a naive `datetime`."""

    default_error_messages = {"civil": NO_CIVIL}

    def _deserialize(
        self,
        value: Any,  # noqa: ANN401  marshmallow's signature, here and below.
        attr: str | None,
        data: Mapping[str, Any] | None,
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        civil = read_civil(super()._deserialize(value, attr, data, **kwargs))
        if civil is None:
            raise self.make_error("civil")
        return civil


class ClockTime(fields.String):
    """A time of day: `HH:MM`, loaded as a `time`."""

    default_error_messages = {"clock": NO_CLOCK}

    def _deserialize(
        self,
        value: Any,  # noqa: ANN401  marshmallow's signature, here and below.
        attr: str | None,
        data: Mapping[str, Any] | None,
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        clock = read_clock(super()._deserialize(value, attr, data, **kwargs))
        if clock is None:
            raise self.make_error("clock")
        return clock


def _civil_field() -> CivilTime:
    about = "Civil time in the event's zone, without offset; one that comes twice means the first"
    return CivilTime(
        required=True,
        metadata={"description": about, "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$"},
    )


class DeadlineShape(Shape):
    """By when something must be handed in, on the clock of the event's place."""

    kind = fields.String(required=True, validate=validate.OneOf(DEADLINE_KINDS))
    on = Day(required=True)
    at = ClockTime(
        load_default=None,
        allow_none=True,
        metadata={"description": "HH:MM of that day; null is its end", "pattern": r"^\d{2}:\d{2}$"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Deadline:
        """Give the value."""
        return Deadline(**data)


class EventShape(SubjectShape):
    """An expo, a visit, a conference or a forum."""

    makes = Event

    key = key_field()
    title = fields.Nested(WordsShape, required=True)
    kind = fields.String(required=True, validate=validate.OneOf(EVENT_KINDS))
    zone = Line(
        required=True, metadata={"description": "IANA name of its zone, as America/Los_Angeles"}
    )
    starts_at = _civil_field()
    ends_at = _civil_field()
    country = Line(required=True, metadata={"description": "ISO 3166-1 alpha-2, as US"})
    city = fields.Nested(WordsShape, required=True)
    venue = fields.Nested(WordsShape, load_default=None, allow_none=True)
    link = web_field(https=True)
    deadlines = TupleOf(
        fields.Nested(DeadlineShape), load_default=(), validate=AtMost(limits.DEADLINES)
    )
    department_id = fields.UUID(
        load_default=None,
        allow_none=True,
        metadata={"description": "Who in the city answers for it; null is the coordinating office"},
    )
    partner_ids = TupleOf(fields.UUID(), load_default=(), validate=AtMost(limits.EVENT_PARTNERS))
    task_ids = TupleOf(fields.UUID(), load_default=(), validate=AtMost(limits.EVENT_TASKS))


class EventBody(Body, EventShape):
    """An event on record."""

    revision = fields.Integer(
        required=True,
        metadata={"description": "How often it was moved or cancelled; counted by the registry"},
    )
    revised_on = Day(required=True, allow_none=True)
    revised_from = fields.Dict(
        required=True,
        allow_none=True,
        metadata={"description": "The facts that were moved then, as they were before"},
    )
    cancelled_on = Day(required=True, allow_none=True)
    cancelled_for = fields.String(
        required=True, allow_none=True, metadata={"description": "What is told of the reason"}
    )


@dataclass(frozen=True, slots=True)
class EventCancellation:
    """The day on which an event was called off, why, and what is told of that."""

    cancelled_on: date
    reason: str
    cancelled_for: str | None


class EventCancellationShape(Shape):
    """An event is called off."""

    cancelled_on = Day(required=True)
    reason = Passage(required=True, metadata={"description": "For the log; staff alone read it"})
    cancelled_for = Passage(
        load_default=None,
        allow_none=True,
        metadata={"description": "What those who take part and the public are told of the reason"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> EventCancellation:
        """Give the value."""
        return EventCancellation(**data)


class BothClocksBody(Shape):
    """One instant, as clocks show it there and in Seoul."""

    civil = fields.String(metadata={"description": "YYYY-MM-DDTHH:MM in the event's zone"})
    zone = fields.String()
    seoul = fields.String(metadata={"description": "YYYY-MM-DDTHH:MM in Seoul"})
    utc = fields.String(metadata={"description": "YYYY-MM-DDTHH:MM:00Z"})


class DeadlineStandingBody(Shape):
    """Where a deadline stands on a day."""

    kind = fields.String()
    on = Day()
    at = fields.String(allow_none=True)
    seoul = fields.String(metadata={"description": "YYYY-MM-DDTHH:MM in Seoul of its last minute"})
    days_left = fields.Integer(metadata={"description": "To its day; negative after it"})
    passed = fields.Boolean(metadata={"description": "Too late; by the hour unless on= is given"})


class EventStandingBody(Shape):
    """Where an event stands at the instant of asking, or on a day of its own calendar."""

    on = Day(metadata={"description": "The day asked about; without one, today there"})
    state = fields.String(metadata={"description": ", ".join(EVENT_STATES)})
    days_left = fields.Integer(
        allow_none=True, metadata={"description": "To its first day; null unless it lies ahead"}
    )
    starts_at = fields.Nested(BothClocksBody)
    ends_at = fields.Nested(BothClocksBody)
    deadlines = fields.List(fields.Nested(DeadlineStandingBody))


class EventLineBody(EventBody):
    """An event of a list."""

    standing = fields.Nested(
        EventStandingBody, metadata={"description": "Only if asked for by standing=true"}
    )
