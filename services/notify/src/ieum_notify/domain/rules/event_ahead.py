"""Events: 30, 14 and 1 days before they begin, on the calendar of their place, to all who go.

Source: docs/rules/reminders.md, R-17.
"""

from datetime import time

from changefeed.change import Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.event import Event
from ieum_notify.domain.event_letters import (
    CANCELLED,
    CANCELLED_WORDS,
    anchor_of,
    event_rule,
    told_on,
)
from ieum_notify.domain.words import Words


def anchor(facts: Facts) -> Anchor:
    """Read when an event begins; what a change of it told already is covered."""
    event = Event.from_facts(facts)
    return anchor_of(
        event,
        event.starts.date(),
        event.starts,
        settled=None if event.cancelled_on is None else CANCELLED,
        changed_on=told_on(event),
    )


EVENT_AHEAD = event_rule(
    name="event_ahead",
    title=Words("행사 일정 알림", "Event ahead"),
    letter="event_ahead",
    lead_days=(30, 14, 1),
    send_at=time(9, 0),
    settles={CANCELLED: CANCELLED_WORDS},
    anchor=anchor,
)
