"""Agreements are told 90, 30 and 7 days before their last day and on the day after it."""

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
from ieum_notify.domain.reason import why_not_owed, why_owed
from ieum_notify.domain.rules.agreement_ends import AGREEMENT_ENDS, AHEAD, says
from ieum_notify.domain.rules.register import RULES
from ieum_notify.domain.words import Language
from ieum_notify.outbound.typeset import LETTERS
from tests.notify.makers import (
    AGREEMENT,
    MONDAY,
    OFFICER,
    OFFICER_SEAT,
    OWN,
    PARTNER,
    READER,
    agreement,
    at,
    day_off,
    houses,
    party,
    records,
    seat,
)
from workdays.calendar import WorkingDays

LEAD = Subject("department", UUID("018f0000-0000-7000-8000-0000000000b1"))
LEAD_SEAT = UUID("018f0000-0000-7000-8000-0000000000b2")
OTHER = Subject("partner", UUID("018f0000-0000-7000-8000-0000000000b3"))
FRIDAY = date(2027, 3, 19)
LEADING: dict[Subject, Facts] = {
    LEAD: {"id": str(LEAD.id), "name": {"ko": "투자유치과", "en": "Investment Division"}},
    OTHER: {"id": str(OTHER.id), "name": {"ko": "광주과학기술원", "en": "GIST"}},
    **seat(LEAD_SEAT, LEAD, "officer", OFFICER),
}


def planned(*facts: dict[Subject, Facts], today: date = MONDAY, days: int = 150) -> Plan:
    return plan(RULES, Known.of(records(houses(), LEADING, *facts)), at(today), days)


def steps(*facts: dict[Subject, Facts], today: date) -> list[tuple[int, date]]:
    return [(each.lead_days, each.due_on) for each in planned(*facts, today=today).occurrences]


def test_three_steps_before_and_one_after_on_working_days() -> None:
    ending = agreement(rule="fixed", ends_on=FRIDAY, lead_department_id=str(LEAD.id))

    found = planned(ending).occurrences

    assert [(each.lead_days, each.due_on) for each in found] == [
        (90, date(2026, 12, 18)),  # A Saturday, moved back.
        (30, date(2027, 2, 17)),
        (7, date(2027, 3, 12)),
        (-1, date(2027, 3, 22)),  # A Saturday, moved on: before it nothing has ended yet.
    ]
    assert {(each.seat_id, each.letter) for each in found} == {(LEAD_SEAT, "agreement_ends")}


def test_what_is_entered_twenty_days_ahead_owes_one_letter_at_once() -> None:
    ending = agreement(rule="fixed", ends_on=MONDAY + timedelta(days=20))

    found = planned(ending).occurrences

    assert sum(each.due_at <= at(MONDAY) for each in found) == 1
    assert found[0].lead_days == 30


@pytest.mark.parametrize(
    ("today", "owed"),
    [
        (date(2027, 3, 18), [(7, date(2027, 3, 12)), (-1, date(2027, 3, 22))]),
        (FRIDAY, [(7, date(2027, 3, 12)), (-1, date(2027, 3, 22))]),
        (date(2027, 3, 20), [(-1, date(2027, 3, 22))]),
        (date(2027, 3, 22), [(-1, date(2027, 3, 22))]),
        (FRIDAY + timedelta(days=30), [(-1, date(2027, 3, 22))]),
        (FRIDAY + timedelta(days=31), []),
    ],
)
def test_once_the_day_has_passed_the_step_after_it_alone_is_owed_for_a_month(
    today: date, owed: list[tuple[int, date]]
) -> None:
    assert steps(agreement(rule="fixed", ends_on=FRIDAY), today=today) == owed


def test_a_decreed_holiday_moves_the_step_after_forward() -> None:
    found = steps(
        agreement(rule="fixed", ends_on=FRIDAY),
        day_off(date(2027, 3, 22)),
        today=date(2027, 3, 20),
    )

    assert found == [(-1, date(2027, 3, 23))]


@pytest.mark.parametrize("rule", ["evergreen", "until_purpose_achieved", "unknown"])
def test_what_has_no_agreed_last_day_is_never_told(rule: str) -> None:
    assert planned(agreement(rule=rule, ends_on=FRIDAY)).occurrences == ()
    assert planned(agreement(rule="auto_renews")).occurrences == ()


LEFT: Fact = (MONDAY - timedelta(days=10)).isoformat()
LEAVES: Fact = (MONDAY + timedelta(days=40)).isoformat()
NEVER_SIGNED: Facts = {"signed_on": None}


@pytest.mark.parametrize("rule", ["fixed", "auto_renews"])
@pytest.mark.parametrize(
    "parties",
    [
        [party(OWN), party(PARTNER, left_on=LEFT)],
        [party(OWN, left_on=LEFT), party(PARTNER)],
        [party(OWN), party(PARTNER, **NEVER_SIGNED)],
        [party(OWN, **NEVER_SIGNED), party(PARTNER)],
        [party(OWN), party(PARTNER, left_on=LEFT), party(OTHER, **NEVER_SIGNED)],
    ],
    ids=["others left", "city left", "nobody signed", "city unsigned", "left or unsigned"],
)
def test_what_has_ended_otherwise_or_never_held_is_not_told(
    rule: str, parties: list[Facts]
) -> None:
    ending = agreement(AGREEMENT, *parties, rule=rule, ends_on=MONDAY + timedelta(days=20))

    assert planned(ending).occurrences == ()


@pytest.mark.parametrize("rule", ["fixed", "auto_renews"])
def test_the_leaving_of_all_others_ahead_is_the_last_day_and_nothing_follows_it(rule: str) -> None:
    parties = [party(OWN), party(PARTNER, left_on=LEAVES)]
    ending = agreement(AGREEMENT, *parties, rule=rule, ends_on=FRIDAY)

    found = planned(ending).occurrences

    assert {each.anchor_on for each in found} == {MONDAY + timedelta(days=40)}
    assert [each.lead_days for each in found] == [90, 30, 7]


@pytest.mark.parametrize("rule", ["fixed", "auto_renews", "evergreen", "unknown"])
def test_an_ending_on_record_ahead_is_the_last_day_and_nothing_follows_it(rule: str) -> None:
    day = FRIDAY if rule in ("fixed", "auto_renews") else None
    ended = {"on": LEAVES, "how": "terminated", "note": None}
    ending = agreement(rule=rule, ends_on=day, ended=ended)

    found = planned(ending).occurrences

    assert {each.anchor_on for each in found} == {MONDAY + timedelta(days=40)}
    assert [each.lead_days for each in found] == [90, 30, 7]
    facts = next(iter(ending.values()))
    told = says(facts, at(MONDAY))
    assert told["meaning"] == AHEAD["ended"].meaning


def test_while_one_other_stays_the_agreed_day_counts() -> None:
    parties = [party(OWN), party(PARTNER, left_on=LEFT), party(OTHER)]

    found = planned(agreement(AGREEMENT, *parties, rule="fixed", ends_on=FRIDAY)).occurrences

    assert {each.anchor_on for each in found} == {FRIDAY}


def test_without_a_lead_department_the_office_is_told() -> None:
    found = planned(agreement(rule="fixed", ends_on=FRIDAY)).occurrences

    assert {(each.seat_id, each.letter) for each in found} == {(OFFICER_SEAT, "agreement_ends")}


def test_where_nobody_holds_the_departments_seat_the_office_hears_of_it() -> None:
    ending = agreement(rule="fixed", ends_on=FRIDAY, lead_department_id=str(LEAD.id))

    found = planned(ending, seat(LEAD_SEAT, LEAD, "officer")).occurrences

    assert {(each.seat_id, each.letter) for each in found} == {(OFFICER_SEAT, NOBODY_TO_TELL)}


def test_another_last_day_is_told_afresh() -> None:
    before = planned(agreement(rule="fixed", ends_on=FRIDAY)).keyed()
    renewed = agreement(rule="fixed", ends_on=FRIDAY + timedelta(days=60))
    after = planned(renewed).keyed()

    assert not before.keys() & after.keys()
    assert {each.anchor_on for each in after.values()} == {FRIDAY + timedelta(days=60)}
    waiting = next(iter(before.values()))
    known = Known.of(records(houses(), renewed))
    reason = why_not_owed(AGREEMENT_ENDS, waiting, known, at(MONDAY))
    assert reason.code == "date.moved"


@pytest.mark.parametrize(
    ("lead_days", "today", "code"),
    [
        (7, date(2027, 3, 20), "date.passed"),
        (7, date(2027, 3, 22), "date.passed"),
        (30, date(2027, 3, 12), "step.newer"),
        (-1, FRIDAY + timedelta(days=31), "date.passed"),
    ],
)
def test_why_a_step_is_owed_no_more(lead_days: int, today: date, code: str) -> None:
    ending = agreement(rule="fixed", ends_on=FRIDAY)
    step = next(each for each in planned(ending).occurrences if each.lead_days == lead_days)

    known = Known.of(records(houses(), ending))

    assert why_not_owed(AGREEMENT_ENDS, step, known, at(today)).code == code


def test_what_settles_it_is_said() -> None:
    step = planned(agreement(rule="fixed", ends_on=FRIDAY)).occurrences[0]
    known = Known.of(records(houses(), agreement()))

    found = why_not_owed(AGREEMENT_ENDS, step, known, at(MONDAY))

    assert (found.code, found.state) == ("agreement.no_last_day", "cancelled")


@pytest.mark.parametrize("ends_on", [date(9999, 12, 31), date(9999, 12, 30), date(1900, 1, 1)])
def test_days_at_the_end_of_the_calendar_stop_nobody(ends_on: date) -> None:
    found = planned(
        agreement(rule="fixed", ends_on=ends_on, effective_on="1899-01-01"),
        agreement(OTHER, rule="fixed", ends_on=FRIDAY),
    )

    assert found.faulty == found.unreadable == {}


@pytest.mark.parametrize(
    "broken",
    [{"end": None}, {"parties": None}, {"effective_on": "soon"}, {"end": {"ends_on": None}}],
)
def test_facts_that_cannot_be_read_are_set_aside(broken: Facts) -> None:
    facts = {AGREEMENT: agreement()[AGREEMENT] | broken}

    assert set(planned(facts).unreadable) == {AGREEMENT}


def said(
    occurrence: Occurrence, ending: dict[Subject, Facts], today: date, language: Language
) -> dict[str, object]:
    found = records(houses(), LEADING, ending, {OWN: {"name": {"ko": "광주광역시", "en": None}}})
    why = why_owed(AGREEMENT_ENDS, occurrence, WorkingDays(), today)
    return letter_values(
        AGREEMENT_ENDS,
        occurrence,
        found,
        why,
        owners=(LEAD,),
        contact=None,
        reader=READER,
        now=at(today),
        language=language,
        portal_url="http://portal.example",
    )


def step(ending: dict[Subject, Facts], lead_days: int) -> Occurrence:
    return next(each for each in planned(ending).occurrences if each.lead_days == lead_days)


def test_a_leaving_known_in_part_is_told_as_it_is_written() -> None:
    days: Facts = {"precision": "month", "from": "2027-01-04", "to": "2027-01-31"}
    month: Fact = {"written": "2027년 1월", **days}
    parties = [party(OWN), party(PARTNER, left_as=month)]
    ending = agreement(AGREEMENT, *parties, rule="fixed", ends_on=FRIDAY)

    found = said(step(ending, 30), ending, MONDAY, "ko")

    assert found["anchor_day"] == "2027년 1월"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_values_are_exactly_those_of_the_sample(language: Language) -> None:
    parties = [party(OWN), party(PARTNER), party(OTHER), party(LEAD, left_on=LEFT)]
    ending = agreement(AGREEMENT, *parties, rule="fixed", ends_on=FRIDAY)
    sample = json.loads((LETTERS / "agreement_ends" / "sample.json").read_text(encoding="utf-8"))

    found = said(step(ending, 30), ending, date(2027, 2, 17), language)

    assert set(found) | {"recipient"} == set(sample[language])
    assert found["parties"] == {"ko": "네이버, 광주과학기술원", "en": "NAVER, GIST"}[language]
    assert found["owner"] == {"ko": "투자유치과", "en": "Investment Division"}[language]
    assert (found["days_left"], found["countdown"]) == (30, "D-30")
    assert found["link"] == f"http://portal.example/agreements/{AGREEMENT.id}"


@pytest.mark.parametrize(
    ("rule", "today", "headline", "day_name"),
    [
        ("fixed", date(2027, 2, 17), "30일 뒤 만료됩니다", "만료일"),
        ("fixed", date(2027, 3, 18), "내일 만료됩니다", "만료일"),
        ("fixed", FRIDAY, "오늘 만료됩니다", "만료일"),
        ("fixed", date(2027, 3, 22), "만료되었습니다", "만료일"),
        ("auto_renews", FRIDAY, "오늘 현재 기간이 끝납니다", "현재 기간의 마지막 날"),
        (
            "auto_renews",
            date(2027, 3, 22),
            "지난 기간의 갱신이 기록되지 않았습니다",
            "현재 기간의 마지막 날",
        ),
    ],
)
def test_the_words_say_what_the_day_is(
    rule: str, today: date, headline: str, day_name: str
) -> None:
    ending = agreement(rule=rule, ends_on=FRIDAY)

    found = said(step(ending, -1 if today > FRIDAY else 7), ending, today, "ko")

    assert (found["headline"], found["day_name"]) == (headline, day_name)


@pytest.mark.parametrize("today", [date(2026, 12, 18), FRIDAY, date(2027, 3, 22)])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_of_a_term_that_renews_no_word_says_that_the_agreement_ends(
    today: date, language: Language
) -> None:
    ending = agreement(rule="auto_renews", ends_on=FRIDAY)

    found = said(step(ending, -1 if today > FRIDAY else 7), ending, today, language)

    words = f"{found['headline']} {found['day_name']} {found['rule']} {found['why']}"
    assert not any(each in words for each in ("만료", "협약이 끝", "has ended", "agreement ends"))


def test_the_day_after_shows_its_arithmetic() -> None:
    found = step(agreement(rule="fixed", ends_on=FRIDAY), -1)

    lines = why_owed(AGREEMENT_ENDS, found, WorkingDays(), MONDAY)

    assert "마지막 날 2027. 3. 19.(금)의 1일 뒤는 2027. 3. 20.(토)입니다." in lines[0].ko
    assert "1 day after the last day (Fri 19 March 2027) is Sat 20 March 2027." in lines[0].en
    assert "다음 근무일 2027. 3. 22.(월)로 옮겼습니다." in lines[1].ko
    assert "so it moved on to Mon 22 March 2027." in lines[1].en
