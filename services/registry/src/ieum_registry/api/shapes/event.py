"""Events and their moves on the wire."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import fields, post_load

from httpedge.day import Day
from ieum_registry.api.shapes.declared import body_shape, line_shape, subject_shape
from ieum_registry.api.shapes.parts import (
    Passage,
    Shape,
)
from ieum_registry.domain.event import Event
from ieum_registry.domain.event_standing import EVENT_STATES

EventShape = subject_shape("Event", Event)
EventBody = body_shape(EventShape)


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


@dataclass(frozen=True, slots=True)
class EventReopening:
    """Why a cancellation is taken back."""

    reason: str


class EventReopeningShape(Shape):
    """An event takes place after all."""

    reason = Passage(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> EventReopening:
        """Give the value."""
        return EventReopening(**data)


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


EventLineBody = line_shape(EventBody, EventStandingBody)
