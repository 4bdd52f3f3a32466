"""Follow the registry's log: copy each page's facts, strictly in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ieum_notify.domain.alarm import Alarm
from ieum_notify.domain.facts import Subject
from ieum_notify.operations.ports import (
    Copy,
    Feed,
    FeedForked,
    FeedGap,
    FeedPage,
    OtherLog,
    Outbox,
    RegistryAway,
)


@dataclass(frozen=True, slots=True)
class Followed:
    """What one look at the feed brought.

    Attributes:
        applied: How many changes were copied now.
        changed: Whom they were about.
        is_away: Whether there was no usable answer: wait before asking again.
    """

    applied: int
    is_away: bool = False
    changed: frozenset[Subject] = frozenset()


def follow(feed: Feed, copy: Copy, outbox: Outbox, *, now: datetime, wait_s: int) -> Followed:
    """Copy the next page.

    A repeated page changes nothing. A gap, or another log than the one copied, stops the follower
    and shows an alarm. A forked feed (the
    registry was restored) throws the copy away; it fills again from the start while what was sent
    stays sent, as the once-only keys do not change.
    """
    mark = copy.mark()
    try:
        page = feed.read(mark, wait_s)
    except RegistryAway:
        outbox.raise_alarm(Alarm("feed.away"), now)
        return Followed(0, is_away=True)
    except FeedGap:
        outbox.raise_alarm(Alarm("feed.gap"), now)
        return Followed(0, is_away=True)
    except OtherLog:
        outbox.raise_alarm(Alarm("feed.other_log"), now)
        return Followed(0, is_away=True)
    except FeedForked:
        copy.forget()
        return Followed(0)
    outbox.clear_alarm("feed.away")
    outbox.clear_alarm("feed.gap")
    outbox.clear_alarm("feed.other_log")
    if not copy.apply(mark, page, now):
        return Followed(0)
    return Followed(len(page.changes), changed=frozenset(_subjects(page)))


def _subjects(page: FeedPage) -> Iterable[Subject]:
    return (Subject(each.subject_type, each.subject_id) for each in page.changes)
