"""Seats on the wire."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import fields, post_load, validate

from changefeed.subjects.parts import LANGUAGES
from httpedge.day import Day
from ieum_registry.api.shapes.declared import body_shape, subject_shape
from ieum_registry.api.shapes.parts import Line, Shape
from ieum_registry.domain.seat import Seat

SeatShape = subject_shape(
    "Seat",
    Seat,
    but={"language": fields.String(load_default="ko", validate=validate.OneOf(LANGUAGES))},
)
SeatBody = body_shape(SeatShape)


@dataclass(frozen=True, slots=True)
class Handover:
    """Who takes a seat over, and from which day."""

    contact_id: UUID
    from_on: date
    reason: str | None


class HandoverShape(Shape):
    """A seat changes hands; whoever holds it goes the day before."""

    contact_id = fields.UUID(required=True)
    from_on = Day(required=True, data_key="from")
    reason = Line(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Handover:
        """Give the value."""
        return Handover(**data)
