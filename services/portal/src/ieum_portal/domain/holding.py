"""Who and what holds on a day; the record says from when to when."""

from datetime import date
from uuid import UUID

from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.seat import Holder, Seat


def holds_on(commitment: Collaboration, day: date) -> bool:
    """Whether a commitment holds on the day, bounded by its agreement and party."""
    return commitment.holds_from <= day and (
        commitment.holds_until is None or day <= commitment.holds_until
    )


def sits_on(holder: Holder, day: date) -> bool:
    """Whether somebody sits in a seat on the day."""
    return holder.from_on <= day and (holder.to_on is None or day <= holder.to_on)


def held_on(seat: Seat, day: date) -> tuple[UUID, ...]:
    """Give who sits in a seat on the day."""
    return tuple(each.contact_id for each in seat.holders if sits_on(each, day))
