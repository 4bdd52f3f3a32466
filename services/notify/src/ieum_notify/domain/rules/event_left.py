"""Whoever takes part no longer, or is in charge no longer: told at once, if told of it before.

Source: docs/rules/reminders.md, R-26.
"""

from changefeed.change import Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.event import Event
from ieum_notify.domain.event_letters import (
    anchor_of,
    attach_event,
    event_rule,
)
from ieum_notify.domain.leaving import HAS_LEFT, taking_back
from ieum_notify.domain.words import Words


def anchor(facts: Facts) -> Anchor:
    """Read until when it matters to have been taken off: until the event's end."""
    event = Event.from_facts(facts)
    return anchor_of(event, event.starts.date(), event.ends, settled=None, is_news=True)


EVENT_LEFT = event_rule(
    name="event_left",
    title=Words("행사 참가 해제 알림", "No longer taking part"),
    letter="event_left",
    anchor=anchor,
    at_once=HAS_LEFT,
    attach=taking_back(attach_event),
    takes_back=True,
    tells="left",
)
