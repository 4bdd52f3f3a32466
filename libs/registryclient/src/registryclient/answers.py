"""What the registry answers beside the facts: pages, versions, standings, history, receipts.

The facts themselves come as what is declared of their type (`changefeed.subjects`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Generic, Literal, NotRequired, TypedDict, TypeVar
from uuid import UUID

from changefeed.change import Change
from changefeed.subjects.parts import PartDay

T = TypeVar("T")

Asked = str | int | bool | date | UUID | Sequence[UUID] | None
"""What a filter of a list may be; None leaves it out, several ids are parted by commas."""


@dataclass(frozen=True, slots=True)
class Total:
    """How many a list holds in all for its reader; more than `count` if it is not exact."""

    count: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """One page of a list.

    Attributes:
        next: The cursor of the page after it, None at the end.
        previous: The cursor of the page before it, for `before`; None where the list begins.
        total: How many the whole list holds; None unless that was asked for.
    """

    items: Sequence[T]
    next: str | None
    total: Total | None = None
    previous: str | None = None


Way = tuple[str, ...]
"""By what a list is counted together: names of its filters."""
Values = tuple[str | bool | int | None, ...]
"""What a group has in common, in the order of its way; None is to have none."""


@dataclass(frozen=True, slots=True)
class Counts:
    """A list counted in several ways.

    Attributes:
        total: All of it.
        groups: By way, the largest group first.
        cut: The ways of which there are smaller groups than these.
    """

    total: int
    groups: Mapping[Way, Mapping[Values, int]]
    cut: frozenset[Way]


@dataclass(frozen=True, slots=True)
class Versioned(Generic[T]):
    """A subject, and which version of it was read: a change of it names that."""

    subject: T
    version: int


_COUNTS = {"in_force": 5, "unknown_end": 4, "signed": 3, "awaited": 2, "ended": 1}
"""How much a span of a partner says of it on a day; one that it left says least."""


@dataclass(frozen=True, slots=True)
class PartyStanding:
    """The state of one party on a day."""

    partner_id: UUID
    state: str


@dataclass(frozen=True, slots=True)
class AgreementStanding:
    """What an agreement and its parties are on a day, and the days of which that is made.

    Attributes:
        signed_from: From when the city and one other have signed.
        in_force_until: The last day in force; None if open, or if it never comes into force.
        last_on: The same, or the last day of the running term of what renews by itself.
        unknown_from: The first day on which nobody knows whether it is in force.
        signed_from_as: As of each of these days: what is written, if only part of it is known.
    """

    state: str
    flags: tuple[str, ...] = ()
    parties: tuple[PartyStanding, ...] = ()
    signed_from: date | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    unknown_from: date | None = None
    last_on: date | None = None
    signed_from_as: PartDay | None = None
    in_force_from_as: PartDay | None = None
    in_force_until_as: PartDay | None = None
    unknown_from_as: PartDay | None = None
    last_on_as: PartDay | None = None

    @property
    def party_states(self) -> dict[UUID, str]:
        """Give the state of each partner: of one that came back, that of the span that counts."""
        found: dict[UUID, str] = {}
        for each in sorted(self.parties, key=lambda each: -_COUNTS.get(each.state, 0)):
            found.setdefault(each.partner_id, each.state)
        return found


@dataclass(frozen=True, slots=True)
class MoveStanding:
    """Whether a move of an agreement's life may be made by the caller today.

    Attributes:
        detail: What hinders it and what would make it lawful, in the client's language.
    """

    move: str
    lawful: bool
    code: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Moves:
    """All moves of an agreement."""

    moves: tuple[MoveStanding, ...]


@dataclass(frozen=True, slots=True)
class MilestoneStanding:
    """Where a promise stands on a day: due, overdue, done or cancelled."""

    state: str


@dataclass(frozen=True, slots=True)
class BothClocks:
    """One instant as clocks show it at the place and in Seoul, and in UTC (aware)."""

    civil: datetime
    zone: str
    seoul: datetime
    utc: datetime

    @property
    def is_the_same(self) -> bool:
        """Whether both clocks show the same."""
        return self.civil == self.seoul

    @property
    def offset(self) -> str:
        """Give how far the place's clock is from UTC at that instant, as `UTC-8` or `UTC+5:30`."""
        minutes = round((self.civil - self.utc.replace(tzinfo=None)).total_seconds() / 60)
        hours, rest = divmod(abs(minutes), 60)
        sign = "-" if minutes < 0 else "+"
        return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


@dataclass(frozen=True, slots=True)
class DeadlineStanding:
    """A last day for something of an event.

    Attributes:
        at: On the clock of the event; None is the end of the day.
        seoul: What clocks in Seoul show in its last minute.
        days_left: To its day where the event is; negative after it.
        passed: Whether it is too late: on its own day it may be, once its hour has struck.
    """

    kind: str
    on: date
    at: time | None
    seoul: datetime
    days_left: int
    passed: bool


EventState = Literal["under_way", "upcoming", "past", "cancelled"]


@dataclass(frozen=True, slots=True)
class EventStanding:
    """Where an event stands, now or on a day of its own calendar.

    Attributes:
        days_left: To its first day; None unless it lies ahead.
    """

    state: EventState
    days_left: int | None
    starts_at: BothClocks
    ends_at: BothClocks
    deadlines: tuple[DeadlineStanding, ...]

    @property
    def next_deadline(self) -> DeadlineStanding | None:
        """Give the nearest deadline that has not passed; none of what is called off or over."""
        if self.state not in ("upcoming", "under_way"):
            return None
        ahead = [each for each in self.deadlines if not each.passed]
        return min(ahead, key=lambda each: each.days_left, default=None)


@dataclass(frozen=True, slots=True)
class Remembered:
    """One entry as the feed gives it, and the facts of the version before, as far as shown.

    Attributes:
        redacted_by: The number of the redaction that destroyed what it said, or None.
    """

    entry: Change
    previous: Mapping[str, Any] | None
    redacted_by: int | None


@dataclass(frozen=True, slots=True)
class History:
    """Entries, the newest first; `next` is the number to go on before, None at the end."""

    items: tuple[Remembered, ...]
    next: int | None
    head: int


class Actor(TypedDict):
    """Who made a change."""

    id: str
    role: str
    on_behalf_of: str | None


class Entry(TypedDict):
    """One entry of the change log as it travels (docs/changes.md); hashes left out here."""

    seq: int
    at: str
    actor: Actor
    kind: str
    subject_type: str
    subject_id: str
    version: int
    body: dict[str, object] | None
    reason: str | None


class LoadDocument(TypedDict):
    """One file to load: its name, as shown in faults, and its whole text."""

    name: str
    text: str


class LoadDoubt(TypedDict):
    """What was taken although it looks wrong: where it stands, and what to do."""

    file: str
    line: int
    pointer: str
    code: str
    detail: str


class LoadReceipt(TypedDict):
    """What a load did; counts by subject type."""

    load: str | None
    anchor_on: str
    recorded: dict[str, int]
    changed: dict[str, int]
    unchanged: dict[str, int]
    doubts: NotRequired[list[LoadDoubt]]
    head: int


@dataclass(frozen=True, slots=True)
class StreamedFile:
    """A file on its way.

    Attributes:
        headers: Of the registry's answer: type, length, the name under which it is kept.
        close: To be called once its pieces are read, or nobody wants them any more.
    """

    headers: Mapping[str, str]
    pieces: Iterator[bytes]
    close: Callable[[], None]


@dataclass(frozen=True, slots=True)
class DamagedDocument:
    """A document whose file was not whole when it was looked at last.

    Attributes:
        fault: `missing` or `altered`.
        whole_at: When it was whole at last; None if it never was found so.
    """

    id: UUID
    title: str
    fault: str
    whole_at: datetime | None


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What the registry found in a document's file.

    Attributes:
        text: As `StateBody` of docs/api/registry.json names it: `kept` if words find it.
        checked_at: When its file was looked at last; None if not yet.
        fault: `missing` or `altered` then; None if it was whole.
        whole_at: When it was whole at last.
    """

    text: str
    checked_at: datetime | None
    fault: str | None
    whole_at: datetime | None
