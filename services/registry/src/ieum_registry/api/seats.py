"""Seats: roles at partners and departments, and who holds them."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from changefeed.subjects.parts import Place
from httpedge.access import allow
from ieum_registry.api.answers import Routes, listed, listing, one, recorded, tagged
from ieum_registry.api.asked import Asked, ListQuery, OneAsked, OneQuery, query_of
from ieum_registry.api.shapes.seat import Handover, HandoverShape, SeatBody, SeatShape
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.sheets import on_a_sheet
from ieum_registry.api.wired import READERS, if_match, ledger
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.seat import Seat
from ieum_registry.operations.ports.condition import Condition, linked
from ieum_registry.operations.ports.ledger import Entry, Person
from ieum_registry.operations.seat import Newcomer, change_seat, hand_over_seat, open_seat

routes = Routes("seats", __name__, url_prefix="/v1/seats", description=__doc__)


class SeatsQuery(ListQuery):
    """Seats by who holds them."""

    holder = fields.UUID(metadata={"description": "A contact who holds the seat on the day"})

    def conditions(self, data: dict[str, Any], day: date) -> list[Condition]:
        """Hold on the day asked about."""
        return [linked("holder", data["holder"], on=day)] if "holder" in data else []


@routes.route("", methods=["GET"])
@routes.arguments(query_of(Seat, SeatsQuery), location="query")
@routes.response(200, listed(SeatBody))
@allow("office", "department", "auditor", "service", "liaison", services=READERS)
@on_a_sheet
def list_seats(asked: Asked) -> Response:
    """List seats in the order in which they were opened."""
    return listing("seat", asked)


@routes.route("", methods=["POST"])
@routes.arguments(SeatShape)
@routes.response(201, SeatBody)
@allow("office")
@recorded(201)
def open_one(seat: Seat) -> Entry:
    """Open a seat."""
    return open_seat(seat, ledger=ledger())


@routes.route("/<uuid:seat_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, SeatBody)
@allow("office", "department", "auditor", "service", "liaison", services=READERS)
@tagged
def show_seat(asked: OneAsked, seat_id: UUID) -> Response:
    """Show one seat."""
    return one("seat", seat_id, asked)


@routes.route("/<uuid:seat_id>", methods=["PATCH"])
@routes.arguments(patch_of(SeatShape))
@routes.response(200, SeatBody)
@allow("office")
@recorded(200)
def change(patch: Patch, seat_id: UUID) -> Entry:
    """Change a seat's facts, its holders included."""
    return change_seat(seat_id, patch.onto, reason=patch.reason, seen=if_match(), ledger=ledger())


@routes.route("/<uuid:seat_id>/handovers", methods=["POST"])
@routes.arguments(HandoverShape)
@routes.response(201, SeatBody)
@allow("office")
@recorded(201)
def hand_over(handover: Handover, seat_id: UUID) -> Entry:
    """Hand a seat over, also to somebody new; whoever holds it goes the day before."""
    return hand_over_seat(
        seat_id,
        _taker(handover),
        from_on=handover.from_on,
        reason=handover.reason,
        seen=if_match(),
        ledger=ledger(),
    )


def _taker(handover: Handover) -> UUID | Newcomer:
    if handover.person is None:
        assert handover.contact_id is not None  # noqa: S101  The shape takes one of the two.
        return handover.contact_id
    person = handover.person

    def entered(place: Place) -> tuple[Contact, Person]:
        named = person.at(place)
        return named.contact, named.person

    return entered
