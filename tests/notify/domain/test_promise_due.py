"""Promises are told 60 and 14 days before their by-day, the day after it and monthly while open."""

import json
from datetime import date, timedelta
from uuid import UUID

import pytest

from changefeed.change import Fact, Facts
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.letter import letter_values
from ieum_notify.domain.occurrence import NOBODY_TO_TELL, Occurrence
from ieum_notify.domain.planner import Plan, plan
from ieum_notify.domain.reading import Reader
from ieum_notify.domain.reason import why_not_owed, why_owed
from ieum_notify.domain.rules.promise_due import PROMISE_DUE
from ieum_notify.domain.rules.register import RULES
from ieum_notify.domain.words import Language
from ieum_notify.outbound.typeset import LETTERS
from tests.notify.makers import (
    AGREEMENT,
    LIAISON_SEAT,
    MONDAY,
    OFFICER,
    OFFICER_SEAT,
    OWN,
    PARTNER,
    PROMISE,
    READER,
    agreement,
    at,
    houses,
    party,
    promise,
    reached,
    records,
    seat,
    the_city,
)
from workdays.calendar import WorkingDays

LEAD = Subject("department", UUID("018f0000-0000-7000-8000-0000000000b1"))
LEAD_SEAT = UUID("018f0000-0000-7000-8000-0000000000b2")
LEADING: dict[Subject, Facts] = {
    LEAD: {"id": str(LEAD.id), "name": {"ko": "투자유치과", "en": "Investment Division"}},
    **seat(LEAD_SEAT, LEAD, "officer", OFFICER),
    **agreement(lead_department_id=str(LEAD.id)),
}
DUE = date(2027, 3, 19)
"""A Friday."""


def planned(*facts: dict[Subject, Facts], today: date = MONDAY, days: int = 150) -> Plan:
    return plan(RULES, Known.of(records(houses(), the_city(), LEADING, *facts)), at(today), days)


def told(found: Plan) -> set[tuple[UUID | None, str]]:
    return {(each.seat_id, each.letter) for each in found.occurrences}


def steps(*facts: dict[Subject, Facts], today: date, days: int = 0) -> list[tuple[int, date]]:
    found = planned(*facts, today=today, days=days).occurrences
    return sorted({(each.lead_days, each.due_on) for each in found}, key=lambda each: each[1])


def test_two_steps_before_the_by_day_and_then_the_day_after_and_each_month() -> None:
    assert steps(promise(DUE), today=MONDAY, days=220) == [
        (60, date(2027, 1, 18)),
        (14, date(2027, 3, 5)),
        (-1, date(2027, 3, 22)),  # A Saturday, moved on.
        (-30, date(2027, 4, 19)),  # A Sunday, moved on.
        (-60, date(2027, 5, 18)),
        (-90, date(2027, 6, 17)),
    ]


def test_the_liaison_who_promised_and_the_officer_in_charge_are_told() -> None:
    assert told(planned(promise(DUE))) == {
        (LIAISON_SEAT, "promise_due"),
        (LEAD_SEAT, "promise_due"),
    }


def test_without_a_department_in_charge_the_office_is_told_beside_the_partner() -> None:
    assert told(planned(agreement(), promise(DUE))) == {
        (LIAISON_SEAT, "promise_due"),
        (OFFICER_SEAT, "promise_due"),
    }


def test_where_nobody_sits_at_the_partner_the_office_hears_of_it_too() -> None:
    assert told(planned(promise(DUE), seat(LIAISON_SEAT, PARTNER, "liaison"))) == {
        (LEAD_SEAT, "promise_due"),
        (OFFICER_SEAT, NOBODY_TO_TELL),
    }


def test_what_the_city_itself_promised_is_told_to_the_department_alone() -> None:
    assert told(planned(promise(DUE, partner_id=str(OWN.id)))) == {(LEAD_SEAT, "promise_due")}


YESTERDAY = (MONDAY - timedelta(days=1)).isoformat()
PROPOSED: Facts = {
    "drafting": {"proposed_on": YESTERDAY, "proposed_by": "office"},
    "signed_on": None,
    "effective_on": None,
}


@pytest.mark.parametrize(
    ("parties", "more"),
    [
        ([party(OWN), party(PARTNER, left_on=YESTERDAY)], {}),
        ([party(OWN, signed_on=None), party(PARTNER, signed_on=None)], PROPOSED),
    ],
    ids=["left", "a draft of the office's own"],
)
def test_whom_the_agreement_does_not_concern_is_not_told(parties: list[Fact], more: Facts) -> None:
    led = agreement(AGREEMENT, *parties, lead_department_id=str(LEAD.id))

    found = planned({AGREEMENT: led[AGREEMENT] | more}, promise(DUE))

    assert found.unreadable == found.faulty == {}
    assert told(found) == {(LEAD_SEAT, "promise_due")}


def test_an_agreement_that_cannot_be_read_stops_no_other_letter() -> None:
    other = Subject("promise", AGREEMENT.id)
    broken: Facts = {"drafting": {"proposed_on": YESTERDAY}, "parties": [party(PARTNER)]}
    found = planned({AGREEMENT: broken}, promise(DUE), promise(DUE, other, agreement_id=None))

    assert set(found.unreadable) == {AGREEMENT, other}
    assert told(found) == {(OFFICER_SEAT, "promise_due")}


DELIVERED: Facts = {"reached": [reached("2026-06-30", 20), reached("2026-10-31", 120)]}
SETTLED: Facts = {"outcome": "plan_changed", "settled_on": YESTERDAY}


@pytest.mark.parametrize(
    ("ended", "code"),
    [(DELIVERED, "promise.delivered"), (SETTLED, "promise.settled")],
    ids=["delivered", "settled"],
)
@pytest.mark.parametrize("due_on", [DUE, MONDAY - timedelta(days=20)])
def test_what_is_delivered_or_settled_owes_nothing(due_on: date, ended: Facts, code: str) -> None:
    waiting = planned(promise(due_on)).occurrences[0]

    over = promise(due_on, **ended)

    assert planned(over).occurrences == ()
    known = Known.of(records(houses(), LEADING, over))
    reason = why_not_owed(PROMISE_DUE, waiting, known, at(MONDAY))
    assert (reason.code, reason.state) == (code, "cancelled")


def test_what_was_taken_back_owes_nothing() -> None:
    waiting = planned(promise(DUE)).occurrences[0]
    without = Known.of(records(houses(), LEADING))  # An entry that retracts leaves no facts.

    assert planned().occurrences == ()
    assert why_not_owed(PROMISE_DUE, waiting, without, at(MONDAY)).code == "subject.gone"


def test_a_part_of_the_target_or_less_after_more_stays_owed() -> None:
    for figures in ([119], [120, 80]):
        said = [reached(f"2026-0{month}-30", each) for month, each in enumerate(figures, 3)]
        assert planned(promise(DUE, reached=said)).occurrences


def test_another_by_day_is_told_afresh_and_the_target_agreed_last_counts() -> None:
    before = planned(promise(DUE)).keyed()
    later = DUE + timedelta(days=40)
    revision: Fact = {"on": "2026-10-01", "target": 300, "due_on": DUE.isoformat(), "why": "연기"}

    after = planned(promise(later, revisions=[revision])).keyed()

    assert not before.keys() & after.keys()
    assert {each.anchor_on for each in after.values()} == {later}
    delivered = promise(later, revisions=[revision], reached=[reached("2026-10-31", 120)])
    assert planned(delivered).occurrences == ()


@pytest.mark.parametrize(
    ("days", "owed"),
    [
        (0, 14),
        (3, -1),
        (28, -1),
        (29, None),  # A Saturday: on Monday the next step's letter goes out.
        (31, -30),
        (59, -30),
        (60, -60),
        (365, -360),
        (389, -360),
        (390, None),
        (2000, None),
    ],
)
def test_after_the_by_day_the_newest_step_alone_is_owed_for_a_year(
    days: int, owed: int | None
) -> None:
    found = steps(promise(DUE), today=DUE + timedelta(days=days))

    reached_now = [lead for lead, on in found if on <= DUE + timedelta(days=days)]
    assert reached_now == ([] if owed is None else [owed])


def test_a_month_after_the_by_day_says_why_the_letter_of_the_day_after_goes_no_more() -> None:
    first = next(each for each in planned(promise(DUE)).occurrences if each.lead_days == -1)
    known = Known.of(records(houses(), LEADING, promise(DUE)))

    reasons = {
        days: why_not_owed(PROMISE_DUE, first, known, at(DUE + timedelta(days=days))).code
        for days in (30, 31)
    }

    assert reasons == {30: "step.newer", 31: "date.passed"}


@pytest.mark.parametrize(
    "broken", [{"target": None}, {"partner_id": "x"}, {"due_on": "soon"}, {"reached": 3}]
)
def test_facts_that_cannot_be_read_are_set_aside(broken: Facts) -> None:
    facts = {PROMISE: promise(DUE)[PROMISE] | broken}

    assert set(planned(facts).unreadable) == {PROMISE}


def said(
    occurrence: Occurrence,
    facts: dict[Subject, Facts],
    today: date,
    language: Language = "ko",
    reader: Reader = READER,
) -> dict[str, object]:
    why = why_owed(PROMISE_DUE, occurrence, WorkingDays(), today)
    return letter_values(
        PROMISE_DUE,
        occurrence,
        records(houses(), the_city(), LEADING, facts),
        why,
        owners=(LEAD,),
        contact=None,
        reader=reader,
        now=at(today),
        language=language,
        portal_url="http://portal.example",
    )


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_values_are_exactly_those_of_the_sample(language: Language) -> None:
    facts = promise(date(2026, 12, 7), reached=[reached("2026-09-30", 37)])
    step = planned(facts).occurrences[0]
    liaison = Reader(PARTNER, is_office=False, on=MONDAY)
    sample = json.loads((LETTERS / "promise_due" / "sample.json").read_text(encoding="utf-8"))

    found = said(step, facts, MONDAY, language, liaison)

    wanted = sample[language]
    assert set(found) | {"recipient"} == set(wanted)
    same = ("title", "target", "reached", "anchor_day", "countdown", "participants", "kind", "rule")
    assert {each: found[each] for each in same} == {each: wanted[each] for each in same}
    assert found["why"] == wanted["why"]
    assert found["link"] == f"http://portal.example/promises/{PROMISE.id}"
    assert found["own_records"] == "http://portal.example/our-records"


def test_what_is_counted_otherwise_is_said_so() -> None:
    name: Fact = {"ko": "현장 실증", "en": None}
    facts = promise(DUE, indicator="own", name=name, unit="건", target=1200)

    found = said(planned(facts).occurrences[0], facts, MONDAY, "en")

    assert (found["title"], found["reached"]) == ("현장 실증: 1,200건", "no confirmed report")


def test_the_office_hears_what_was_promised_where_nobody_can_be_told() -> None:
    facts = promise(DUE, reached=[reached("2026-09-30", 37)])
    empty = seat(LIAISON_SEAT, PARTNER, "liaison")
    found = planned(facts, empty).occurrences
    instead = next(each for each in found if each.letter == NOBODY_TO_TELL)

    assert said(instead, facts, MONDAY)["details"] == [
        "목표: 120명",
        "실적: 37명 (2026. 9. 30.(수) 기준, 목표의 30.8%)",
    ]
