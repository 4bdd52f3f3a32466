"""Until when a further term may be objected to is told 60, 30, 7 and 0 days before that day."""

import json
from datetime import date

import pytest

from changefeed.change import Fact, Facts
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.letter import letter_values
from ieum_notify.domain.occurrence import Occurrence
from ieum_notify.domain.planner import plan
from ieum_notify.domain.reason import why_not_owed, why_owed
from ieum_notify.domain.rules.agreement_objection import AGREEMENT_OBJECTION
from ieum_notify.domain.words import Language
from ieum_notify.outbound.typeset import LETTERS
from tests.notify.makers import (
    AGREEMENT,
    MONDAY,
    OFFICER_SEAT,
    OWN,
    READER,
    agreement,
    at,
    houses,
    records,
)
from workdays.calendar import WorkingDays

TERM = date(2027, 6, 16)


def renewing(ends_on: date = TERM, said: Facts | None = None) -> dict[Subject, Facts]:
    end: dict[str, Fact] = {
        "rule": "auto_renews",
        "ends_on": ends_on.isoformat(),
        "note": None,
        "term_months": 12,
        "notice_months": 3,
    }
    return agreement(AGREEMENT, end={**end, **(said or {})})


def planned(facts: dict[Subject, Facts], today: date = MONDAY) -> list[Occurrence]:
    found = plan((AGREEMENT_OBJECTION,), Known.of(records(houses(), facts)), at(today), 200)
    return list(found.occurrences)


def test_its_steps_hang_on_the_legal_day_and_move_back_to_working_days() -> None:
    found = planned(renewing(date(2027, 6, 21)))

    # The 21st of March is a Sunday: the legal day stays, its letter goes out on the Friday before.
    assert {each.anchor_on for each in found} == {date(2027, 3, 21)}
    assert [(each.lead_days, each.due_on) for each in found] == [
        (60, date(2027, 1, 20)),
        (30, date(2027, 2, 19)),
        (7, date(2027, 3, 12)),
        (0, date(2027, 3, 19)),
    ]
    assert {each.seat_id for each in found} == {OFFICER_SEAT}


@pytest.mark.parametrize(
    "said",
    [
        {"notice_months": None},
        {"rule": "fixed"},
        {"rule": "evergreen", "ends_on": None, "term_months": None, "notice_months": None},
    ],
)
def test_what_does_not_renew_or_says_no_notice_owes_nothing(said: dict[str, Fact]) -> None:
    assert planned(renewing(said=said)) == []


def test_what_was_ended_owes_nothing() -> None:
    ended: Fact = {"on": "2027-06-16", "how": "terminated", "note": None}
    facts = renewing()

    assert planned({AGREEMENT: {**facts[AGREEMENT], "ended": ended}}) == []


def test_a_further_term_on_record_is_told_afresh() -> None:
    [first, *_] = planned(renewing())
    later = Known.of(records(houses(), renewing(date(2028, 6, 16))))

    assert why_not_owed(AGREEMENT_OBJECTION, first, later, at(MONDAY)).code == "date.moved"


def test_days_at_the_end_of_the_calendar_stop_nobody() -> None:
    found = plan(
        (AGREEMENT_OBJECTION,),
        Known.of(records(houses(), renewing(date(9999, 12, 31)))),
        at(MONDAY),
        200,
    )

    assert found.faulty == found.unreadable == {}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_values_are_exactly_those_of_the_sample(language: Language) -> None:
    facts = renewing()
    sample = json.loads((LETTERS / "agreement_objection" / "sample.json").read_text("utf-8"))
    step = next(each for each in planned(facts) if each.lead_days == 30)

    found = letter_values(
        AGREEMENT_OBJECTION,
        step,
        records(houses(), facts, {OWN: {"name": {"ko": "광주광역시", "en": None}}}),
        why_owed(AGREEMENT_OBJECTION, step, WorkingDays(), date(2027, 2, 12)),
        owners=(),
        contact=None,
        reader=READER,
        now=at(date(2027, 2, 12)),
        language=language,
        portal_url="http://portal.example",
    )

    assert set(found) | {"recipient"} == set(sample[language])
    assert found["anchor_day"] == {"ko": "2027. 3. 16.(화)", "en": "Tue 16 March 2027"}[language]
    told = {
        "ko": (
            "현재 기간의 마지막 날 2027-06-16의 3개월 전입니다. 휴일이어도 늦춰지지 않습니다.",
            "이의가 없으면 2028-06-16까지 자동으로 갱신됩니다.",
        ),
        "en": (
            "That is 3 months before the term's last day, 2027-06-16. No holiday moves it.",
            "Without an objection it renews by itself until 2028-06-16.",
        ),
    }
    assert (found["reckoned"], found["otherwise"]) == told[language]
