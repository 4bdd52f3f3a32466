"""What a change does is seen by planning those alone whom it touches, and so is one subject."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from changefeed.change import Fact, Facts
from ieum_notify.domain.calendar import today_in_seoul
from ieum_notify.domain.facts import Record, Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.letters_out import LettersOut
from ieum_notify.domain.occurrence import Occurrence
from ieum_notify.domain.planner import plan
from ieum_notify.domain.readers import Readers
from ieum_notify.domain.rules.register import RULES
from ieum_notify.domain.touched import touched
from tests.notify.makers import (
    MONDAY,
    agreement,
    at,
    day_off,
    deadline,
    event,
    milestone,
    party,
    place,
    promise,
    reached,
    seat,
)


def _id(number: int) -> UUID:
    return UUID(int=(0x018F << 112) + number)


OFFICE, DEPARTMENT = Subject("department", _id(1)), Subject("department", _id(2))
PARTNERS = [Subject("partner", _id(10 + n)) for n in range(4)]
PLACES = [OFFICE, DEPARTMENT, *PARTNERS]
SEATS = {place_of: _id(20 + n) for n, place_of in enumerate(PLACES)}
PEOPLE = [_id(30 + n) for n in range(6)]
MILESTONES = [Subject("milestone", _id(40 + n)) for n in range(6)]
EVENTS = [Subject("event", _id(50 + n)) for n in range(4)]
AGREEMENTS = [Subject("agreement", _id(60 + n)) for n in range(4)]
PROMISES = [Subject("promise", _id(70 + n)) for n in range(4)]
SUBJECTS = (*MILESTONES, *EVENTS, *AGREEMENTS, *PROMISES)


@dataclass(frozen=True, slots=True)
class City:
    """A city drawn by chance: some seats empty, some facts unreadable, some letters out."""

    chance: Random

    def day(self, most: int) -> date:
        return MONDAY + timedelta(days=self.chance.randrange(-2, most))

    def seat_of(self, place_of: Subject) -> dict[Subject, Facts]:
        holders = self.chance.sample(PEOPLE, self.chance.randrange(3))
        until = self.chance.choice([None, self.day(40)])
        role = "officer" if place_of.type == "department" else "liaison"
        return seat(SEATS[place_of], place_of, role, *holders, until=until)

    def place_of(self) -> dict[Subject, Facts]:
        about = self.chance.choice(PLACES[1:])
        more: Facts = {"own": self.chance.random() < 0.3} if about.type == "partner" else {}
        if about == PARTNERS[0]:
            others = [str(each.id) for each in PARTNERS[1:]]
            more["merged_ids"] = [*self.chance.sample(others, self.chance.randrange(3))]
        return {about: {"id": str(about.id), "name": {"ko": "기관", "en": None}, **more}}

    def person(self) -> dict[Subject, Facts]:
        retained = self.chance.choice([None, self.day(30).isoformat()])
        about = Subject("contact", self.chance.choice(PEOPLE))
        return {about: {"consented_on": "2026-01-01", "retain_until": retained}}

    def milestone(self, about: Subject) -> dict[Subject, Facts]:
        owner = self.chance.choice([None, *PLACES])
        done = self.chance.choice([None, None, "2026-11-20"])
        named: Fact = None if owner is None else place(owner)
        return milestone(self.day(60), about, owner=named, done_on=done)

    def event(self, about: Subject) -> dict[Subject, Facts]:
        moved = self.chance.random() < 0.3
        return event(
            f"{self.day(60)}T17:00",
            about,
            partner_ids=[str(each.id) for each in self.chance.sample(PARTNERS, 2)],
            department_id=self.chance.choice([None, str(DEPARTMENT.id)]),
            deadlines=[deadline("booth", self.day(50).isoformat())],
            revision=int(moved),
            revised_on=MONDAY.isoformat() if moved else None,
            cancelled_on=self.chance.choice([None, None, MONDAY.isoformat()]),
        )

    def promise(self, about: Subject) -> dict[Subject, Facts]:
        due_on = MONDAY + timedelta(days=self.chance.randrange(-400, 100))
        return promise(
            due_on,
            about,
            agreement_id=str(self.chance.choice(AGREEMENTS).id),
            partner_id=str(self.chance.choice(PARTNERS).id),
            reached=self.chance.choice([[], [], [reached("2026-01-01", 130)]]),
        )

    def agreement(self, about: Subject) -> dict[Subject, Facts]:
        lead = self.chance.choice([None, str(DEPARTMENT.id), str(OFFICE.id)])
        left = self.chance.choice([None, None, self.day(40).isoformat()])
        return agreement(
            about,
            party(PARTNERS[0]),
            party(PARTNERS[1], left_on=left),
            rule="fixed",
            ends_on=self.day(100),
            lead_department_id=lead,
        )

    def of(self, about: Subject) -> dict[Subject, Facts]:
        if self.chance.random() < 0.1:
            return {about: {"id": str(about.id)}}  # Nothing can be planned from it.
        match about.type:
            case "milestone":
                return self.milestone(about)
            case "event":
                return self.event(about)
            case "promise":
                return self.promise(about)
            case _:
                return self.agreement(about)

    def facts(self) -> dict[Subject, Facts]:
        found: dict[Subject, Facts] = {
            OFFICE: {"id": str(OFFICE.id), "name": {"ko": "총괄", "en": None}, "office": True}
        }
        for each in PLACES:
            found |= self.seat_of(each)
        for about in SUBJECTS:
            found |= self.of(about)
        for _ in range(3):
            found |= self.place_of() | self.person()
        return found

    def change(self) -> dict[Subject, Record | None]:
        kind = self.chance.randrange(7)
        if kind < 3:
            changed = self.of(self.chance.choice(SUBJECTS))
        elif kind == 3:
            changed = self.seat_of(self.chance.choice(PLACES))
        elif kind == 4:
            changed = self.person()
        elif kind == 5:
            changed = self.place_of()
        else:
            changed = day_off(self.day(30))
        is_gone = self.chance.random() < 0.15
        return {about: None if is_gone else Record(2, facts) for about, facts in changed.items()}

    def told(self) -> list[LettersOut]:
        out = datetime(2026, 11, 20, tzinfo=UTC)
        return [
            LettersOut(about, SEATS[at_place], person, False, out, out, 0)
            for about in EVENTS
            for at_place in self.chance.sample(PARTNERS, 1)
            for person in self.chance.sample(PEOPLE, 2)
        ]


def _known(city: City) -> Known:
    return Known.of({about: Record(1, facts) for about, facts in city.facts().items()})


Seen = Mapping[str, tuple[Occurrence, frozenset[UUID]]]


def _seen(known: Known, now: datetime, only: frozenset[Subject] | None) -> Seen:
    """Give by key each letter that is owed, with who would read it."""
    readers, today = Readers(known, RULES), today_in_seoul(now)
    return {
        each.key: (each, readers.of(each.seat_id, max(each.due_on, today)))
        for each in plan(RULES, known, now, only=only).occurrences
    }


def _differences(before: Seen, after: Seen) -> dict[str, tuple[object, object]]:
    return {
        key: (before.get(key), after.get(key))
        for key in before.keys() | after.keys()
        if before.get(key) != after.get(key)
    }


@pytest.mark.parametrize("seed", range(300))
def test_planning_what_a_change_touches_finds_all_that_it_does(seed: int) -> None:
    city, now = City(Random(seed)), at(MONDAY)
    told = city.told()
    before, change = _known(city).with_told(told), city.change()
    after = before.changed(change).with_told(told)

    only = touched(RULES, before, after, change)

    whole = _differences(_seen(before, now, None), _seen(after, now, None))
    assert _differences(_seen(before, now, only), _seen(after, now, only)) == whole


def test_letters_follow_an_organisation_to_whoever_sits_at_any_of_its_records() -> None:
    owner, survivor = PARTNERS[:2]
    due = milestone(MONDAY + timedelta(days=9), MILESTONES[0], owner=place(owner))
    sits = seat(SEATS[survivor], survivor, "liaison", PEOPLE[0])
    known = Known.of({about: Record(1, facts) for about, facts in (due | sits).items()})
    facts: Facts = {"id": str(survivor.id), "name": {"ko": "기관", "en": None}}

    def told(known: Known) -> set[UUID | None]:
        return {each.seat_id for each in plan(RULES, known, at(MONDAY)).occurrences}

    merged = known.changed({survivor: Record(1, facts | {"merged_ids": [str(owner.id)]})})
    parted = merged.changed({survivor: Record(2, facts | {"merged_ids": []})})

    assert (told(known), told(merged)) == ({None}, {SEATS[survivor]})
    assert told(parted) == told(known)
    assert merged.reader(survivor, MONDAY).has_part_in(MILESTONES[0], merged.records)
    assert not parted.reader(survivor, MONDAY).has_part_in(MILESTONES[0], parted.records)


def test_a_change_of_one_subject_touches_no_other() -> None:
    known = _known(City(Random(1)))
    changed = {MILESTONES[0]: None}

    assert touched(RULES, known, known.changed(changed), changed) == frozenset({MILESTONES[0]})


def test_a_person_who_sits_nowhere_touches_nobody() -> None:
    known = _known(City(Random(1)))
    changed = {Subject("contact", _id(99)): Record(1, {"consented_on": "2026-01-01"})}

    assert touched(RULES, known, known.changed(changed), changed) == frozenset()


def test_a_seat_touches_those_that_name_its_place_and_no_others() -> None:
    known = _known(City(Random(3)))
    milestones = {
        about: Record(1, facts)
        for each, owner in zip(MILESTONES[:2], PARTNERS[:2], strict=True)
        for about, facts in milestone(MONDAY + timedelta(days=9), each, owner=place(owner)).items()
    }
    changed = {Subject("seat", SEATS[PARTNERS[0]]): None}
    known = known.changed({**dict.fromkeys((*SUBJECTS, *PARTNERS)), **milestones})

    assert touched(RULES, known, known.changed(changed), changed) == frozenset({MILESTONES[0]})


@pytest.mark.parametrize("seed", range(40))
def test_planning_one_subject_finds_what_the_whole_plan_says_of_it(seed: int) -> None:
    city, now = City(Random(seed)), at(MONDAY)
    known = _known(city).with_told(city.told())
    whole = plan(RULES, known, now)

    for about in known.records:
        alone = plan(RULES, known, now, only={about})
        assert alone.occurrences == tuple(
            each for each in whole.occurrences if each.subject == about
        )
        assert alone.unreadable.get(about) == whole.unreadable.get(about)
        assert alone.faulty.get(about) == whole.faulty.get(about)
