"""Where an event stands at an instant or on a day, and what its clocks show in Seoul."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from changefeed.subjects.event import Deadline
from ieum_registry.domain.civil_time import instant_of
from ieum_registry.domain.event import Event, passes_at

EventState = Literal["upcoming", "under_way", "past", "cancelled"]
EVENT_STATES: tuple[EventState, ...] = get_args(EventState)

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
    """One deadline at an instant or on a day.

    Attributes:
        seoul: What clocks in Seoul show in its last minute.
        days_left: To its day; 0 on it, negative after it.
        passed: Whether it is too late; on its own day it may be, once its hour has struck.
    """

    deadline: Deadline
    seoul: datetime
    days_left: int
    passed: bool


@dataclass(frozen=True, slots=True)
class EventStanding:
    """One event at an instant or on a day.

    Attributes:
        on: The day on its own calendar.
        days_left: From that to the first day, 0 in the hours before it begins; None unless it lies
            ahead.
    """

    on: date
    state: EventState
    days_left: int | None
    starts_at: BothClocks
    ends_at: BothClocks
    deadlines: tuple[DeadlineStanding, ...]


def event_state(event: Event, now: datetime, *, on: date | None = None) -> EventState:
    """Say where an event stands.

    Args:
        now: The instant, aware; what has an hour is judged by it, wherever the asker sits.
        on: Judge by this whole day of the event's own calendar instead.

    Source: docs/rules/lifecycle.md, L-19.
    """
    off_on = event.cancelled_on
    if off_on is not None and off_on <= (on or now.astimezone(_SEOUL).date()):
        return "cancelled"
    if on is not None:
        is_ahead, is_over = on < event.starts_at.date(), on > event.ends_at.date()
    else:
        is_ahead = now < instant_of(event.starts_at, event.zone)
        is_over = now >= instant_of(event.ends_at, event.zone)
    return "upcoming" if is_ahead else "past" if is_over else "under_way"


def event_standing(event: Event, now: datetime, *, on: date | None = None) -> EventStanding:
    """Say where an event and its deadlines stand; arguments as for `event_state`.

    Source: docs/rules/lifecycle.md, L-19.
    """
    state = event_state(event, now, on=on)
    day = on or now.astimezone(ZoneInfo(event.zone)).date()
    return EventStanding(
        day,
        state,
        (event.starts_at.date() - day).days if state == "upcoming" else None,
        _both(event.starts_at, event.zone),
        _both(event.ends_at, event.zone),
        tuple(
            DeadlineStanding(
                each,
                _last_minute(each, event.zone).astimezone(_SEOUL),
                (each.on - day).days,
                day > each.on if on is not None else now >= passes_at(each, event.zone),
            )
            for each in event.deadlines
        ),
    )


def _last_minute(deadline: Deadline, zone: str) -> datetime:
    """Give the instant as which it is written: its hour, or the minute before its day is over."""
    minute = timedelta(minutes=1 if deadline.at is None else 0)
    return passes_at(deadline, zone) - minute


def _both(civil: datetime, zone: str) -> BothClocks:
    instant = instant_of(civil, zone)
    return BothClocks(civil, zone, instant.astimezone(_SEOUL), instant.astimezone(UTC))
