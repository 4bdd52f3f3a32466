"""What the last revision of an event changed, in sentences.

Source: docs/rules/reminders.md, R-21; docs/changes.md, `revised_from`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from changefeed.change import Facts
from ieum_notify.domain.civil import both_times, instant
from ieum_notify.domain.event import DEADLINES, Deadline, Event
from ieum_notify.domain.words import Words


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing that was moved; `now` None is a deadline that is no longer there."""

    name: Words
    was: Words
    now: Words | None

    def said(self) -> Words:
        """Say how it is now and how it was before."""
        now = self.now or Words("없어졌습니다", "no longer there")
        return Words(
            f"{self.name.ko}: {now.ko}. 바뀌기 전에는 {self.was.ko}",
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


def names_of(moved: tuple[Moved, ...]) -> Words | None:
    """Name all that was moved, in one line; None if nothing is known of it."""
    if not moved:
        return None
    return Words(
        ", ".join(each.name.ko for each in moved), ", ".join(each.name.en for each in moved)
    )


def _moved(was: Event, now: Event) -> Iterator[Moved]:
    for name, then, after in (
        (Words("시작", "start"), was.starts, now.starts),
        (Words("끝", "end"), was.ends, now.ends),
    ):
        if instant(then) != instant(after):
            yield Moved(name, both_times(then).in_one_line(), both_times(after).in_one_line())
    if was.place.ko != now.place.ko:
        yield Moved(Words("장소", "place"), was.place, now.place)
    for deadline in was.deadlines:
        kept = now.deadline(deadline.kind)
        if kept is None or instant(kept.moment()) != instant(deadline.moment()):
            yield Moved(
                _name(deadline), _written(deadline), None if kept is None else _written(kept)
            )


def _name(deadline: Deadline) -> Words:
    kind = DEADLINES.get(deadline.kind, Words(deadline.kind, deadline.kind))
    return Words(f"{kind.ko} 마감", f"deadline of {kind.en}")


def _written(deadline: Deadline) -> Words:
    return deadline.written().in_one_line()
