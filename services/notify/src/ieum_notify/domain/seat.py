"""A seat: a role at a partner or department, held by a contact from–to. Letters go to seats."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from changefeed.change import Facts
from ieum_notify.domain.facts import Subject, day, day_or_none, identity, mapping, text


@dataclass(frozen=True, slots=True)
class Holding:
    """Who sits there from when to when, last day included; None is open."""

    contact_id: UUID
    from_on: date
    to_on: date | None

    def covers(self, on: date) -> bool:
        """Say whether the contact holds the seat on the day."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat as its facts tell it; it knows people by contact id alone."""

    id: UUID
    at: Subject
    role: str
    holders: tuple[Holding, ...]

    @classmethod
    def from_facts(cls, facts: Facts) -> "Seat":
        """Read a seat; raises FactsUnreadable."""
        found = facts.get("holders")
        return cls(
            identity(facts, "id"),
            Subject.from_facts(facts.get("at")),
            text(facts, "role"),
            tuple(
                Holding(
                    identity(holder, "contact_id"), day(holder, "from"), day_or_none(holder, "to")
                )
                for holder in map(mapping, found if isinstance(found, list) else [])
            ),
        )

    def held_by(self, on: date) -> tuple[UUID, ...]:
        """Give the contacts who sit there on the day."""
        return tuple(holding.contact_id for holding in self.holders if holding.covers(on))
