"""A role at one place, its language, and which contact holds it from when to when."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any, ClassVar, Literal, Self, get_args
from uuid import UUID

from changefeed.change import Facts
from ieum_registry.domain.contact import Language
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.place import Place
from ieum_registry.domain.provenance import BY_HAND, Provenance
from ieum_registry.domain.term import Term, day_before, day_text, maybe_day

SeatRole = Literal["liaison", "officer", "deputy", "head"]
SEAT_ROLES: tuple[SeatRole, ...] = get_args(SeatRole)


@dataclass(frozen=True, slots=True)
class Holder:
    """One contact in the seat, for a term."""

    contact_id: UUID
    term: Term


@dataclass(frozen=True, slots=True)
class Seat:
    """One role; letters go to it, whoever sits there.

    Several contacts may sit there at a time; the same contact twice at a time may not.

    Raises:
        RuleBroken: `seat.held_twice`.
    """

    subject_type: ClassVar[str] = "seat"

    id: UUID
    at: Place
    role: SeatRole
    language: Language
    key: str | None = None
    holders: tuple[Holder, ...] = ()
    provenance: Provenance = BY_HAND

    def __post_init__(self) -> None:
        for one, other in combinations(self.holders, 2):
            if one.contact_id == other.contact_id and _meet(one.term, other.term):
                raise RuleBroken(
                    "seat.held_twice", pointer="/holders", contact_id=str(one.contact_id)
                )

    def held_on(self, day: date) -> tuple[UUID, ...]:
        """Give the contacts who hold the seat on a day, in the order recorded."""
        return tuple(each.contact_id for each in self.holders if each.term.includes(day))

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
        if any(each.term.starts_on > from_on for each in self.holders):
            raise RuleBroken("seat.handed_before_taken", pointer="/from", on=str(from_on))
        stay = tuple(
            Holder(each.contact_id, Term(each.term.starts_on, day_before(from_on)))
            if each.term.includes(from_on)
            else each
            for each in self.holders
            if each.term.starts_on != from_on
        )
        return replace(self, holders=(*stay, Holder(contact_id, Term(from_on))))

    def left_by(self, contact_id: UUID, on: date) -> Self:
        """Give the seat without a contact from a day on; who would come later does not come."""
        stay = tuple(
            Holder(each.contact_id, Term(each.term.starts_on, day_before(on)))
            if each.contact_id == contact_id and each.term.includes(on)
            else each
            for each in self.holders
            if each.contact_id != contact_id or each.term.starts_on < on
        )
        return replace(self, holders=stay)

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        return {
            "id": str(self.id),
            "key": self.key,
            "at": self.at.facts(),
            "role": self.role,
            "language": self.language,
            "holders": [
                {
                    "contact_id": str(each.contact_id),
                    "from": each.term.starts_on.isoformat(),
                    "to": day_text(each.term.ends_on),
                }
                for each in self.holders
            ],
            "provenance": self.provenance.facts(),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        return cls(
            id=UUID(facts["id"]),
            key=facts["key"],
            at=Place.from_facts(facts["at"]),
            role=facts["role"],
            language=facts["language"],
            holders=tuple(
                Holder(
                    UUID(each["contact_id"]),
                    Term(date.fromisoformat(each["from"]), maybe_day(each["to"])),
                )
                for each in facts["holders"]
            ),
            provenance=Provenance.from_facts(facts["provenance"]),
        )


def _meet(one: Term, other: Term) -> bool:
    return one.includes(other.starts_on) or other.includes(one.starts_on)
