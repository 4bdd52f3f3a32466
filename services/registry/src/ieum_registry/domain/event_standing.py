"""Where an event stands on a day: on its own calendar, and what its clocks show in Seoul."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from ieum_registry.domain.civil_time import instant_of
from ieum_registry.domain.event import Deadline, Event

EventState = Literal["upcoming", "under_way", "past", "cancelled"]
EVENT_STATES: tuple[EventState, ...] = ("upcoming", "under_way", "past", "cancelled")

_SEOUL = ZoneInfo("Asia/Seoul")


@dataclass(frozen=True, slots=True)
class BothClocks:
    """One instant as clocks show it: at the place, in Seoul, and in UTC (aware)."""

    civil: datetime
    zone: str
    seoul: datetime
    utc: datetime


@dataclass(frozen=True, slots=True)
class DeadlineStanding:
    """One deadline on a day.

    Attributes:
        seoul: What clocks in Seoul show in its last minute.
        days_left: To its day; 0 on it, negative once it has passed.
    """

    deadline: Deadline
    seoul: datetime
    days_left: int

    @property
    def passed(self) -> bool:
        """Whether its day is over."""
        return self.days_left < 0


@dataclass(frozen=True, slots=True)
class EventStanding:
    """One event on a day.

    Attributes:
        days_left: To the first day; None unless it lies ahead.
    """

    on: date
    state: EventState
    days_left: int | None
    starts_at: BothClocks
    ends_at: BothClocks
    deadlines: tuple[DeadlineStanding, ...]


def event_state(event: Event, day: date) -> EventState:
    """Say where an event stands on a day of its own calendar.

    Source: docs/rules/lifecycle.md, L-19.
    """
    if event.cancelled_on is not None and event.cancelled_on <= day:
        return "cancelled"
    if day < event.starts_at.date():
        return "upcoming"
    return "past" if day > event.ends_at.date() else "under_way"


def event_standing(event: Event, day: date) -> EventStanding:
    """Say where an event and its deadlines stand on a day of its own calendar.

    Source: docs/rules/lifecycle.md, L-19.
    """
    state = event_state(event, day)
    return EventStanding(
        day,
        state,
        (event.starts_at.date() - day).days if state == "upcoming" else None,
        _both(event.starts_at, event.zone),
        _both(event.ends_at, event.zone),
        tuple(
            DeadlineStanding(each, _both(each.civil, event.zone).seoul, (each.on - day).days)
            for each in event.deadlines
        ),
    )


def _both(civil: datetime, zone: str) -> BothClocks:
    instant = instant_of(civil, zone)
    return BothClocks(civil, zone, instant.astimezone(_SEOUL), instant.astimezone(UTC))
