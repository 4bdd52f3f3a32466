"""A day known in part is kept as written; what its text says is worked out, and no more."""

from datetime import date

import pytest

from changefeed.subjects.parts import PartDay
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.part_day import part_day

MAY = (date(2014, 5, 1), date(2014, 5, 31))
YEAR = (date(2014, 1, 1), date(2014, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "2014.5",
        "2014.05.",
        "2014-05",
        "2014/5",
        "2014년 5월",
        "2014년5월",
        "'14.5월",
        "14년 5월",
        "201405",
    ],
)
def test_a_month_is_the_days_of_that_month(written: str) -> None:
    assert part_day(written) == PartDay(written, "month", *MAY)


@pytest.mark.parametrize("written", ["2014", "2014년", "2014.", "'14년", "14년", "’14"])
def test_a_year_is_the_days_of_that_year(written: str) -> None:
    assert part_day(written) == PartDay(written, "year", *YEAR)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2014년경", YEAR),
        ("2014년 쯤", YEAR),
        ("2014년 상반기", YEAR),
        ("2014년 3/4분기", YEAR),
        ("2014년 가을", YEAR),
        ("2014.5월경", MAY),
        ("2014년 5월 초", MAY),
        ("'14.5월말", MAY),
        ("미상", (None, None)),
        ("2014~2015", (None, None)),
        ("2014.13", (None, None)),
        ("민선 6기 초", (None, None)),
    ],
)
def test_what_is_said_loosely_stays_as_written(
    written: str, days: tuple[date | None, date | None]
) -> None:
    assert part_day(written) == PartDay(written, "none", *days)


def test_two_digits_mean_the_last_hundred_years() -> None:
    assert part_day("'98년").from_on == date(1998, 1, 1)
    assert part_day("'21.11월").to_on == date(2021, 11, 30)


@pytest.mark.parametrize("written", ["2014-05-03", "2014.5.3.", "2014년 5월 3일", "20140503"])
def test_a_whole_day_has_its_own_place(written: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        part_day(written)

    assert (caught.value.code, caught.value.facts["meant"]) == ("day.whole", "2014-05-03")


def test_what_is_no_day_of_the_calendar_is_no_part_of_one_either() -> None:
    with pytest.raises(RuleBroken) as caught:
        part_day("1976-06-31")

    assert caught.value.code == "day.not_in_calendar"
