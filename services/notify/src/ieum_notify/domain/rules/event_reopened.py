"""Events that take place after all: told at once to whoever was told that they do not.

Their calendars have lost the entry, and what they booked may be cancelled.

Source: docs/rules/reminders.md, R-39.
"""

from changefeed.change import Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.event import Event
from ieum_notify.domain.event_letters import CANCELLED, CANCELLED_WORDS, anchor_of, event_rule
from ieum_notify.domain.words import Words

NEVER_CANCELLED = "event.never_cancelled"


def anchor(facts: Facts) -> Anchor:
    """Read until when it matters: until the event's end, unless it was moved or cancelled since."""
    event = Event.from_facts(facts)
    settled = None
    if event.cancelled_on is not None:
        settled = CANCELLED
    elif not event.is_reopened:
        settled = NEVER_CANCELLED
    return anchor_of(event, event.starts.date(), event.ends, settled=settled, is_news=True)


EVENT_REOPENED = event_rule(
    name="event_reopened",
    title=Words("행사 취소 철회 알림", "Event takes place after all"),
    letter="event_reopened",
    settles={
        CANCELLED: CANCELLED_WORDS,
        NEVER_CANCELLED: Words("되돌린 취소가 없습니다.", "No cancellation of it was taken back."),
    },
    anchor=anchor,
    at_once=Words(
        "취소되었다고 알려 드린 행사가 예정대로 열리게 되어",
        "the event takes place after all; you were told that it was cancelled",
    ),
    tells="returned",
)
