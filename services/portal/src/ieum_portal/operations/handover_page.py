"""What a handover names, as people call it, and what the list to sign says of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from changefeed.declared import Declaration, Label
from changefeed.mapping import to_facts
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.all import DECLARED
from changefeed.subjects.contact import Contact, Person
from changefeed.subjects.department import Department
from changefeed.subjects.event import Event
from changefeed.subjects.handover import HandedType, Handover, Kept, Matter
from changefeed.subjects.journal import CONTACT_KINDS, REMARK, JournalEntry
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.parts import Words
from changefeed.subjects.seat import SEAT_ROLES, Seat
from ieum_portal.domain.difference import mentioned
from ieum_portal.domain.holding import held_on
from ieum_portal.operations.names import names_behind
from ieum_portal.operations.ports import Accounts, Drafts, Registry
from registryclient.answers import AgreementStanding

WhomType = Literal["contact", "department"]

AT_ONCE = 100
"""So many ids are asked for at once."""

NAMELESS = Words("이름 없음", "no name")


@dataclass(frozen=True, slots=True)
class Giver:
    """Who hands over: a person with where they belong, or a department.

    Attributes:
        place: Where a person belongs; None of a department.
    """

    type: WhomType
    id: UUID
    name: Words
    place: Words | None


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One record that somebody answers for, as the form lists it."""

    type: str
    id: UUID
    version: int
    name: Words
    is_over: bool
    starts_on: date | None


@dataclass(frozen=True, slots=True)
class Handing:
    """What a form of a handover is about.

    Attributes:
        takers: Who may take it over, the giver apart.
        drafts: How many unfinished forms lie in the giver's own accounts; they do not move.
    """

    giver: Giver
    lines: Sequence[HeldLine]
    takers: Sequence[tuple[UUID, Words]]
    drafts: int


def handing(
    whose: WhomType,
    giver_id: UUID,
    *,
    on: date,
    registry: Registry,
    accounts: Accounts,
    drafts: Drafts,
) -> Handing:
    """Give all that somebody answers for on a day, and who may take it over.

    Raises:
        NeighbourDown, NotFound: The registry could not say; there is nobody of that id.
    """
    held = registry.held(whose, giver_id, on=on)
    names = names_of_all([each.subject for each in held], registry)
    lines = [
        HeldLine(
            each.subject.subject_type,
            each.subject.id,
            each.version,
            names[each.subject.id],
            each.is_over,
            each.starts_on,
        )
        for each in held
    ]
    if whose == "department":
        department = registry.one(Department, giver_id)
        giver = Giver("department", giver_id, department.name, None)
        others = [(each.id, each.name) for each in registry.all(Department) if each.id != giver_id]
        return Handing(giver, lines, sorted(others, key=_by_name), 0)
    person = registry.one(Person, giver_id)
    place = names_behind(mentioned({"at": to_facts(person.at)}), registry).get(person.at.id)
    people = registry.all(Person, at=person.at.id)
    there = [
        (each.id, Words(each.name))
        for each in people
        if each.id != giver_id and each.erased_on is None and each.name
    ]
    own = [each for each in accounts.all() if each.contact_id == giver_id]
    unfinished = [each for one in own for each in drafts.of(one.id) if each.is_unfinished]
    name = Words(person.name) if person.name else NAMELESS
    return Handing(
        Giver("contact", giver_id, name, place),
        lines,
        sorted(there, key=_by_name),
        len(unfinished),
    )


def _by_name(pair: tuple[UUID, Words]) -> str:
    return pair[1].ko


def names_of_all(subjects: Sequence[Declaration], registry: Registry) -> Mapping[UUID, Words]:
    """Give what people call each: a seat by its place, its role and who sits there."""
    people = [each.id for each in subjects if isinstance(each, Contact)]
    seats = [each for each in subjects if isinstance(each, Seat)]
    sitting = {one.contact_id for each in seats for one in each.holders}
    named = names_behind(
        {
            "contact": frozenset((*people, *sitting)),
            "partner": frozenset(each.at.id for each in seats if each.at.type == "partner"),
            "department": frozenset(each.at.id for each in seats if each.at.type == "department"),
        },
        registry,
    )
    return {each.id: _called(each, named) for each in subjects}


def _called(subject: Declaration, names: Mapping[UUID, Words]) -> Words:
    if isinstance(subject, Contact):
        return names.get(subject.id, NAMELESS)
    if isinstance(subject, Seat):
        role, place = SEAT_ROLES[subject.role], names.get(subject.at.id, NAMELESS)
        return Words(f"{place.ko} {role.ko}", f"{place.en or place.ko} {role.en}")
    if isinstance(subject, Milestone):
        due = subject.due_on.isoformat()
        title = subject.title
        return Words(f"{title.ko} (~{due})", f"{title.en or title.ko} (by {due})")
    if isinstance(subject, Event):
        day, title = subject.starts_at.date().isoformat(), subject.title
        return Words(f"{title.ko} ({day})", f"{title.en or title.ko} ({day})")
    found = getattr(subject, "title", None) or getattr(subject, "name", None)
    return found if isinstance(found, Words) else NAMELESS


@dataclass(frozen=True, slots=True)
class Receipt:
    """A handover as its page and its list show it.

    Attributes:
        subjects: What was named, as it stands now; what is no longer on record is absent.
        names: Of those, and of who gave and took.
        remaining: How many records the giver answers for today; 0 for who may not ask that.
    """

    handover: Handover
    version: int
    subjects: Mapping[UUID, Declaration]
    names: Mapping[UUID, Words]
    remaining: int


def receipt(handover_id: UUID, *, counted_on: date | None, registry: Registry) -> Receipt:
    """Give a handover with what people call what it names. Raises NotFound, NeighbourDown.

    Args:
        counted_on: The day on which the giver's remaining records are counted; None counts none.
    """
    found = registry.versioned(Handover, handover_id)
    handover = found.subject
    ids: dict[str, set[UUID]] = {}
    for each in handover.matters:
        ids.setdefault(each.type, set()).add(each.id)
    subjects = [
        subject
        for subject_type, these in ids.items()
        for subject in registry.by_id(DECLARED[subject_type], these).values()
    ]
    names = {**names_of_all(subjects, registry), **_parties(handover, registry)}
    whose, giver_id = giver_of(handover)
    remaining = [] if counted_on is None else registry.held(whose, giver_id, on=counted_on)
    return Receipt(
        handover,
        found.version,
        {each.id: each for each in subjects},
        names,
        sum(not each.is_over for each in remaining),
    )


def _parties(handover: Handover, registry: Registry) -> Mapping[UUID, Words]:
    people = {
        *_there(handover.from_contact_id, handover.to_contact_id),
        *_there(*(each.to_contact_id for each in handover.matters)),
    }
    departments = {
        *_there(handover.from_department_id, handover.to_department_id),
        *_there(*(each.to_department_id for each in handover.matters)),
    }
    mentioned_ids = {"contact": frozenset(people), "department": frozenset(departments)}
    return names_behind(mentioned_ids, registry)


def _there(*ids: UUID | None) -> Iterable[UUID]:
    return (each for each in ids if each is not None)


def giver_of(handover: Handover) -> tuple[WhomType, UUID]:
    """Give who hands over."""
    if handover.from_contact_id is not None:
        return "contact", handover.from_contact_id
    assert handover.from_department_id is not None  # noqa: S101  One of the two is always there.
    return "department", handover.from_department_id


def taker_of(handover: Handover) -> tuple[WhomType, UUID]:
    """Give who takes over what nobody else was named for."""
    if handover.to_contact_id is not None:
        return "contact", handover.to_contact_id
    assert handover.to_department_id is not None  # noqa: S101  As above.
    return "department", handover.to_department_id


def may_be_taken_back(handover: Handover, today: date) -> bool:
    """Say whether the registry still takes it back as a whole (lifecycle.md, L-38)."""
    return handover.undone_on is None and today <= max(handover.recorded_on, handover.on)


@dataclass(frozen=True, slots=True)
class Givers:
    """Who may hand over: departments, and the people of the city who have a seat on the day."""

    departments: Sequence[tuple[UUID, Words]]
    people: Sequence[tuple[UUID, Words]]


def givers(on: date, *, registry: Registry) -> Givers:
    """Give who may hand over; a partner's people are handed over from their own pages."""
    departments = {each.id: each.name for each in registry.all(Department)}
    seated: dict[UUID, tuple[UUID, Label]] = {}
    for seat in registry.all(Seat):
        if seat.at.type == "department":
            for each in held_on(seat, on):
                seated.setdefault(each, (seat.at.id, SEAT_ROLES[seat.role]))
    names = names_behind({"contact": frozenset(seated)}, registry)
    people = []
    for each, (place_id, role) in seated.items():
        at, name = departments.get(place_id, NAMELESS), names.get(each, NAMELESS)
        english = f"{name.en or name.ko} ({at.en or at.ko}, {role.en})"
        people.append((each, Words(f"{name.ko} ({at.ko} {role.ko})", english)))
    return Givers(
        sorted(departments.items(), key=_by_name),
        sorted(people, key=_by_name),
    )


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of the list to sign.

    Attributes:
        taker: Who takes it.
        state: As the registry says it stands on the day; None of what has no state.
        next_on: The next day that counts: due, last day, beginning.
        flags: What is open about an agreement (lifecycle.md, L-5 to L-7).
        owed: What is owed under an agreement and not done, by its day.
        last: When it was last talked about, and of what.
        is_with_seat: Whether it goes with a seat: an agreement that the seat's department leads.
        kept: Why it stayed after all.
    """

    type: HandedType
    name: Words
    taker: UUID
    state: str | None = None
    next_on: date | None = None
    flags: Sequence[str] = ()
    owed: Sequence[tuple[date, Words]] = ()
    last: tuple[date, str] | None = None
    is_with_seat: bool = False
    kept: Kept | None = None


def paper_lines(found: Receipt, *, on: date, registry: Registry) -> Sequence[PaperLine]:
    """Give what the list to sign says of each record, as it stands on a day; people apart.

    With a person's seat at a department go the agreements that it leads and what it owes: they
    are looked after by whoever holds the seat (terms.md, T-42).

    Raises:
        NeighbourDown: The registry could not say.
    """
    handover = found.handover
    matters = [each for each in handover.matters if each.id in found.subjects]
    _, own = taker_of(handover)
    led = {
        seat.at.id: each.to_contact_id or own
        for each in matters
        if handover.from_contact_id is not None
        and isinstance(seat := found.subjects[each.id], Seat)
        and seat.at.type == "department"
    }
    ids = [each.id for each in matters if each.type == "agreement"]
    agreements = _agreements(ids, led, registry)
    owed = _owed(registry)
    talked = _talked(registry) if agreements else {}
    lines = [_line(each, found, own, owed, agreements, talked, on) for each in matters]
    for agreement, standing in agreements.values():
        lead = agreement.lead_department_id
        if agreement.id not in ids and lead in led and standing.state != "ended":
            lines.append(
                _of_agreement(agreement, standing, led[lead], owed, talked, is_with_seat=True)
            )
    for milestone in owed:
        if milestone.owner.id in led:
            name = _called(milestone, {})
            taker = led[milestone.owner.id]
            state = "overdue" if milestone.due_on < on else "due"
            lines.append(
                PaperLine("milestone", name, taker, state, milestone.due_on, is_with_seat=True)
            )
    return lines


Agreements = Mapping[UUID, tuple[Agreement, AgreementStanding]]
Talked = Mapping[UUID, tuple[date, str]]


def _agreements(ids: Sequence[UUID], led: Mapping[UUID, UUID], registry: Registry) -> Agreements:
    found = [
        pair
        for start in range(0, len(ids), AT_ONCE)
        for pair in registry.all_standing(
            Agreement, AgreementStanding, ids=ids[start : start + AT_ONCE]
        )
    ]
    for department in led:
        found += registry.all_standing(Agreement, AgreementStanding, department=department)
    return {agreement.id: (agreement, standing) for agreement, standing in found}


def _owed(registry: Registry) -> Sequence[Milestone]:
    open_ones = [
        each for state in ("overdue", "due") for each in registry.all(Milestone, state=state)
    ]
    return sorted(open_ones, key=lambda each: each.due_on)


def _talked(registry: Registry) -> Talked:
    """Give of each agreement when it was last talked about: each list begins with the latest."""
    found: dict[UUID, tuple[date, str]] = {}
    for kind in (each for each in CONTACT_KINDS if each != REMARK):
        for each in registry.all(JournalEntry, at_most=20, kind=kind):
            if each.agreement_id is None:
                continue
            known = found.get(each.agreement_id)
            if known is None or each.on > known[0]:
                found[each.agreement_id] = (each.on, each.text)
    return found


def _line(
    matter: Matter,
    found: Receipt,
    own: UUID,
    owed: Sequence[Milestone],
    agreements: Agreements,
    talked: Talked,
    on: date,
) -> PaperLine:
    subject, name = found.subjects[matter.id], found.names[matter.id]
    taker = matter.to_contact_id or matter.to_department_id or own
    if isinstance(subject, Agreement) and subject.id in agreements:
        agreement, standing = agreements[subject.id]
        line = _of_agreement(agreement, standing, taker, owed, talked)
        return replace(line, kept=matter.kept)
    state, next_on = None, None
    if isinstance(subject, Milestone):
        state = "overdue" if subject.due_on < on else "due"
        if subject.done_on or subject.cancelled_on:
            state = "done" if subject.done_on else "cancelled"
        next_on = subject.due_on
    if isinstance(subject, Event):
        next_on = subject.starts_at.date()
    return PaperLine(matter.type, name, taker, state, next_on, kept=matter.kept)


def _of_agreement(
    agreement: Agreement,
    standing: AgreementStanding,
    taker: UUID,
    owed: Sequence[Milestone],
    talked: Talked,
    *,
    is_with_seat: bool = False,
) -> PaperLine:
    due = [(each.due_on, each.title) for each in owed if each.agreement_id == agreement.id]
    return PaperLine(
        "agreement",
        agreement.title,
        taker,
        standing.state,
        standing.last_on,
        standing.flags,
        due,
        talked.get(agreement.id),
        is_with_seat,
    )
