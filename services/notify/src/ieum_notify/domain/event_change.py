"""What the last revision of an event changed, in sentences.

Source: docs/rules/reminders.md, R-21; docs/changes.md, `revised_from`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from changefeed.change import Facts
from ieum_notify.domain.civil import both_times, instant
from ieum_notify.domain.event import DEADLINES, Deadline, Event
from ieum_notify.domain.words import Words


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing that was moved.

    Attributes:
        was: None of a deadline that was not there before; `now` of one that is there no longer.
    """

    name: Words
    was: Words | None
    now: Words | None

    def said(self) -> Words:
        """Say how it is now and how it was before."""
        now = self.now or Words("없어졌습니다", "no longer there")
        if self.was is None:
            return Words(
                f"{self.name.ko}: 새로 생겼습니다. {now.ko}", f"{self.name.en}: new, {now.en}"
            )
        return Words(
            f"{self.name.ko}: {now.ko}. 변경 전: {self.was.ko}",
            f"{self.name.en}: {now.en}; before: {self.was.en}",
        )


def what_changed(facts: Facts) -> tuple[Moved, ...]:
    """Give each thing that was moved.

    Returns:
        Start, end, place, then the deadlines, as far as they were moved; none where the facts do
        not say, as those of old entries.
    """
    before = facts.get("revised_from")
    if not isinstance(before, dict):
        return ()
    return tuple(_moved(Event.from_facts({**facts, **before}), Event.from_facts(facts)))


def moments_touched(facts: Facts) -> tuple[datetime, ...]:
    """Give the beginning as it was before the last revision, and each deadline moved, both ways.

    Whoever reads of the change later than that may have travelled, or missed it, in vain.
    """
    before = facts.get("revised_from")
    if not isinstance(before, dict):
        return ()
    was, now = Event.from_facts({**facts, **before}), Event.from_facts(facts)
    deadlines = [
        each.moment()
        for kind in DEADLINES
        if _moment(was.deadline(kind)) != _moment(now.deadline(kind))
        for each in (was.deadline(kind), now.deadline(kind))
        if each is not None
    ]
    return (was.starts, *deadlines)


def names_of(moved: tuple[Moved, ...]) -> Words | None:
    """Name all that was moved, in one line; None if nothing is known of it."""
    if not moved:
        return None
    return Words(
        ", ".join(each.name.ko for each in moved), ", ".join(each.name.en for each in moved)
    )


def _moved(was: Event, now: Event) -> Iterator[Moved]:
    for name, old, new in (
        (Words("시작", "start"), was.starts, now.starts),
        (Words("종료", "end"), was.ends, now.ends),
    ):
        if instant(old) != instant(new):
            yield Moved(name, both_times(old).in_one_line(), both_times(new).in_one_line())
    if was.place.ko != now.place.ko:
        yield Moved(Words("장소", "place"), was.place, now.place)
    if was.zone.key != now.zone.key:
        yield Moved(Words("시간대", "time zone"), _zone(was), _zone(now))
    for kind in DEADLINES:
        then, after = was.deadline(kind), now.deadline(kind)
        if _moment(then) != _moment(after):
            yield Moved(_name(kind), _written(then), _written(after))


def _name(kind: str) -> Words:
    name = DEADLINES[kind]
    return Words(f"{name.ko} 마감", f"deadline of {name.en}")


def _moment(deadline: Deadline | None) -> datetime | None:
    return None if deadline is None else instant(deadline.moment())


def _written(deadline: Deadline | None) -> Words | None:
    return None if deadline is None else deadline.written().in_one_line()


def _zone(event: Event) -> Words:
    return Words(event.zone.key, event.zone.key)
