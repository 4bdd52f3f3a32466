"""Who sits where on a day; the record says from when to when."""

from datetime import date
from uuid import UUID

from changefeed.bounds import Run
from changefeed.subjects.seat import Holder, Seat


def sits_on(holder: Holder, day: date) -> bool:
    """Whether somebody sits in a seat on the day."""
    return Run(holder.from_on, holder.to_on).includes(day)


def held_on(seat: Seat, day: date) -> tuple[UUID, ...]:
    """Give who sits in a seat on the day."""
    return tuple(each.contact_id for each in seat.holders if sits_on(each, day))
