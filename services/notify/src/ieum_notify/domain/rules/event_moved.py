"""Events whose time, place or deadlines were changed: told at once, with what it is now.

Source: docs/rules/reminders.md, R-21.
"""

from collections.abc import Mapping
from datetime import datetime

from changefeed.change import Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.event import Event
from ieum_notify.domain.event_change import moments_touched, names_of, what_changed
from ieum_notify.domain.event_letters import (
    CANCELLED,
    CANCELLED_WORDS,
    anchor_of,
    event_details,
    event_rule,
    event_says,
)
from ieum_notify.domain.rule import LetterValue
from ieum_notify.domain.words import Words

UNMOVED = "event.unmoved"


def anchor(facts: Facts) -> Anchor:
    """Read the last change; an event that never changed, or is cancelled, owes nothing here.

    Nor does one whose cancellation was taken back: nothing of it was moved by that.

    It matters until the event's end: the hall may change on its second day, and a beginning that
    was brought forward may be over when it is recorded.
    """
    event = Event.from_facts(facts)
    settled = None
    if event.cancelled_on is not None:
        settled = CANCELLED
    elif event.revised_on is None or event.is_reopened:
        settled = UNMOVED
    return anchor_of(
        event,
        event.starts.date(),
        event.ends,
        settled=settled,
        changed_on=event.revised_on,
        revision=event.revision,
        is_news=True,
        moments=moments_touched(facts),
    )


def says(facts: Facts, now: datetime) -> Mapping[str, LetterValue]:
    """Say what was changed, beside what the event says."""
    moved = what_changed(facts)
    changes = tuple(each.said() for each in moved)
    return {**event_says(facts, now), "changes": changes, "changed": names_of(moved)}


def details(facts: Facts) -> tuple[Words, ...]:
    """Say first what was changed, then how it is now."""
    changes = (each.said() for each in what_changed(facts))
    told = (Words(f"변경 · {each.ko}", f"Changed · {each.en}") for each in changes)
    return (*told, *event_details(facts))


EVENT_MOVED = event_rule(
    name="event_moved",
    title=Words("행사 변경 알림", "Event changed"),
    letter="event_moved",
    settles={
        CANCELLED: CANCELLED_WORDS,
        UNMOVED: Words("바뀐 일이 없습니다.", "Nothing about it was changed."),
    },
    anchor=anchor,
    at_once=Words(
        "행사의 시각, 장소나 마감이 바뀌어", "the time, the place or a deadline was changed"
    ),
    says=says,
    details=details,
)
