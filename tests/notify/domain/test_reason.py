"""Why a letter goes out and why it does not: the day's arithmetic, in two languages."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from changefeed.change import Fact, Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.occurrence import Occurrence
from ieum_notify.domain.planner import plan
from ieum_notify.domain.reason import NOT_OWED, why_not_owed, why_owed
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.rules.milestone_due import MILESTONE_DUE
from ieum_notify.domain.rules.register import RULES
from tests.notify.makers import (
    LIAISON_SEAT,
    MONDAY,
    OFFICE,
    OFFICER_SEAT,
    PARTNER,
    at,
    houses,
    milestone,
    place,
    records,
    seat,
)
from workdays.calendar import WorkingDays

DUE = MONDAY + timedelta(days=5)


def first(*facts: dict[Subject, dict[str, Fact]], today: date = MONDAY) -> Occurrence:
    return plan(RULES, Known.of(records(houses(), milestone(DUE), *facts)), at(today)).occurrences[
        0
    ]


def told(occurrence: Occurrence, today: date = MONDAY) -> tuple[str, str]:
    lines = why_owed(MILESTONE_DUE, occurrence, WorkingDays(), today)
    return "\n".join(each.ko for each in lines), "\n".join(each.en for each in lines)


def test_an_overdue_step_shows_its_arithmetic_and_that_it_goes_at_once() -> None:
    korean, english = told(first())

    assert "2026. 11. 28.(토)의 7일 전은 2026. 11. 21.(토)" in korean
    assert "토요일" in korean
    assert "2026. 11. 20.(금)로 옮겼습니다" in korean
    assert "바로 보냅니다" in korean
    assert "7 days before the due date (Sat 28 November 2026) is Sat 21 November 2026" in english
    assert "newest step alone goes out at once" in english
    assert "담당 기관의 연락담당자" in korean


def test_a_step_to_come_says_its_hour() -> None:
    korean, english = told(first(today=date(2026, 11, 20)), date(2026, 11, 20))

    assert "서울 시각 09:00에 보냅니다" in korean
    assert "09:00 in Seoul" in english


def test_an_empty_seat_is_the_reason_why_the_office_is_told() -> None:
    korean, english = told(first(seat(LIAISON_SEAT, PARTNER, "liaison")))

    assert "총괄부서 담당자에게 알립니다" in korean
    assert "the office's officer is told" in english


def test_nobody_at_all_is_said_with_the_next_step() -> None:
    nobody = first(seat(LIAISON_SEAT, PARTNER, "liaison"), seat(OFFICER_SEAT, OFFICE, "officer"))

    assert "담당자를 지정하십시오" in told(nobody)[0]


@pytest.mark.parametrize(
    ("facts", "today", "reason"),
    [
        ({"done_on": "2026-11-23"}, MONDAY, "milestone.done"),
        ({"cancelled_on": "2026-11-23"}, MONDAY, "milestone.cancelled"),
        ({"due_on": "2026-12-20"}, MONDAY, "date.moved"),
        ({}, DUE + timedelta(days=1), "date.passed"),
        ({}, date(2026, 11, 27), "step.newer"),
        ({"owner": place(OFFICE)}, MONDAY, "seat.changed"),
        ({"due_on": None}, MONDAY, "facts.unreadable"),
    ],
)
def test_each_reason_for_not_sending_is_told_apart(
    facts: dict[str, Fact], today: date, reason: str
) -> None:
    known = Known.of(records(houses(), milestone(DUE, **facts)))

    assert why_not_owed(MILESTONE_DUE, first(), known, at(today)).code == reason


@pytest.mark.parametrize(
    ("rule", "settlement"), [(rule, code) for rule in RULES for code in rule.settles]
)
def test_every_settlement_of_every_rule_cancels_with_its_own_words(
    rule: Rule, settlement: str
) -> None:
    def settled(facts: Facts) -> Anchor:
        return replace(MILESTONE_DUE.anchor(facts), settled=settlement)

    known = Known.of(records(houses(), milestone(DUE)))

    found = why_not_owed(replace(rule, anchor=settled), first(), known, at(MONDAY))

    assert (found.code, found.state) == (settlement, "cancelled")
    assert found.said == rule.settles[settlement]
    assert settlement not in NOT_OWED


def test_a_rule_that_fails_or_settles_without_words_is_named_as_the_fault() -> None:
    known = Known.of(records(houses(), milestone(DUE, done_on="2026-11-23")))

    def fail(facts: Facts) -> Anchor:
        raise KeyError("owner")

    for rule in (replace(MILESTONE_DUE, settles={}), replace(MILESTONE_DUE, anchor=fail)):
        assert why_not_owed(rule, first(), known, at(MONDAY)).code == "rule.faulty"


def test_a_subject_or_a_rule_that_is_gone_is_a_reason_too() -> None:
    known = Known.of(records(houses()))

    assert why_not_owed(MILESTONE_DUE, first(), known, at(MONDAY)).code == "subject.gone"
    assert why_not_owed(None, first(), known, at(MONDAY)).code == "rule.gone"


def test_a_role_without_a_name_of_its_own_is_given_as_it_is() -> None:
    found = first()
    odd = Occurrence(
        found.rule, found.letter, found.subject, found.anchor_on, 7, uuid4(), "envoy",
        found.due_on, found.due_at,
    )  # fmt: skip

    assert "envoy" in told(odd)[0]
