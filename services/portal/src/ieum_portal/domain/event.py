"""Events as the pages show them: on the clock of their place, and on Seoul's.

Civil times are naive: they mean something together with their zone alone.
"""

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
