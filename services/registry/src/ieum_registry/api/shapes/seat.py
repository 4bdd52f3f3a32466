"""Seats on the wire."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from changefeed.subjects.parts import LANGUAGES
from httpedge.day import Day
from ieum_registry.api.message import Message
from ieum_registry.api.shapes.contact import Newcomer, NewcomerShape
from ieum_registry.api.shapes.declared import body_shape, subject_shape
from ieum_registry.api.shapes.parts import Line, Shape
from ieum_registry.domain.seat import Seat

SeatShape = subject_shape(
    "Seat",
    Seat,
    but={"language": fields.String(load_default="ko", validate=validate.OneOf(LANGUAGES))},
)
SeatBody = body_shape(SeatShape)


ONE_OF_BOTH = Message(
    "맡을 사람은 contact_id로 고르거나 person에 새로 적습니다. 둘 중 하나만 보내십시오.",
    "Who takes the seat is named by contact_id or entered as person. Send one of the two.",
)


@dataclass(frozen=True, slots=True)
class Handover:
    """Who takes a seat over, and from which day: a contact on record, or somebody new."""

    from_on: date
    reason: str | None
    contact_id: UUID | None
    person: Newcomer | None


class HandoverShape(Shape):
    """A seat changes hands; whoever holds it goes the day before."""

    contact_id = fields.UUID(load_default=None, allow_none=True)
    person = fields.Nested(
        NewcomerShape,
        load_default=None,
        allow_none=True,
        metadata={"description": "Somebody who is not on record, registered by the same entry"},
    )
    from_on = Day(required=True, data_key="from")
    reason = Line(load_default=None, allow_none=True)

    @validates_schema
    def name_one(self, data: dict[str, Any], **_: object) -> None:
        """Take one of the two ways to say who it is."""
        if (data.get("contact_id") is None) == (data.get("person") is None):
            raise ValidationError(ONE_OF_BOTH, "contact_id")

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Handover:
        """Give the value."""
        return Handover(**data)
