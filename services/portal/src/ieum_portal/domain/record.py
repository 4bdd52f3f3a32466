"""What the pages show of the record: frozen answers, as read from the registry."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from ieum_portal.domain.words import Words


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record was learned from."""

    title: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """A partner or a department."""

    type: Literal["partner", "department"]
    id: UUID


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation; `own` marks the city, `memo` is None also where the viewer is not told."""

    id: UUID
    key: str | None
    kind: str
    name: Words
    aliases: tuple[str, ...]
    own: bool
    business_number: str | None
    website: str | None
    sources: tuple[Source, ...]
    illustrative: bool
    memo: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an agreement; `side` is own or partner."""

    partner_id: UUID
    side: str
    signed_on: date | None
    joined_on: date | None
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was signed; `ends_on` None where no day ends it.

    Attributes:
        purpose, end_note: None also where the viewer is not told.
    """

    id: UUID
    number: str | None
    kind: str
    title: Words
    signed_on: date | None
    effective_on: date | None
    end_rule: str
    ends_on: date | None
    parties: tuple[Party, ...]
    illustrative: bool
    purpose: Words | None = None
    venue: Words | None = None
    end_note: str | None = None
    lead_department_id: UUID | None = None
    programme_id: UUID | None = None
    sources: tuple[Source, ...] = ()

    @property
    def party_count(self) -> int:
        """How many sides it has, the city's included."""
        return len(self.parties)


@dataclass(frozen=True, slots=True)
class Standing:
    """What an agreement and its parties are on a day, and the days of which that is made.

    Attributes:
        signed_from: From when the city and one other have signed.
        in_force_until: The last day in force; None if open, or if it never comes into force.
        last_on: The same, or the last day of the running term of what renews by itself.
    """

    state: str
    flags: tuple[str, ...]
    parties: dict[UUID, str]
    signed_from: date | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Dated proof."""

    on: date
    text: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """A collaboration: one partner's commitment; `ends_on` None is open."""

    id: UUID
    partner_id: UUID
    agreement_id: UUID
    task_id: UUID
    technology_ids: tuple[UUID, ...]
    service_field_id: UUID | None
    role: str
    starts_on: date
    ends_on: date | None
    holds_from: date
    holds_until: date | None
    evidence_count: int
    last_evidence_on: date | None
    illustrative: bool
    version: int = 1

    def holds_on(self, day: date) -> bool:
        """Whether the commitment holds on the day, bounded by its agreement and party."""
        return self.holds_from <= day and (self.holds_until is None or day <= self.holds_until)


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated promise."""

    id: UUID
    title: Words
    due_on: date
    owner: Place
    agreement_id: UUID | None
    illustrative: bool
    done_on: date | None = None
    cancelled_on: date | None = None
    evidence: tuple[Evidence, ...] = ()
    version: int = 1

    def state_on(self, day: date) -> str:
        """Say where it stands on a day. Source: docs/rules/lifecycle.md, L-9."""
        if self.done_on is not None and self.done_on <= day:
            return "done"
        if self.cancelled_on is not None and self.cancelled_on <= day:
            return "cancelled"
        return "overdue" if self.due_on < day else "due"


@dataclass(frozen=True, slots=True)
class Task:
    """A task, with its place in the programme."""

    id: UUID
    key: str | None
    position: int
    name: Words
    strategy_id: UUID


@dataclass(frozen=True, slots=True)
class Person:
    """A contact as far as the viewer may see it."""

    id: UUID
    name: str | None
    email: str | None
    phone: str | None
    language: str
    purpose: str
    consented_on: date | None
    retain_until: date | None
    illustrative: bool
    at: Place | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a seat from when to when; `until` None is open."""

    contact_id: UUID
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the seat is held on the day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Seat:
    """A role at a partner or department."""

    id: UUID
    at: Place
    role: str
    language: str
    holdings: tuple[Holding, ...]
    version: int = 1

    def held_on(self, day: date) -> tuple[UUID, ...]:
        """Give who sits there on a day."""
        return tuple(each.contact_id for each in self.holdings if each.holds_on(day))
