"""Seats on the wire."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import fields, post_load, validate

from changefeed import limits
from changefeed.subjects.parts import LANGUAGES
from changefeed.subjects.seat import SEAT_ROLES, Holder
from httpedge.day import Day
from ieum_registry.api.shapes.parts import AtMost, Line, PlaceShape, Shape, TupleOf, key_field
from ieum_registry.api.shapes.subject import Body, SubjectShape
from ieum_registry.domain.seat import Seat, held
from ieum_registry.domain.term import Term


class HolderShape(Shape):
    """Who holds a seat, from and to (both days included)."""

    contact_id = fields.UUID(required=True)
    from_on = Day(required=True, data_key="from")
    to_on = Day(load_default=None, allow_none=True, data_key="to")

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Holder:
        """Give the value."""
        return held(data["contact_id"], Term(data["from_on"], data["to_on"]))


class SeatShape(SubjectShape):
    """A role at a partner or department."""

    makes = Seat

    key = key_field()
    at = fields.Nested(PlaceShape, required=True)
    role = fields.String(required=True, validate=validate.OneOf(SEAT_ROLES))
    language = fields.String(load_default="ko", validate=validate.OneOf(LANGUAGES))
    holders = TupleOf(fields.Nested(HolderShape), load_default=(), validate=AtMost(limits.HOLDERS))


class SeatBody(Body, SeatShape):
    """A seat on record."""


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
