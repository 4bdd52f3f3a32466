"""Working days in Korea: weekends, public holidays with their substitutes, 1 May, decreed days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workdays.calendar import WorkingDays

DAYS = WorkingDays()

SUBSTITUTES_2026 = ["03-02", "05-25", "08-17", "10-05"]
RESTORED_OR_DECREED_2026 = ["05-01", "06-03", "07-17"]
SUBSTITUTES_2027 = ["02-09", "05-03", "07-19", "08-16", "10-04", "10-11", "12-27"]


@pytest.mark.parametrize(
    "day",
    [f"2026-{day}" for day in SUBSTITUTES_2026 + RESTORED_OR_DECREED_2026]
    + [f"2027-{day}" for day in SUBSTITUTES_2027]
    + ["2025-01-27", "2025-06-03", "2025-10-08"],
)
def test_a_holiday_on_a_weekday_is_no_working_day(day: str) -> None:
    found = date.fromisoformat(day)

    assert found.weekday() < 5
    assert not DAYS.is_working(found)
    assert DAYS.why(found, "ko")


@pytest.mark.parametrize(
    "day",
    [
        "2027-06-07",  # Memorial Day on a Sunday has no substitute.
        "2026-09-28",  # Chuseok's Saturday has none either: only Sundays count.
        "2026-11-23",
        "2026-07-16",
    ],
)
def test_a_day_that_only_looks_like_a_substitute_is_a_working_day(day: str) -> None:
    found = date.fromisoformat(day)

    assert DAYS.is_working(found)
    assert DAYS.why(found, "en") is None


@pytest.mark.parametrize("year", [2021, 2025, 2026, 2030])
def test_the_first_of_may_is_a_day_off_in_every_year(year: int) -> None:
    assert not DAYS.is_working(date(year, 5, 1))


def test_a_day_moves_back_over_a_holiday_and_the_weekend_before_it() -> None:
    assert DAYS.at_or_before(date(2027, 8, 16)) == date(2027, 8, 13)
    assert DAYS.at_or_before(date(2026, 9, 27)) == date(2026, 9, 23)


def test_a_day_moves_forward_over_a_holiday() -> None:
    assert DAYS.at_or_after(date(2027, 2, 6)) == date(2027, 2, 10)


def test_a_working_day_stays_where_it_is() -> None:
    assert DAYS.at_or_before(date(2026, 11, 23)) == date(2026, 11, 23)
    assert DAYS.at_or_after(date(2026, 11, 23)) == date(2026, 11, 23)


def test_a_decreed_day_wins_over_the_rule_both_ways() -> None:
    off, on = date(2026, 11, 20), date(2026, 11, 21)
    days = WorkingDays(
        {off: False, on: True}, {off: {"ko": "임시공휴일", "en": "Temporary public holiday"}}
    )

    assert not days.is_working(off)
    assert days.why(off, "ko") == "임시공휴일"
    assert days.at_or_before(off) == date(2026, 11, 19)
    assert days.is_working(on)
    assert days.why(on, "en") == "a working day by decree"


@pytest.mark.parametrize(
    ("day", "ko", "en"),
    [
        (date(2026, 11, 21), "토요일", "Saturday"),
        (date(2026, 9, 25), "추석", "Chuseok"),
        (date(2025, 5, 1), "근로자의 날", "Labour Day"),
        (date(2027, 8, 16), "광복절 대체 휴일", "Alternative holiday for Liberation Day"),
    ],
)
def test_the_reason_is_given_in_both_languages(day: date, ko: str, en: str) -> None:
    assert (DAYS.why(day, "ko"), DAYS.why(day, "en")) == (ko, en)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_moving_ends_on_a_working_day_and_skips_none(day: date) -> None:
    back, forward = DAYS.at_or_before(day), DAYS.at_or_after(day)

    assert back <= day <= forward
    assert DAYS.is_working(back)
    assert DAYS.is_working(forward)
    skipped = [back + timedelta(days=n) for n in range(1, (forward - back).days)]
    assert not any(DAYS.is_working(each) for each in skipped if each != day)
