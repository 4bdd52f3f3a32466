"""Whom a letter names for questions: the department in charge, else the office, never a partner."""

from uuid import UUID

import pytest

from changefeed.change import Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.answering import may_answer, who_answers
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.letter import Contact, Person
from ieum_notify.domain.reading import Reader
from ieum_notify.domain.rules.agreement_ends import AGREEMENT_ENDS
from ieum_notify.domain.rules.event_ahead import EVENT_AHEAD
from ieum_notify.domain.rules.milestone_due import MILESTONE_DUE
from tests.notify.makers import (
    AGREEMENT,
    LIAISON,
    LIAISON_SEAT,
    MONDAY,
    OFFICE,
    OFFICER,
    OFFICER_SEAT,
    PARTNER,
    agreement,
    event,
    houses,
    milestone,
    place,
    records,
    seat,
)

LEAD = Subject("department", UUID("018f0000-0000-7000-8000-0000000000d1"))
LEAD_SEAT = UUID("018f0000-0000-7000-8000-0000000000d2")
DEPUTY_SEAT = UUID("018f0000-0000-7000-8000-0000000000d3")
HEAD_SEAT = UUID("018f0000-0000-7000-8000-0000000000d4")
LEADER, DEPUTY, HEAD = (UUID(int=number) for number in (1, 2, 3))
PEOPLE = {
    LIAISON_SEAT: (Person(LIAISON, "홍예시", "ko", "a@x.example", "02-1"),),
    OFFICER_SEAT: (Person(OFFICER, "김예시", "ko", "b@x.example", "062-1"),),
    LEAD_SEAT: (Person(LEADER, "박예시", "ko", "c@x.example", "062-2"),),
    DEPUTY_SEAT: (Person(DEPUTY, "이예시", "ko", "d@x.example", "062-3"),),
    HEAD_SEAT: (Person(HEAD, "최예시", "ko", "e@x.example", "062-4"),),
}


def known(*facts: dict[Subject, Facts]) -> Known:
    department: Facts = {"id": str(LEAD.id), "name": {"ko": "교통과"}, "provenance": {}}
    return Known.of(
        records(
            houses(),
            {LEAD: department},
            seat(HEAD_SEAT, LEAD, "head", HEAD),
            seat(DEPUTY_SEAT, LEAD, "deputy", DEPUTY),
            seat(LEAD_SEAT, LEAD, "officer", LEADER),
            *facts,
        )
    )


LED = agreement(lead_department_id=str(LEAD.id))
TITLE: Facts = {"ko": "사업"}


def anchored(**other: object) -> Anchor:
    facts = milestone(MONDAY, **other)  # type: ignore[arg-type]  # Facts, by name.
    return MILESTONE_DUE.anchor(next(iter(facts.values())))


@pytest.mark.parametrize(
    ("anchor", "facts", "first"),
    [
        (AGREEMENT_ENDS.anchor(LED[AGREEMENT]), {}, LEAD),
        (AGREEMENT_ENDS.anchor(agreement()[AGREEMENT]), {}, OFFICE),
        (anchored(), LED, LEAD),
        (anchored(), {}, OFFICE),
        (anchored(agreement_id=None), LED, OFFICE),
        (anchored(owner=place(LEAD)), {}, LEAD),
        (
            EVENT_AHEAD.anchor(
                next(iter(event("2027-01-06T09:00", department_id=str(LEAD.id)).values()))
            ),
            {},
            LEAD,
        ),
        (EVENT_AHEAD.anchor(next(iter(event("2027-01-06T09:00").values()))), {}, OFFICE),
    ],
    ids=[
        "agreement led",
        "agreement of the office",
        "milestone under one led",
        "milestone under one of the office",
        "milestone by itself",
        "a department's milestone",
        "event in charge of",
        "event of the office",
    ],
)
def test_the_department_in_charge_answers_before_the_office(
    anchor: Anchor, facts: dict[Subject, Facts], first: Subject
) -> None:
    now = known(facts)

    departments = may_answer(anchor, now, now.records)

    assert departments == tuple(dict.fromkeys((first, OFFICE)))
    assert who_answers(departments, now, PEOPLE, LIAISON) == Contact(
        first, PEOPLE[LEAD_SEAT if first == LEAD else OFFICER_SEAT][0]
    )


def test_who_leads_an_agreement_that_is_closed_to_the_reader_is_not_named() -> None:
    now = known({AGREEMENT: {**LED[AGREEMENT], "disclosure": "closed", "parties": []}})

    theirs = may_answer(anchored(), now, now.records, Reader(PARTNER, is_office=False, on=MONDAY))
    ours = may_answer(anchored(), now, now.records, Reader(OFFICE, is_office=True, on=MONDAY))

    assert theirs == (OFFICE,)
    assert ours == (LEAD, OFFICE)


def test_a_telephone_that_is_known_decides_between_officer_and_deputy() -> None:
    people = {**PEOPLE, LEAD_SEAT: (Person(LEADER, "박예시", "ko", "c@x.example"),)}
    nobody_listed = {**people, DEPUTY_SEAT: ()}

    assert who_answers((LEAD, OFFICE), known(), people, LIAISON) == Contact(
        LEAD, PEOPLE[DEPUTY_SEAT][0]
    )
    assert who_answers((LEAD, OFFICE), known(), nobody_listed, LIAISON) == Contact(
        LEAD, people[LEAD_SEAT][0]
    )


def test_nobody_is_told_to_ask_themselves() -> None:
    alone = {**PEOPLE, DEPUTY_SEAT: ()}

    assert who_answers((LEAD, OFFICE), known(), alone, LEADER) == Contact(
        OFFICE, PEOPLE[OFFICER_SEAT][0]
    )
    assert who_answers((OFFICE,), known(), alone, OFFICER) == Contact(OFFICE, None)


def test_without_anybody_the_office_is_named_and_without_an_office_none() -> None:
    assert who_answers((LEAD, OFFICE), known(), {}, LIAISON) == Contact(OFFICE, None)
    assert who_answers((), known(), PEOPLE, LIAISON) is None
    assert may_answer(anchored(), Known.of(records(milestone(MONDAY))), {}) == ()


def test_a_partner_in_charge_never_answers() -> None:
    now = known()

    assert PARTNER not in may_answer(anchored(owner=place(PARTNER)), now, now.records)
