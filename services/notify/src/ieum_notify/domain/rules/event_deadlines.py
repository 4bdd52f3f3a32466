"""Deadlines of events: one rule for each kind; 30, 14 and 1 days before, counted in their place.

Source: docs/rules/reminders.md, R-18.
"""

from collections.abc import Mapping
from datetime import datetime, time
from functools import partial

from changefeed.change import Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.event import DEADLINES, Event
from ieum_notify.domain.event_letters import (
    CANCELLED,
    CANCELLED_WORDS,
    anchor_of,
    deadline_says,
    event_rule,
)
from ieum_notify.domain.rule import LetterValue, Rule
from ieum_notify.domain.words import Words

GONE = "event.no_such_deadline"


def anchor(facts: Facts, *, kind: str) -> Anchor:
    """Read by when something must be done; an event without this deadline owes nothing."""
    event = Event.from_facts(facts)
    deadline = event.deadline(kind)
    if deadline is None:
        return anchor_of(event, event.starts.date(), event.starts, settled=GONE)
    settled = None if event.cancelled_on is None else CANCELLED
    return anchor_of(event, deadline.on, deadline.moment(), settled=settled)


def says(facts: Facts, now: datetime, *, kind: str) -> Mapping[str, LetterValue]:
    """Say what closes when, beside what the event says."""
    return deadline_says(facts, kind, now)


def _rule(kind: str) -> Rule:
    name = DEADLINES[kind]
    return event_rule(
        name=f"event_{kind}",
        title=Words(f"{name.ko} 마감 알림", f"Deadline of {name.en}"),
        letter="event_deadline",
        lead_days=(30, 14, 1),
        send_at=time(9, 0),
        settles={
            CANCELLED: CANCELLED_WORDS,
            GONE: Words("이 마감이 없어졌습니다.", "The event no longer has this deadline."),
        },
        anchor=partial(anchor, kind=kind),
        date_name=Words(f"{name.ko} 마감일", f"{name.en} deadline"),
        says=partial(says, kind=kind),
    )


EVENT_REGISTRATION = _rule("registration")
EVENT_BOOTH = _rule("booth")
EVENT_PAPERS = _rule("papers")
