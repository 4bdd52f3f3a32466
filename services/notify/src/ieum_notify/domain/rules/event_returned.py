"""Whoever takes part or is in charge again, after a letter said that they are not: told at once.

The steps that they heard of before are not owed again, and their calendar has lost the entry.

Source: docs/rules/reminders.md, R-27.
"""

from changefeed.change import Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.event import Event
from ieum_notify.domain.event_letters import (
    CANCELLED,
    CANCELLED_WORDS,
    REOPENED,
    REOPENED_WORDS,
    anchor_of,
    event_rule,
)
from ieum_notify.domain.leaving import IS_BACK
from ieum_notify.domain.words import Words


def anchor(facts: Facts) -> Anchor:
    """Read until when it matters to be back: until the event's end."""
    event = Event.from_facts(facts)
    settled = None
    if event.cancelled_on is not None:
        settled = CANCELLED
    elif event.is_reopened:
        settled = REOPENED
    return anchor_of(event, event.starts.date(), event.ends, settled=settled, is_news=True)


EVENT_RETURNED = event_rule(
    name="event_returned",
    title=Words("행사 참가 복귀 알림", "Taking part again"),
    letter="event_returned",
    settles={CANCELLED: CANCELLED_WORDS, REOPENED: REOPENED_WORDS},
    anchor=anchor,
    at_once=IS_BACK,
    tells="returned",
)
