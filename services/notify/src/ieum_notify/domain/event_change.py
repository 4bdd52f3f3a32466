"""What the last revision of an event changed, in sentences.

Source: docs/rules/reminders.md, R-21; docs/changes.md, `revised_from`.
"""

from collections.abc import Iterator

from changefeed.change import Facts
from ieum_notify.domain.civil import both_times, instant
from ieum_notify.domain.event import DEADLINES, Event
from ieum_notify.domain.words import Words


def what_changed(facts: Facts) -> tuple[Words, ...]:
    """Say of each thing that was moved how it was before, and of deadlines how they are now.

    The event itself is told elsewhere in the letter, as it is now.

    Returns:
        Start, end, place, then the deadlines, as far as they were moved; none where the facts do
        not say, as those of old entries.
    """
    before = facts.get("revised_from")
    if not isinstance(before, dict):
        return ()
    return tuple(_changes(Event.from_facts({**facts, **before}), Event.from_facts(facts)))


def _changes(was: Event, now: Event) -> Iterator[Words]:
    for name, then, after in (
        (Words("시작", "Start"), was.starts, now.starts),
        (Words("끝", "End"), was.ends, now.ends),
    ):
        if instant(then) != instant(after):
            yield _before(name, both_times(then).in_one_line())
    if was.place.ko != now.place.ko:
        yield _before(Words("장소", "Place"), was.place)
    for deadline in was.deadlines:
        kind = DEADLINES.get(deadline.kind, Words(deadline.kind, deadline.kind))
        name = Words(f"{kind.ko} 마감", f"Deadline of {kind.en}")
        then_told = deadline.written().in_one_line()
        kept = now.deadline(deadline.kind)
        if kept is None:
            yield Words(
                f"{name.ko}: 없어졌습니다. 바뀌기 전에는 {then_told.ko}",
                f"{name.en}: no longer there; before: {then_told.en}",
            )
        elif instant(kept.moment()) != instant(deadline.moment()):
            told = kept.written().in_one_line()
            yield Words(
                f"{name.ko}: {told.ko}. 바뀌기 전에는 {then_told.ko}",
                f"{name.en}: {told.en}; before: {then_told.en}",
            )


def _before(name: Words, then: Words) -> Words:
    return Words(f"{name.ko}: 바뀌기 전에는 {then.ko}", f"{name.en}: before, {then.en}")
