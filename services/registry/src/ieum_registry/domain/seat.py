"""Who holds a seat on which day, and how it is handed over."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Self
from uuid import UUID

from changefeed.subjects import seat
from changefeed.subjects.seat import Holder
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.term import Term, day_before


def held(contact_id: UUID, term: Term) -> Holder:
    """Give a contact in a seat for a term."""
    return Holder(contact_id, term.starts_on, term.ends_on)


def term_of(holder: Holder) -> Term:
    """Give the days on which a contact sits there.

    Raises:
        RuleBroken: `term.reversed`.
    """
    return Term(holder.from_on, holder.to_on)


@dataclass(frozen=True, slots=True)
class Seat(seat.Seat):
    """A seat on record.

    Several contacts may sit there at a time; the same contact twice at a time may not.

    Raises:
        RuleBroken: `seat.held_twice`; `term.reversed`.
    """

    def __post_init__(self) -> None:
        terms = [(each.contact_id, term_of(each)) for each in self.holders]
        for (one, first), (other, second) in combinations(terms, 2):
            if one == other and _meet(first, second):
                raise RuleBroken("seat.held_twice", pointer="/holders", contact_id=str(one))

    def held_on(self, day: date) -> tuple[UUID, ...]:
        """Give the contacts who hold the seat on a day, in the order recorded."""
        return tuple(each.contact_id for each in self.holders if term_of(each).includes(day))

    def handed_to(self, contact_id: UUID, from_on: date) -> Self:
        """Give the seat to one contact; whoever sits there goes the day before.

        Who took it on that very day has not held it for a day and is named no longer: a handover
        is taken back, or mended, by handing over once more.

        Raises:
            RuleBroken: `seat.handed_to_holder`, if the contact holds it on that day already;
                `seat.handed_before_taken`, if somebody took the seat later.

        Source: docs/rules/terms.md, T-17.
        """
        if contact_id in self.held_on(from_on):
            raise RuleBroken("seat.handed_to_holder", pointer="/contact_id", on=str(from_on))
        if any(each.from_on > from_on for each in self.holders):
            raise RuleBroken("seat.handed_before_taken", pointer="/from", on=str(from_on))
        stay = tuple(
            Holder(each.contact_id, each.from_on, day_before(from_on))
            if term_of(each).includes(from_on)
            else each
            for each in self.holders
            if each.from_on != from_on
        )
        return replace(self, holders=(*stay, Holder(contact_id, from_on)))

    def left_by(self, contact_id: UUID, on: date) -> Self:
        """Give the seat without a contact from a day on; who would come later does not come."""
        stay = tuple(
            Holder(each.contact_id, each.from_on, day_before(on))
            if each.contact_id == contact_id and term_of(each).includes(on)
            else each
            for each in self.holders
            if each.contact_id != contact_id or each.from_on < on
        )
        return replace(self, holders=stay)


def _meet(one: Term, other: Term) -> bool:
    return one.includes(other.starts_on) or other.includes(one.starts_on)
