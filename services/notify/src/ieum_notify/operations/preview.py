"""Preview: what goes out in the next days, by the same planner, with the reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from ieum_notify.domain.calendar import today_in_seoul
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.hours import goes_out_at, why_waiting
from ieum_notify.domain.known import Known
from ieum_notify.domain.occurrence import Occurrence
from ieum_notify.domain.planner import plan
from ieum_notify.domain.readers import Readers
from ieum_notify.domain.reason import why_owed
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.sight import Sight
from ieum_notify.domain.words import Words
from ieum_notify.operations.ports import Copy, History


@dataclass(frozen=True, slots=True)
class Previewed:
    """One letter to come, what it is about, and why.

    Attributes:
        occurrence: Due when it goes out.
        rule: What the rule that owes it is called.
        place: The partner or department whose seat gets it; None if no seat does.
        place_name: What that is called; None where there is none, or it has no name.
    """

    occurrence: Occurrence
    rule: Words
    title: Words
    why: tuple[Words, ...]
    place: Subject | None
    place_name: Words | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The letters of some days, first and last day included, in order of their instants."""

    from_on: date
    to_on: date
    items: tuple[Previewed, ...]


def preview(
    rules: Sequence[Rule],
    copy: Copy,
    history: History,
    now: datetime,
    *,
    days: int,
    sight: Sight | None = None,
) -> Preview:
    """Show what goes out until a day, as long as facts, seats and holidays stay.

    What was sent already is left out, unless somebody took the seat since. A letter that nobody
    can get is shown too, without a seat.

    Args:
        days: How many days to look ahead, 1 to 366; today counts as none.
        sight: Which letters to show; None shows all.
    """
    known, today = copy.known().with_told(history.told(rules)), today_in_seoul(now)
    found = plan(rules, known, now, days, only=None if sight is None else sight.to_plan(known))
    ended = history.ended([each.key for each in found.occurrences])
    readers = Readers(known, rules)
    by_name = {rule.name: rule for rule in rules}
    items = (
        previewed(by_name[each.rule], each, known, readers, now)
        for each in found.occurrences
        if (sight is None or sight.shows(each)) and not readers.have(each, ended, today)
    )
    in_order = sorted(items, key=lambda each: (each.occurrence.due_at, each.occurrence.key))
    to_on = today + timedelta(days=days)
    return Preview(
        today,
        to_on,
        tuple(each for each in in_order if today_in_seoul(each.occurrence.due_at) <= to_on),
    )


def previewed(
    rule: Rule, occurrence: Occurrence, known: Known, readers: Readers, now: datetime
) -> Previewed:
    """Show one letter that the planner produced from these facts, at the hour it goes out."""
    going, why = going_out(rule, occurrence, known, now)
    place = readers.place_of(occurrence.seat_id)
    title = rule.read(known.records[occurrence.subject].facts).title
    return Previewed(going, rule.title, title, why, place, known.name(place))


def going_out(
    rule: Rule, occurrence: Occurrence, known: Known, now: datetime
) -> tuple[Occurrence, tuple[Words, ...]]:
    """Give a letter that is owed as due when it goes out, never before now, and why then.

    What is due at another hour than letters go out waits, and says so (R-32).
    """
    anchor = rule.read(known.records[occurrence.subject].facts)
    why = why_owed(rule, occurrence, known.days, today_in_seoul(now))
    earliest = max(occurrence.due_at, now)
    goes_at = goes_out_at(anchor, earliest, known.days, known.hours)
    if goes_at > earliest:
        why.append(why_waiting(now, goes_at, known.days))
    return replace(occurrence, due_at=goes_at), tuple(why)
