"""Events as the pages show them: on the clock of their place, and on Seoul's.

Civil times are naive: they mean something together with their zone alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal
from uuid import UUID

from ieum_portal.domain.words import Words

EventState = Literal["under_way", "upcoming", "past", "cancelled"]
EVENT_STATES: tuple[EventState, ...] = ("under_way", "upcoming", "past", "cancelled")


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as it is recorded.

    Attributes:
        kind: registration, booth or papers; an event has one of each at most.
        at: On the clock of the event; None is the end of the day.
    """

    kind: str
    on: date
    at: time | None


@dataclass(frozen=True, slots=True)
class Event:
    """An expo, a delegation's visit, a conference or a forum.

    Attributes:
        starts_at, ends_at: What clocks in `zone` show.
        department_id: Who in the city answers for it; None is the coordinating office.
        revision: How often its time or place has changed; the cancellation counts too.
        cancelled_for: Why it was called off; None also where the record does not say.
    """

    id: UUID
    title: Words
    kind: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    country: str
    city: Words
    venue: Words | None
    link: str | None
    department_id: UUID | None
    partner_ids: tuple[UUID, ...]
    task_ids: tuple[UUID, ...]
    revision: int
    revised_on: date | None
    cancelled_on: date | None
    illustrative: bool
    deadlines: tuple[Due, ...] = ()
    version: int = 1
    cancelled_for: str | None = None


@dataclass(frozen=True, slots=True)
class Clocks:
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
class Deadline:
    """A last day for something.

    Attributes:
        kind: registration, booth or papers.
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


@dataclass(frozen=True, slots=True)
class EventStanding:
    """Where an event stands, now or on a day of its own calendar.

    Attributes:
        days_left: To its first day; None unless it lies ahead.
    """

    state: EventState
    days_left: int | None
    starts: Clocks
    ends: Clocks
    deadlines: tuple[Deadline, ...]

    @property
    def next_deadline(self) -> Deadline | None:
        """Give the nearest deadline that has not passed; none of what is called off or over."""
        if self.state not in ("upcoming", "under_way"):
            return None
        ahead = [each for each in self.deadlines if not each.passed]
        return min(ahead, key=lambda each: each.days_left, default=None)


@dataclass(frozen=True, slots=True)
class Coming:
    """Something of an event that the desk must know of now or soon.

    Attributes:
        what: `under_way`, `starts`, or `deadline`.
        days_left: On the calendar of its place; 0 of what is under way.
        clocks: Of its start, or of its end if it is under way; None of a deadline.
        deadline: None of the other two.
    """

    event: Event
    what: Literal["under_way", "starts", "deadline"]
    days_left: int
    clocks: Clocks | None = None
    deadline: Deadline | None = None

    @property
    def seoul(self) -> datetime:
        """What clocks in Seoul show then."""
        if self.clocks is not None:
            return self.clocks.seoul
        assert self.deadline is not None  # noqa: S101  It is one of the two.
        return self.deadline.seoul


def coming_of(event: Event, standing: EventStanding, within_days: int) -> list[Coming]:
    """Give what of an event is under way, begins or falls due within some days.

    A deadline that has passed, by the hour where that is known, is no news; nor is anything of
    what is over or called off.
    """
    if standing.state not in ("upcoming", "under_way"):
        return []
    found = [
        Coming(event, "deadline", each.days_left, deadline=each)
        for each in standing.deadlines
        if not each.passed and each.days_left <= within_days
    ]
    if standing.state == "under_way":
        found.append(Coming(event, "under_way", 0, clocks=standing.ends))
    elif standing.days_left is not None and standing.days_left <= within_days:
        found.append(Coming(event, "starts", standing.days_left, clocks=standing.starts))
    return found


def in_order(coming: Iterable[Coming]) -> list[Coming]:
    """Put what is under way first, then by days to go, then by the hour in Seoul."""
    return sorted(
        coming,
        key=lambda each: (
            each.what != "under_way",
            each.days_left,
            each.seoul,
            each.event.title.ko,
        ),
    )
