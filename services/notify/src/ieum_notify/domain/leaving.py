"""Whoever takes part in something no longer, or again, is told so, whatever it is.

A subject in which partners take part needs no rule of its own for that.

Source: docs/rules/reminders.md, R-26 and R-27.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from functools import partial

from changefeed.change import Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.attachment import Attachment, Status
from ieum_notify.domain.facts import Record
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.words import Words

Attaches = Callable[[Record, datetime, int], Attachment]

AT_ONCE = time(0, 0)
HAS_LEFT = Words(
    "알려 드린 참가나 담당이 그 뒤 해제되어", "you are no longer part of what you were last told of"
)
IS_BACK = Words(
    "빠졌다고 알려 드린 뒤 다시 참가하거나 맡게 되어",
    "you are part again of what you were taken off",
)


def with_leaving(*rules: Rule) -> tuple[Rule, ...]:
    """Add, for each subject in which partners take part, that leaving and coming back are told.

    A subject that has rules of its own for them, as an event, keeps those.
    """
    found = list(rules)
    for rule in rules:
        told = {each.tells for each in found if each.subject_type == rule.subject_type}
        if rule.has_participants and "left" not in told:
            found.append(_left(rule))
        if rule.has_participants and "returned" not in told:
            found.append(_returned(rule))
    return tuple(found)


def taking_back(attaches: Attaches) -> Attaches:
    """Make what takes an entry out of the calendar of somebody who takes part no longer.

    What goes on without them has no status in it: RFC 5546, 3.2.5. The record may be the very one
    that the reader was invited by, as another department answers for the city now: so its sequence
    is one higher.
    """

    def attach(record: Record, stamped_at: datetime, taken_back: int) -> Attachment:
        entry = attaches(record, stamped_at, taken_back)
        status: Status | None = "CANCELLED" if entry.status == "CANCELLED" else None
        return replace(entry, method="CANCEL", status=status, sequence=entry.sequence + 1)

    return attach


def _left(rule: Rule) -> Rule:
    return replace(
        _at_once(rule, HAS_LEFT),
        name=f"{rule.subject_type}_left",
        title=Words(f"{rule.kind.ko} 참가 해제 알림", f"No longer taking part: {rule.kind.en}"),
        letter="left",
        settles={},
        anchor=partial(_anchor, of=rule, is_settled=False),
        attach=None if rule.attach is None else taking_back(rule.attach),
        takes_back=True,
        tells="left",
    )


def _returned(rule: Rule) -> Rule:
    return replace(
        _at_once(rule, IS_BACK),
        name=f"{rule.subject_type}_returned",
        title=Words(f"{rule.kind.ko} 참가 복귀 알림", f"Taking part again: {rule.kind.en}"),
        letter="returned",
        anchor=partial(_anchor, of=rule, is_settled=True),
        takes_back=False,
        tells="returned",
    )


def _at_once(rule: Rule, happened: Words) -> Rule:
    return replace(rule, lead_days=(), send_at=AT_ONCE, at_once=happened)


def _anchor(facts: Facts, *, of: Rule, is_settled: bool) -> Anchor:
    """Read until when it matters: as long as the date is ahead, for who left it settled or not."""
    found = of.anchor(facts)
    settled = found.settled if is_settled else None
    return replace(found, settled=settled, changed_on=None, revision=None)
