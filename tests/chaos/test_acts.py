"""What a run registers owes its letters at once, at whatever hour and before whatever holidays."""

from datetime import date, timedelta

import pytest

from tests.chaos.acts import (
    EVENT_DAYS,
    EVENT_STEPS,
    MILESTONE_DAYS,
    MILESTONE_STEPS,
    owing_at_once,
)
from workdays.calendar import WorkingDays

DAYS = WorkingDays()
MONDAY = date(2026, 11, 30)


def test_days_whose_step_is_today_or_tomorrow_are_not_chosen() -> None:
    chosen = owing_at_once(MONDAY, range(1, 10), (30, 7, 1), DAYS)

    assert chosen == [3, 4, 5, 6, 9]


def test_a_step_that_a_weekend_moves_to_today_counts_as_of_today() -> None:
    friday = MONDAY - timedelta(days=3)

    assert owing_at_once(friday, range(1, 12), (7, 1), DAYS) == [4, 5, 6, 10, 11]


@pytest.mark.parametrize(
    ("ahead", "steps"),
    [(EVENT_DAYS, EVENT_STEPS), (MILESTONE_DAYS, MILESTONE_STEPS)],
    ids=["events", "milestones"],
)
def test_some_days_are_left_on_every_day_of_three_years(ahead: range, steps: tuple[int]) -> None:
    days = [MONDAY + timedelta(days=number) for number in range(3 * 365)]

    counts = [len(owing_at_once(day, ahead, steps, DAYS)) for day in days]

    assert min(counts) >= 2
