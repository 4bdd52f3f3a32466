"""Whoever takes part no longer, or is in charge no longer: told at once, if told of it before.

Source: docs/rules/reminders.md, R-26.
"""

from datetime import time

from changefeed.change import Facts
from ieum_notify.domain.event import Event
from ieum_notify.domain.event_letters import (
    FIRST_DAY,
    KIND,
    OWNER_NAME,
    PAGE,
    SEAT_OWNERS,
    SEAT_ROLES,
    anchor_of,
    event_details,
    event_says,
    take_back_event,
)
from ieum_notify.domain.rule import Anchor, Rule
from ieum_notify.domain.words import Words


def anchor(facts: Facts) -> Anchor:
    """Read until when it matters to have been taken off: until the event's end."""
    event = Event.from_facts(facts)
    return anchor_of(event, event.starts.date(), event.ends, settled=None)


EVENT_LEFT = Rule(
    name="event_left",
    title=Words("행사 참가 해제 알림", "No longer taking part"),
    kind=KIND,
    letter="event_left",
    subject_type="event",
    lead_days=(),
    send_at=time(0, 0),
    seat_roles=SEAT_ROLES,
    in_doubt="resend",
    settles={},
    anchor=anchor,
    at_once=Words(
        "알려 드린 참가나 담당이 그 뒤 해제되어",
        "you are no longer part of what you were last told of",
    ),
    date_name=FIRST_DAY,
    owner_name=OWNER_NAME,
    seat_owners=SEAT_OWNERS,
    page=PAGE,
    says=event_says,
    details=event_details,
    enclose=take_back_event,
    tells="left",
)
