"""Which steps before a date owe a letter, and on which working day each falls."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.rule import Step, steps_owed
from ieum_notify.domain.rules.milestone_due import MILESTONE_DUE
from ieum_notify.domain.words import Words
from tests.notify.makers import OFFICE, at
from workdays.calendar import WorkingDays

DAYS = WorkingDays()
FAR = date(2099, 12, 31)


def anchored(on: date) -> Anchor:
    return Anchor(on, Words("제목", "title"), OFFICE, None, {})


def owed(
    anchor_on: date, today: date, days: WorkingDays = DAYS, until: date = FAR
) -> list[tuple[int, str]]:
    found = steps_owed(MILESTONE_DUE, anchored(anchor_on), days, now=at(today), until=until)
    return [(step.lead_days, step.due_on.isoformat()) for step in found]


def test_every_step_is_owed_while_none_is_reached() -> None:
    assert owed(date(2027, 1, 29), date(2026, 11, 23)) == [
        (30, "2026-12-30"),
        (7, "2027-01-22"),
        (1, "2027-01-28"),
    ]


def test_a_clock_that_stood_still_owes_only_the_newest_reached_step() -> None:
    assert owed(date(2026, 11, 24), date(2026, 11, 23)) == [(1, "2026-11-23")]
    assert owed(date(2026, 11, 28), date(2026, 11, 23)) == [(7, "2026-11-20"), (1, "2026-11-27")]


def test_a_date_entered_twenty_days_ahead_owes_the_thirty_day_step_at_once() -> None:
    assert owed(date(2026, 12, 13), date(2026, 11, 23))[0] == (30, "2026-11-13")


def test_on_the_day_itself_the_last_step_is_still_owed_and_afterwards_nothing() -> None:
    assert owed(date(2026, 11, 23), date(2026, 11, 23)) == [(1, "2026-11-20")]
    assert owed(date(2026, 11, 22), date(2026, 11, 23)) == []


def test_a_step_moves_back_over_a_substitute_holiday() -> None:
    # 7 days before is Mon 2027-08-16, a substitute holiday; before it lies a weekend.
    assert owed(date(2027, 8, 23), date(2027, 8, 1))[1] == (7, "2027-08-13")


def test_two_steps_on_the_same_working_day_are_one_letter_the_newer() -> None:
    shutdown = {date(2026, 12, 1) + timedelta(days=n): False for n in range(10)}

    found = owed(date(2026, 12, 10), date(2026, 11, 20), WorkingDays(shutdown))

    assert found == [(30, "2026-11-10"), (1, "2026-11-30")]


def test_steps_beyond_the_last_day_looked_at_are_left_out() -> None:
    assert owed(date(2027, 1, 29), date(2026, 11, 23), until=date(2026, 12, 30)) == [
        (30, "2026-12-30")
    ]


def test_leap_days_and_month_ends_count_in_days() -> None:
    assert owed(date(2028, 3, 30), date(2028, 2, 1))[0] == (30, "2028-02-29")
    assert owed(date(2027, 3, 31), date(2027, 1, 31))[0] == (30, "2027-02-26")


@given(
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    st.integers(0, 60),
    st.sets(st.integers(1, 90), min_size=1, max_size=5),
)
def test_whatever_the_day_the_steps_ascend_and_at_most_one_is_reached(
    anchor_on: date, ahead: int, lead_days: set[int]
) -> None:
    today = anchor_on - timedelta(days=ahead)
    rule = replace(MILESTONE_DUE, lead_days=tuple(lead_days))

    found = steps_owed(rule, anchored(anchor_on), DAYS, now=at(today), until=FAR)

    assert [each.due_on for each in found] == sorted({each.due_on for each in found})
    assert sum(each.due_on <= today for each in found) <= 1
    assert all(DAYS.is_working(each.due_on) for each in found)
    assert found[-1].lead_days == min(lead_days)


@pytest.mark.parametrize("lead_days", [0, 7])
def test_a_step_knows_its_raw_day(lead_days: int) -> None:
    rule = replace(MILESTONE_DUE, lead_days=(lead_days,))

    anchor = anchored(date(2026, 11, 30))
    [step] = steps_owed(rule, anchor, DAYS, now=at(date(2026, 11, 1)), until=FAR)

    assert step == Step(
        lead_days,
        date(2026, 11, 30) - timedelta(days=lead_days),
        date(2026, 11, 30) - timedelta(days=lead_days),
    )
