"""Events whose time or place was changed: told at once, with what it is now.

Source: docs/rules/reminders.md, R-21.
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
    event_says,
)
from ieum_notify.domain.rule import Anchor, Rule
from ieum_notify.domain.words import Words

UNMOVED = "event.unmoved"


def anchor(facts: Facts) -> Anchor:
    """Read the last change; an event that never changed, or is cancelled, owes nothing here."""
    event = Event.from_facts(facts)
    settled = None
    if event.cancelled_on is not None:
        settled = CANCELLED
    elif event.revised_on is None:
        settled = UNMOVED
    return anchor_of(
        event,
        event.starts.date(),
        event.starts,
        settled=settled,
        changed_on=event.revised_on,
        revision=event.revision,
    )


EVENT_MOVED = Rule(
    name="event_moved",
    title=Words("행사 변경 알림", "Event changed"),
    kind=KIND,
    letter="event_moved",
    subject_type="event",
    lead_days=(),
    send_at=time(0, 0),
    seat_roles=SEAT_ROLES,
    in_doubt="resend",
    settles={
        CANCELLED: CANCELLED_WORDS,
        UNMOVED: Words("바뀐 일이 없습니다.", "Nothing about it was changed."),
    },
    anchor=anchor,
    at_once=Words("행사의 시각이나 장소가 바뀌어", "the time or place was changed"),
    date_name=FIRST_DAY,
    owner_name=OWNER_NAME,
    seat_owners=SEAT_OWNERS,
    page=PAGE,
    says=event_says,
    enclose=enclose_event,
)
