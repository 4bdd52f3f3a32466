"""Events: 30, 14 and 1 days before they begin, on the calendar of their place, to all who go.

Source: docs/rules/reminders.md, R-17.
"""

from datetime import time

from changefeed.change import Facts
from ieum_notify.domain.event import Event
from ieum_notify.domain.event_letters import (
    CANCELLED,
    CANCELLED_WORDS,
    FIRST_DAY,
    KIND,
    OWNER_NAME,
    PAGE,
    SEAT_OWNERS,
    SEAT_ROLES,
    anchor_of,
    enclose_event,
    event_details,
    event_says,
)
from ieum_notify.domain.rule import Anchor, Rule
from ieum_notify.domain.words import Words


def anchor(facts: Facts) -> Anchor:
    """Read when an event begins; what a change of it told already is covered."""
    event = Event.from_facts(facts)
    return anchor_of(
        event,
        event.starts.date(),
        event.starts,
        settled=None if event.cancelled_on is None else CANCELLED,
        changed_on=event.revised_on,
    )


EVENT_AHEAD = Rule(
    name="event_ahead",
    title=Words("행사 일정 알림", "Event ahead"),
    kind=KIND,
    letter="event_ahead",
    subject_type="event",
    lead_days=(30, 14, 1),
    send_at=time(9, 0),
    seat_roles=SEAT_ROLES,
    in_doubt="resend",
    settles={CANCELLED: CANCELLED_WORDS},
    anchor=anchor,
    date_name=FIRST_DAY,
    owner_name=OWNER_NAME,
    seat_owners=SEAT_OWNERS,
    page=PAGE,
    says=event_says,
    details=event_details,
    enclose=enclose_event,
)
