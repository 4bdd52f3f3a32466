"""What the operations need from elsewhere, named for the need.

The three neighbours are asked in the name of one viewer: whoever opens them has minted the token
and chosen the language. Each of their methods raises NeighbourDown or NeighbourRefused; reading
one thing that is not there, or not the viewer's to see, raises NotFound; a list that takes `after`
raises NoSuchPlace if that is no cursor of its own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol
from uuid import UUID

from changefeed.page import Page
from httpedge.access_record import Counted
from ieum_portal.domain.account import Account
from ieum_portal.domain.attempts import Failure
from ieum_portal.domain.consequences import Redrawn, Reposted
from ieum_portal.domain.event import Event, EventStanding
from ieum_portal.domain.history import LogEntry
from ieum_portal.domain.network import NetworkAnswer
from ieum_portal.domain.operation import About, PlannedLetter, Projection, Sender
from ieum_portal.domain.programme import Programme, ServiceField, Strategy
from ieum_portal.domain.record import (
    Agreement,
    Commitment,
    Milestone,
    Partner,
    Person,
    Seat,
    Standing,
    Task,
)
from ieum_portal.domain.wanted import Foretold, Recorded, Wanted
from ieum_portal.domain.websession import WebSession
from ieum_portal.domain.words import Words


class PartnerList(Protocol):
    """One page of partners, in the registry's order; `following` is the cursor after it."""

    @property
    def partners(self) -> Sequence[Partner]:
        """The partners of this page."""

    @property
    def following(self) -> str | None:
        """Where the next page begins, None at the end."""


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement, and what it and its parties are on the day."""

    agreement: Agreement
    standing: Standing


class Registry(Protocol):
    """The record, as the viewer may see it, on a day."""

    def partners(
        self, *, q: str | None, kind: str | None, on: date, after: str | None, limit: int
    ) -> PartnerList:
        """List the partners that fit, the city itself left out."""

    def partner(self, partner_id: UUID) -> Partner:
        """Give one partner, the city included."""

    def names_of(
        self, partners: frozenset[UUID], departments: frozenset[UUID]
    ) -> dict[UUID, Words]:
        """Give the names behind ids; ids that are not found are absent."""

    def agreements_by_id(self, ids: Collection[UUID]) -> Mapping[UUID, Agreement]:
        """Give agreements by id; those that the viewer may not see are absent."""

    def people_by_id(self, ids: Collection[UUID]) -> Mapping[UUID, Person]:
        """Give people by id; those that the viewer may not see are absent."""

    def agreements_of(self, partner_id: UUID, *, on: date) -> Sequence[AgreementLine]:
        """List the agreements that a partner is party to, in the registry's order."""

    def agreement(self, agreement_id: UUID) -> Agreement:
        """Give one agreement."""

    def standing_of(self, agreement_id: UUID, *, on: date) -> Standing:
        """Say what an agreement and its parties are on the day."""

    def commitments_of(self, partner_id: UUID, *, on: date) -> Sequence[Commitment]:
        """List a partner's commitments, past and future ones included."""

    def commitment_counts(self, *, on: date) -> dict[UUID, int] | None:
        """Count the commitments in force by partner; None if there are too many to count here."""

    def milestones(
        self, *, state: str, on: date, due_to: date | None = None, owner: UUID | None = None
    ) -> Sequence[Milestone]:
        """List the milestones in a state on the day."""

    def commitments_in_force(self, *, on: date) -> Sequence[Commitment] | None:
        """List all commitments that hold on the day; None if there are too many to read here."""

    def programmes(self) -> Sequence[Programme]:
        """List all programmes."""

    def strategies(self) -> Sequence[Strategy]:
        """List all strategies, by position."""

    def tasks(self) -> Sequence[Task]:
        """List all tasks."""

    def fields(self) -> Sequence[ServiceField]:
        """List all service fields, by position."""

    def technologies(self) -> dict[UUID, Words]:
        """Give all technologies' names."""

    def people_at(self, partner_id: UUID) -> Sequence[Person]:
        """List a partner's people."""

    def seats_at(self, partner_id: UUID, *, on: date) -> Sequence[Seat]:
        """List a partner's seats."""

    def agreements(self, *, state: str, q: str | None, on: date) -> Sequence[Agreement]:
        """List the agreements in a state on the day that fit, the latest signed first."""

    def agreements_sheet(
        self,
        *,
        state: str | None,
        q: str | None,
        on: date,
        ending: tuple[date, date] | None,
    ) -> str:
        """Give the ledger of the agreements that fit as comma-separated values.

        Args:
            ending: The first and the last day between which their last day lies.
        """

    def agreements_ending(
        self,
        first: date,
        last: date,
        *,
        on: date,
        q: str | None = None,
        partner: UUID | None = None,
    ) -> Sequence[AgreementLine]:
        """List the agreements whose last day lies in a run of days, as they stand on a day."""

    def commitments_under(self, agreement_id: UUID) -> Sequence[Commitment]:
        """List the commitments under an agreement, past and future ones included."""

    def milestones_under(self, agreement_id: UUID) -> Sequence[Milestone]:
        """List the milestones under an agreement, done and cancelled ones included."""

    def commitment(self, commitment_id: UUID) -> Commitment:
        """Give one commitment."""

    def milestone(self, milestone_id: UUID) -> Milestone:
        """Give one milestone."""

    def person(self, contact_id: UUID) -> Person:
        """Give one person."""

    def seat(self, seat_id: UUID) -> Seat:
        """Give one seat."""

    def facts_of(self, subject_type: str, subject_id: UUID) -> Mapping[str, object]:
        """Give what is on record of a subject that the desk changes, by the record's own names."""

    def try_out(self, wanted: Wanted) -> Sequence[Foretold]:
        """Give the entries that a change would write; writes none.

        Raises:
            Stale, ChangeRefused: Changed since it was seen; against the registry's rules.
        """

    def record(self, wanted: Wanted, *, once: str) -> Recorded:
        """Write a change, once under one key.

        Raises:
            Stale, ChangeRefused: As for `try_out`.
            NeighbourDown: It is not known whether it was written; the same call may be made again.
        """


class Graph(Protocol):
    """The projection, as far as the viewer may see it."""

    def partner_network(self, partner_id: UUID, *, on: date) -> NetworkAnswer:
        """Ask the question `partner-network`."""

    def event_neighbours(
        self, event_id: UUID, *, on: date, written: int | None = None
    ) -> NetworkAnswer:
        """Ask the question `event-neighbours`.

        Args:
            written: The entry that the viewer has just written and wants to see the effect of.
        """

    def projection(self) -> Projection:
        """Say how the projection is doing."""

    def consequences(self, entries: Sequence[Foretold], *, on: date) -> Redrawn:
        """Say what entries that are not yet written would change in the network."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries of the log are looked for; None does not narrow. Days are Seoul's, inclusive.

    Attributes:
        role: The role in which a change was made; `rule` is a rule's.
    """

    subject: UUID | None = None
    subject_type: str | None = None
    kind: str | None = None
    role: str | None = None
    recorded_from: date | None = None
    recorded_to: date | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries, the newest first; `next` is the number to go on before, None at the end."""

    entries: tuple[LogEntry, ...]
    next: int | None
    head: int


class Log(Protocol):
    """The change log, as the viewer may read it."""

    def history(self, sought: Sought, *, before: int | None, limit: int) -> LogPage:
        """List the entries that are looked for, the newest first."""

    def about(self, subjects: Sequence[UUID], *, at_most: int) -> Sequence[LogEntry]:
        """Give the entries about some subjects, the newest first; at most 200."""

    def feed(self, after: int) -> Page:
        """Give the entries after a number, in order, up to a thousand."""


EventPart = Literal["ahead", "past", "cancelled"]
"""What lists of events are asked for: what is under way or upcoming, over, or called off."""


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event and where it stands."""

    event: Event
    standing: EventStanding


@dataclass(frozen=True, slots=True)
class EventList:
    """One page of events; `following` is the cursor after it, None at the end."""

    lines: tuple[EventLine, ...]
    following: str | None


class Events(Protocol):
    """The events on record; without a day they are judged by the instant, by the hour there."""

    def events(
        self,
        *,
        state: EventPart,
        kind: str | None,
        q: str | None,
        on: date | None,
        after: str | None,
        limit: int,
    ) -> EventList:
        """List the events that fit, each with where it stands, by first day."""

    def ahead(self, *, on: date | None, partner: UUID | None) -> Sequence[EventLine]:
        """List all that is under way or upcoming, of one partner or of all, by first day."""

    def event(self, event_id: UUID) -> Event:
        """Give one event."""

    def standing_of(self, event_id: UUID, *, on: date | None) -> EventStanding:
        """Say where an event and its deadlines stand."""

    def beginning_on(self, day: date) -> Sequence[Event]:
        """List the events whose first day it is, cancelled ones included."""

    def participants(self) -> dict[UUID, Words]:
        """Give the names of all who may take part, the city itself included."""

    def departments(self) -> dict[UUID, Words]:
        """Give the names of the departments that may answer for an event."""


class Notify(Protocol):
    """The post room."""

    def sender(self) -> Sender:
        """Say how the sender is doing."""

    def planned(self, *, days: int) -> Sequence[PlannedLetter]:
        """List the letters planned for the coming days, in order of time."""

    def resend(self, about: About) -> None:
        """Let the letters about something that could not be handed over go out again.

        Raises:
            NeighbourRefused: Nothing of it waits, or it is owed no more.
        """

    def consequences(self, entries: Sequence[Foretold]) -> Reposted:
        """Say what entries that are not yet written would change among the letters."""


class Neighbours(Protocol):
    """The three services, asked in the name of one viewer."""

    @property
    def registry(self) -> Registry:
        """The record."""

    @property
    def events(self) -> Events:
        """The events on record."""

    def own_partners(self) -> Sequence[UUID]:
        """Give the partners of a viewer who is a liaison, as its seats are today; else none."""

    @property
    def log(self) -> Log:
        """The change log."""

    @property
    def graph(self) -> Graph:
        """The projection."""

    @property
    def notify(self) -> Notify:
        """The post room."""


class Accounts(Protocol):
    """The accounts, each of which is one person's way in."""

    def by_login(self, login: str) -> Account | None:
        """Find an account by its folded login."""

    def by_id(self, account_id: UUID) -> Account | None:
        """Find an account."""

    def add(self, account: Account) -> None:
        """Keep a new account.

        Raises:
            LoginTaken: One with that login is there.
        """

    def keep(self, account: Account) -> None:
        """Keep an account as it is from now on."""

    def all(self) -> Sequence[Account]:
        """Give all accounts, in the order in which they were made."""

    def set_password_hash(self, account_id: UUID, password_hash: str) -> None:
        """Replace a password's hash."""


class Sessions(Protocol):
    """The web sessions."""

    def add(self, session: WebSession) -> None:
        """Keep a new session."""

    def find(self, token_hash: str) -> tuple[WebSession, Account] | None:
        """Find a session with its account, whether or not it is still open."""

    def touch(self, token_hash: str, at: datetime) -> None:
        """Note a sign of life."""

    def revoke(self, token_hash: str, at: datetime) -> None:
        """End one session; ending it again changes nothing."""

    def revoke_all(self, account_id: UUID, at: datetime) -> int:
        """End all of an account's sessions; gives how many were open."""

    def sweep(self, before: datetime) -> None:
        """Forget the sessions that began before a moment."""


class Attempts(Protocol):
    """The attempts to sign in that have failed, or have not succeeded yet."""

    def note(self, failure: Failure) -> int:
        """Count an attempt as failed, and forget those too old to matter; gives its number."""

    def failures(self, *, account: str, address: str, since: datetime) -> Sequence[Failure]:
        """List the failures that touch the account or the address."""

    def forgive(self, number: int, *, account: str, address: str) -> None:
        """Take back an attempt that succeeded, and the account's failures from that address."""

    def forget(self, *, account: str | None, address: str | None) -> int:
        """Forget the failures of an account, of an address, or with neither all; gives how many."""


class AccessRecords(Protocol):
    """Who signed in, who tried to, and who was denied a page."""

    def page(self, *, after: tuple[datetime, str] | None, limit: int) -> Sequence[Counted]:
        """Give records, the newest first, after the instant and key of the last one seen."""

    def forget_before(self, moment: datetime) -> int:
        """Forget what is older; gives how many records went."""


class Passwords(Protocol):
    """The one-way function for passwords."""

    def hash(self, password: str) -> str:
        """Make a salted hash."""

    def fits(self, password_hash: str | None, password: str) -> bool:
        """Say whether a password made a hash; None takes as long and never fits."""

    def is_outdated(self, password_hash: str) -> bool:
        """Say whether a hash was made at a lower cost than is asked for today."""


class ContactFinder(Protocol):
    """Finds the contact that an account belongs to."""

    def __call__(self, key: str) -> UUID | None:
        """Give the contact's id by its key; None if there is none (yet)."""
