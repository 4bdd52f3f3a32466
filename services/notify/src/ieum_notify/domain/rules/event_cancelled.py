"""Cancelled events: told at once, until the end that they would have had.

Source: docs/rules/reminders.md, R-22.
"""

from collections.abc import Mapping
from datetime import datetime

from changefeed.change import Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.event import Event
from ieum_notify.domain.event_change import moments_touched
from ieum_notify.domain.event_letters import (
    anchor_of,
    event_details,
    event_rule,
    event_says,
)
from ieum_notify.domain.rule import LetterValue
from ieum_notify.domain.words import Words

HELD = "event.held"


def anchor(facts: Facts) -> Anchor:
    """Read the cancellation; it is told of from the day on which it was recorded."""
    event = Event.from_facts(facts)
    return anchor_of(
        event,
        event.starts.date(),
        event.ends,
        settled=HELD if event.cancelled_on is None else None,
        changed_on=event.revised_on or event.cancelled_on,
        revision=event.revision,
        is_news=True,
        moments=moments_touched(facts),
    )


def says(facts: Facts, now: datetime) -> Mapping[str, LetterValue]:
    """Say what is told of the reason, if anything is, beside what the event says."""
    told = Event.from_facts(facts).cancelled_for
    return {**event_says(facts, now), "cancelled_for": None if told is None else Words(told, told)}


def details(facts: Facts) -> tuple[Words, ...]:
    """Say first that it does not take place, and why, then what was planned."""
    told = Event.from_facts(facts).cancelled_for
    why = () if told is None else (Words(f"사유: {told}", f"Reason: {told}"),)
    off = Words(
        "취소되었습니다. 예정했던 일정은 아래와 같습니다.", "Cancelled; it was planned as follows."
    )
    return (off, *why, *event_details(facts))


EVENT_CANCELLED = event_rule(
    name="event_cancelled",
    title=Words("행사 취소 알림", "Event cancelled"),
    letter="event_cancelled",
    settles={HELD: Words("행사는 취소되지 않았습니다.", "The event is not cancelled.")},
    anchor=anchor,
    at_once=Words("행사가 취소되어", "the event was cancelled"),
    says=says,
    details=details,
    takes_back=True,
)
