"""Plan: write down what is owed for the next 45 days, and withdraw what no longer is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ieum_notify.domain.alarm import Alarm, Mend
from ieum_notify.domain.calendar import today_in_seoul
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.known import PLANNED_FROM, Known
from ieum_notify.domain.occurrence import LAPSED, WAITING
from ieum_notify.domain.planner import OFFICE_ROLE, Plan, addressed
from ieum_notify.domain.planner import plan as planned
from ieum_notify.domain.readers import Readers
from ieum_notify.domain.reason import why_not_owed
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.touched import lying_under
from ieum_notify.domain.words import Words
from ieum_notify.operations.ports import Copy, Outbox, PlanTransaction

LOOKS = 5
"""How often facts are read anew that grew old while a planning was worked out."""

ALARMS = ("seat.empty", "office.empty", "facts.unreadable", "rule.faulty")
"""The alarms that follow from the facts alone: each planning sets them afresh."""


OF_LETTERS = (
    "letter.faulty",
    "letter.refused",
    "letter.not_taken",
    "letter.in_doubt",
    "seat.no_address",
)
"""The alarms of sending: they go with the letter sent, or when nothing is owed any more."""


@dataclass(frozen=True, slots=True)
class Planned:
    """How many occurrences were written down, moved or revived, and withdrawn.

    Attributes:
        is_done: False if the copy was still filling, or changed all the while.
    """

    entered: int
    replanned: int
    withdrawn: int
    is_done: bool = True


def plan(
    rules: Sequence[Rule],
    copy: Copy,
    outbox: Outbox,
    now: datetime,
    *,
    changed: Collection[Subject] | None = None,
) -> Planned:
    """Hold the outbox against what the planner owes; planning again changes nothing.

    What was sent stays sent; it goes out again to whoever took the seat since and to nobody else
    (R-28). What lapsed and is owed again, as when a date moves forth and back,
    is planned again under its old key. What another dispatcher holds is left to it. From a copy
    that is still filling nothing is planned: half of the facts would withdraw the other half.

    Plannings come one after the other, and none writes from facts older than the copy's: a slow
    one would withdraw what a faster one has just entered, and nobody would be told until the next.

    Args:
        changed: Who was changed since all was planned last, or had a letter: they alone are planned
            as long as no time has to pass for the others. None plans all.
    """
    only = None if changed is None else _to_plan(rules, changed)
    if only is not None and not only:
        return Planned(0, 0, 0)
    for _ in range(LOOKS):
        if not copy.is_whole():
            break
        mark = copy.mark()
        known = copy.known().with_told(outbox.told(rules))
        if only is not None:
            only |= lying_under(rules, known, only)
        found = planned(rules, known, now, only=only)
        with outbox.planning(now) as transaction:
            if copy.mark() == mark:
                return _hold(transaction, found, known, rules, now, only)
    return Planned(0, 0, 0, is_done=False)  # Whoever copies the newer facts plans from them.


def _to_plan(rules: Sequence[Rule], changed: Collection[Subject]) -> frozenset[Subject] | None:
    """Give whom a change concerns; None for everybody, as seats and calendar days do."""
    if any(each.type in PLANNED_FROM for each in changed):
        return None
    types = {rule.subject_type for rule in rules}
    return frozenset(each for each in changed if each.type in types)


def _hold(
    transaction: PlanTransaction,
    found: Plan,
    known: Known,
    rules: Sequence[Rule],
    now: datetime,
    only: frozenset[Subject] | None,
) -> Planned:
    wanted = found.keyed()
    by_name = {rule.name: rule for rule in rules}
    entries, ended, readers = (
        transaction.entries(wanted, only),
        transaction.ended(wanted),
        Readers(known, rules),
    )
    corrected = transaction.corrected() if only is None else ()
    new = [each for key, each in wanted.items() if key not in entries]
    again = []
    withdrawn = 0
    for key, entry in entries.items():
        current = wanted.get(key)
        if current is not None:
            moved = entry.state in WAITING and entry.occurrence.due_at != current.due_at
            unread = key in ended and not readers.have(current, ended, today_in_seoul(now))
            if moved or unread or entry.state in LAPSED or key in corrected:
                again.append(current)
        elif entry.state in WAITING:
            rule = by_name.get(entry.occurrence.rule)
            reason = why_not_owed(rule, entry.occurrence, known, now)
            transaction.lapse(key, reason.state, reason.code)
            withdrawn += 1
    doubtful = transaction.perhaps_sent([*new, *again])
    entered = transaction.enter(each for each in new if each.key not in doubtful)
    replanned = [each for each in again if each.key not in doubtful]
    for each in replanned:
        transaction.replan(each)
    transaction.keep_alarms(OF_LETTERS, {each.subject for each in found.occurrences}, only)
    today = today_in_seoul(now)
    transaction.set_alarms(ALARMS, _alarms(found, known, by_name, today), only)
    transaction.doubt(each for each in (*new, *again) if each.key in doubtful)
    return Planned(entered, len(replanned), withdrawn)


def _alarms(found: Plan, known: Known, rules: Mapping[str, Rule], today: date) -> Iterable[Alarm]:
    titles: dict[tuple[str, Subject], Words] = {}
    mends: dict[tuple[str, Subject], set[Mend]] = {}
    for occurrence in found.occurrences:
        if occurrence.is_for_office:
            rule = rules[occurrence.rule]
            code = "seat.empty" if occurrence.seat_id is not None else "office.empty"
            anchor = rule.read(known.records[occurrence.subject].facts)
            titles[code, occurrence.subject] = anchor.title
            empty = addressed(rule, anchor, known, max(occurrence.due_on, today)).empty
            lacking = {(place, rule.seat_roles.get(place.type)) for place in empty if place}
            if code == "office.empty" and known.office is not None:
                lacking.add((known.office, OFFICE_ROLE))
            those = mends.setdefault((code, occurrence.subject), set())
            those.update(_to_fill(lacking, known))
    for (code, subject), title in titles.items():
        ended_by = tuple(sorted(mends[code, subject], key=str))
        yield Alarm(code, subject, title, mends=ended_by)
    for code, faults in (("facts.unreadable", found.unreadable), ("rule.faulty", found.faulty)):
        for subject, fault in faults.items():
            yield Alarm(code, subject, Words(str(subject), str(subject)), {"fault": fault})


def _to_fill(lacking: Iterable[tuple[Subject, str | None]], known: Known) -> Iterable[Mend]:
    """Give the seats that nobody holds who may be written to, or where such a seat lacks."""
    for place, role in lacking:
        seats = [each for each in known.seats.get(place, ()) if each.role == role]
        yield from (Mend(Subject("seat", each.id)) for each in seats)
        if not seats and role is not None:
            yield Mend(place, role)
