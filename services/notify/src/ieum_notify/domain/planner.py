"""The planner: facts, rules and an instant in, what is owed out. Pure; preview calls it too."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from changefeed.change import Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.calendar import SEOUL, in_utc, today_in_seoul
from ieum_notify.domain.facts import FactsUnreadable, Subject
from ieum_notify.domain.hours import day_out
from ieum_notify.domain.known import Known
from ieum_notify.domain.occurrence import NOBODY_TO_TELL, Occurrence
from ieum_notify.domain.rule import Rule, RuleFaulty, Step, steps_owed

HORIZON_DAYS = 45
"""How far ahead occurrences are written down."""

OFFICE_ROLE = "officer"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is owed until the horizon.

    Attributes:
        occurrences: In order of their instants; `seat_id` None where even the office has no seat.
        unreadable: Subjects whose facts could not be planned from, with what is wrong.
        faulty: Subjects that a rule failed on by its own fault: the rule's name and what failed.
    """

    occurrences: tuple[Occurrence, ...]
    unreadable: dict[Subject, str]
    faulty: dict[Subject, str]

    def keyed(self) -> dict[str, Occurrence]:
        """Give those that can be sent, by their once-only key."""
        return {each.key: each for each in self.occurrences if each.seat_id is not None}


def plan(
    rules: Sequence[Rule],
    known: Known,
    now: datetime,
    days: int = HORIZON_DAYS,
    *,
    only: Collection[Subject] | None = None,
) -> Plan:
    """Plan every subject; one that cannot be planned, or a rule that fails, stops no other.

    Args:
        days: How many days to look ahead, today in Seoul not counted.
        only: The subjects that are planned; None plans all. Each is planned from its own facts and
            from those that all share (`PLANNED_FROM`), and from no other subject's but, where a
            rule says so (`tells_lead`), those of the agreement that it lies under.
    """
    until = today_in_seoul(now) + timedelta(days=days)
    owed: dict[str, Occurrence] = {}
    unreadable = {
        subject: fault
        for subject, fault in known.unreadable.items()
        if only is None or subject in only
    }
    faulty: dict[Subject, str] = {}
    for rule in rules:
        for subject, record in known.of_type(rule.subject_type, only):
            try:
                found = owed_for(rule, subject, record.facts, known, now=now, until=until)
                owed.update((each.key, each) for each in found)
            except RuleFaulty as error:
                faulty[subject] = str(error)
            except FactsUnreadable as error:
                unreadable[subject] = str(error)
    in_order = sorted(owed.values(), key=lambda each: (each.due_at, each.key))
    return Plan(tuple(in_order), unreadable, faulty)


def owed_for(
    rule: Rule, subject: Subject, facts: Facts, known: Known, *, now: datetime, until: date
) -> Iterable[Occurrence]:
    """Plan one subject under one rule.

    Places without anybody to tell give the same letter to the office: the same key, once.

    Raises:
        FactsUnreadable: The facts lack what the rule reads; RuleFaulty if the fault is the rule's.
    """
    anchor = rule.read(facts)
    if anchor.settled is not None:
        return
    if rule.tells != "named":
        if not anchor.has_passed(now):
            yield from _by_what_was_told(rule, subject, anchor, known, today_in_seoul(now))
        return
    out_on = day_out(anchor, now, known.days, known.hours)
    for step in steps_owed(rule, anchor, known.days, now=now, until=until, hours=known.hours):
        yield from _addressed(rule, subject, anchor, step, known, max(step.due_on, out_on))


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom a letter reaches on a day.

    Attributes:
        seats: Each seat that is told, with its role.
        empty: The places in which nobody may be told: the office hears of them instead.
    """

    seats: tuple[tuple[UUID, str], ...]
    empty: tuple[Subject | None, ...]


def in_charge(rule: Rule, anchor: Anchor, known: Known) -> Subject | None:
    """Give the place in charge: the owner, or who leads the agreement above, else the office.

    Source: docs/rules/reminders.md, R-19 and R-50.
    """
    if anchor.owner is None and rule.tells_lead:
        leading = map(known.lead_of, anchor.mentioned("agreement"))
        return next((each for each in leading if each is not None), known.office)
    return anchor.owner or known.office


def _guests(rule: Rule, anchor: Anchor, known: Known, on: date) -> Iterable[Subject]:
    """Give the partners that are told beside whoever is in charge.

    What lies under an agreement concerns its parties alone: not who has left it, and nobody as
    long as it is the office's own draft (docs/rules/lifecycle.md, L-42 and L-60).
    """
    for each in anchor.participants:
        reader = known.reader(each, on)
        if each not in known.own and (
            not rule.tells_lead
            or any(reader.has_part_in(a, known.records) for a in anchor.mentioned("agreement"))
        ):
            yield each


def addressed(rule: Rule, anchor: Anchor, known: Known, on: date) -> Addressed:
    """Find the seats of each place that is to be told; None among the empty is the office itself.

    Source: docs/rules/reminders.md, R-7 and R-19.
    """
    seats: list[tuple[UUID, str]] = []
    empty: list[Subject | None] = []
    for place in (in_charge(rule, anchor, known), *_guests(rule, anchor, known, on)):
        role = None if place is None else rule.seat_roles.get(place.type)
        told = () if role is None else known.seats_told(place, role, on)
        if role is not None and told:
            seats.extend((seat_id, role) for seat_id in told)
        else:
            empty.append(place)
    return Addressed(tuple(seats), tuple(empty))


def _by_what_was_told(
    rule: Rule, subject: Subject, anchor: Anchor, known: Known, today: date
) -> Iterable[Occurrence]:
    """Give the letter to each seat in which somebody goes by what holds no longer.

    Its day is that of what they were told last; its key counts how often letters were taken back,
    so whoever leaves and comes back again hears of that each time.

    Source: docs/rules/reminders.md, R-26 and R-27.
    """
    told = known.told.get(subject, {})
    if rule.tells == "left":
        gone = (known.seat(each) for each in told.keys() - _staying(rule, anchor, known))
        seats = [(seat.id, seat.role) for seat in gone if seat is not None]
    else:
        seats = [each for each in addressed(rule, anchor, known, today).seats if each[0] in told]
    for seat_id, role in sorted(seats):
        readers = must_hear(rule, subject, seat_id, known, today)
        if not readers:
            continue
        on = today_in_seoul(max(told[seat_id].people[each].last_at() for each in readers))
        yield Occurrence(
            rule.name,
            rule.letter,
            subject,
            anchor.on,
            0,
            seat_id,
            role,
            on,
            in_utc(datetime.combine(on, rule.send_at, SEOUL)),
            revision=told[seat_id].times_taken_back,
        )


def must_hear(
    rule: Rule, subject: Subject, seat_id: UUID, known: Known, today: date
) -> frozenset[UUID]:
    """Give those behind a seat whom a rule about what was told before is for.

    Who sits there anew and never heard of it has nothing to forget, and nothing to take up again.
    """
    told = known.told.get(subject, {}).get(seat_id)
    if told is None or rule.tells == "named":
        return frozenset()
    lacking = told.lacking(rule.tells)
    return lacking and lacking & known.readers(known.seat(seat_id), today)


def _staying(rule: Rule, anchor: Anchor, known: Known) -> set[UUID]:
    """Give the seats of all places that the facts name, held or not."""
    places = (in_charge(rule, anchor, known), *anchor.participants)
    return {seat.id for place in places if place for seat in known.seats.get(place, ())}


def _addressed(
    rule: Rule, subject: Subject, anchor: Anchor, step: Step, known: Known, on: date
) -> Iterable[Occurrence]:
    """Give the step to each seat where somebody may be told, else to the office.

    Source: docs/rules/reminders.md, R-7 and R-8.
    """
    due_at = in_utc(datetime.combine(step.due_on, rule.send_at, SEOUL))

    def letter(name: str, seat_id: UUID | None, role: str) -> Occurrence:
        return Occurrence(
            rule.name,
            name,
            subject,
            anchor.on,
            step.lead_days,
            seat_id,
            role,
            step.due_on,
            due_at,
            revision=anchor.revision,
        )

    found = addressed(rule, anchor, known, on)
    yield from (letter(rule.letter, seat_id, role) for seat_id, role in found.seats)
    if found.empty:
        for seat_id in known.seats_told(known.office, OFFICE_ROLE, on) or (None,):
            yield letter(NOBODY_TO_TELL, seat_id, OFFICE_ROLE)
