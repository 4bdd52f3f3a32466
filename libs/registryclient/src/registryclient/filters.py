"""What each list of the registry may be asked for; what is left out, or None, does not filter."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict
from uuid import UUID


class ListAsked(TypedDict, total=False):
    """What every list understands.

    Attributes:
        ids: Only these; 1 to 100.
        limit: 1 to 200.
        after: The cursor of the page before.
    """

    ids: Sequence[UUID]
    limit: int
    after: str | None


class PartnersAsked(ListAsked, total=False):
    """Filters of partners; `own` is `true`, `false` (the default) or `any`."""

    q: str | None
    kind: str | None
    own: str
    on: date


class DepartmentsAsked(ListAsked, total=False):
    """Filters of departments."""

    key: str


class ContactsAsked(ListAsked, total=False):
    """Filters of people; `at` is a partner or department."""

    at: UUID
    key: str


class SeatsAsked(ListAsked, total=False):
    """Filters of seats; `holder` is the contact who holds one on the day."""

    at: UUID
    role: str
    holder: UUID
    on: date


class AgreementsAsked(ListAsked, total=False):
    """Filters of agreements.

    Attributes:
        partner: Is or was party.
        state: What they are on the day.
        ends_from, ends_to: Have their last day then; both days are included.
        standing: Give each with where it stands on the day.
    """

    partner: UUID
    state: str
    ends_from: date
    ends_to: date
    q: str | None
    on: date
    standing: bool


class CollaborationsAsked(ListAsked, total=False):
    """Filters of commitments; `in_force` True gives those that hold on the day."""

    partner: UUID
    agreement: UUID
    in_force: bool
    on: date


class MilestonesAsked(ListAsked, total=False):
    """Filters of milestones; `state` is due, overdue, done or cancelled, on the day."""

    agreement: UUID
    owner: UUID | None
    state: str
    due_to: date | None
    on: date


class EventsAsked(ListAsked, total=False):
    """Filters of events.

    Attributes:
        state: upcoming, under_way, past, cancelled; ahead is the first two.
        on: Judge the state by this day; by the instant if left out.
        standing: Give each with its standing.
        partner: Takes part.
    """

    partner: UUID | None
    kind: str | None
    state: str
    starts_from: date
    starts_to: date
    q: str | None
    on: date | None
    standing: bool
