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
    """An organisation; `own` marks the city."""

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


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was signed; `ends_on` None where no day ends it."""

    id: UUID
    number: str | None
    kind: str
    title: Words
    signed_on: date | None
    effective_on: date | None
    end_rule: str
    ends_on: date | None
    party_count: int
    illustrative: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What an agreement and its parties are on a day."""

    state: str
    flags: tuple[str, ...]
    parties: dict[UUID, str]


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


@dataclass(frozen=True, slots=True)
class Task:
    """A task, with its place in the programme."""

    id: UUID
    key: str | None
    position: int
    name: Words


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
