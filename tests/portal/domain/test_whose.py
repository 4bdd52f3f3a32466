"""Whose something is: a department's, the coordinating office's, a partner's."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from changefeed.mapping import from_facts
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.event import Event
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.parts import Place, Words
from ieum_portal.domain.whose import Places
from tests.portal import sample
from tests.portal.sample import identity

AI, CULTURE = UUID(identity("ai-policy")), UUID(identity("culture"))
NAVER, GIST, NOBODY = (UUID(identity(each)) for each in ("naver", "gist", "nobody"))
AGREEMENT = from_facts(Agreement, sample.AGREEMENTS[0])  # Led by AI; both are party to it.
EVENT = from_facts(Event, sample.EVENTS[0])
OFFICE = Places(frozenset({AI}), takes_rest=True)
DEPARTMENT = Places(frozenset({CULTURE}))
LIAISON = Places(partners=frozenset({NAVER}))


def milestone(kind: str, owner: UUID) -> Milestone:
    place = Place("partner" if kind == "partner" else "department", owner)
    return Milestone(UUID(int=1), Words("약속"), date(2026, 12, 1), place)


@pytest.mark.parametrize(
    ("places", "owed"),
    [
        (OFFICE, {"ai": True, "culture": False, "naver": True, "gist": True}),
        (DEPARTMENT, {"ai": False, "culture": True, "naver": False, "gist": False}),
        (LIAISON, {"ai": False, "culture": False, "naver": True, "gist": False}),
        (Places(), {"ai": False, "culture": False, "naver": False, "gist": False}),
    ],
    ids=["office", "department", "liaison", "auditor"],
)
def test_a_milestone_is_its_owners_and_of_partners_also_who_leads(
    places: Places, owed: dict[str, bool]
) -> None:
    owners = {
        "ai": milestone("department", AI),
        "culture": milestone("department", CULTURE),
        "naver": milestone("partner", NAVER),
        "gist": milestone("partner", GIST),
    }

    assert {name: places.owe(each, AGREEMENT) for name, each in owners.items()} == owed


def test_what_nobody_leads_is_the_coordinating_offices() -> None:
    alone = replace(AGREEMENT, lead_department_id=None)

    assert OFFICE.lead(alone)
    assert OFFICE.owe(milestone("partner", GIST), None)
    assert not DEPARTMENT.lead(alone)
    assert not DEPARTMENT.owe(milestone("partner", GIST), None)
    assert LIAISON.owe(milestone("partner", NAVER), None)


def test_an_agreement_is_its_leaders_and_its_parties() -> None:
    assert OFFICE.lead(AGREEMENT)
    assert LIAISON.lead(AGREEMENT)
    assert not DEPARTMENT.lead(AGREEMENT)
    assert not Places(partners=frozenset({NOBODY})).lead(AGREEMENT)


def test_an_event_is_its_departments_and_those_who_take_part() -> None:
    theirs = replace(EVENT, department_id=CULTURE, partner_ids=(GIST,))

    assert DEPARTMENT.hold(theirs)
    assert not OFFICE.hold(theirs)
    assert OFFICE.hold(replace(theirs, department_id=None))
    assert not LIAISON.hold(theirs)
    assert LIAISON.hold(replace(theirs, partner_ids=(NAVER,)))


def test_who_answers_for_nothing_is_known_to() -> None:
    assert not Places().is_known
    assert OFFICE.is_known
    assert LIAISON.is_known
