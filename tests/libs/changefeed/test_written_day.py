"""A day is read in one form; every other is told apart, and what it means is named."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changefeed.written_day import Unread, read_day

OTHER_FORMS = [
    "2021.11.16.",
    "2021.11.16",
    "2021. 11. 16.",
    "2021. 11. 16",
    "2021/11/16",
    "2021년 11월 16일",
    "2021년11월16일",
    "2021년 11월 16일 (화)",
    "2021.11.16.(화)",
    "'21.11.16",
    "’21. 11. 16.",
    "21.11.16",
    "21-11-16",
    "20211116",
    "211116",
    "2021-11-16 ",
    " 2021-11-16",
    "２０２１-１１-１６",
    "2021–11–16".replace("–", "-") + "T00:00:00",
    "2021-11-16 09:30",
    "2021-11-16T00:00:00Z",
    "16.11.2021",
    "11/16/2021",
    "16 November 2021",
    "16 Nov 2021",
    "16-Nov-2021",
    "Nov 16, 2021",
    "November 16th, 2021",
    "2021-W46-2",
    "44516",
    "44516.0",
]


@pytest.mark.parametrize("text", OTHER_FORMS)
def test_a_day_in_another_form_is_told_its_form(text: str) -> None:
    assert read_day(text) == Unread("form", ("2021-11-16",))


@pytest.mark.parametrize("text", ["2021-1-6", "2021.1.6", "2021년 1월 6일", "'21.1.6."])
def test_a_day_without_noughts_is_told_with_them(text: str) -> None:
    assert read_day(text) == Unread("form", ("2021-01-06",))


@pytest.mark.parametrize("text", ["98.5.3", "'98. 5. 3.", "980503"])
def test_a_short_year_late_in_the_century_is_of_the_last_one(text: str) -> None:
    assert read_day(text) == Unread("form", ("1998-05-03",))


@pytest.mark.parametrize("text", ["03/04/2021", "4.3.2021"])
def test_a_day_that_may_be_two_is_told_both(text: str) -> None:
    assert read_day(text) == Unread("order", ("2021-03-04", "2021-04-03"))


@pytest.mark.parametrize(
    "text",
    [
        "2014-05",
        "2014.5",
        "2014.5.",
        "2014. 05",
        "2014/05",
        "201405",
        "2014년 5월",
        "2014년5월경",
        "2014년 5월 말",
        "2014년 5월 중순",
        "2014",
        "2014년",
        "2014년경",
        "14년 5월",
        "'14.5월",
        "'14.5",
        "2014년 3분기",
        "2014 Q3",
        "2014년 상반기",
        "May 2014",
    ],
)
def test_a_month_or_a_year_lacks_its_day(text: str) -> None:
    assert read_day(text) == Unread("day_missing")


@pytest.mark.parametrize(
    "text",
    ["1976-06-31", "2021-02-29", "2021-13-01", "2021-00-10", "0000-01-01", "1976.6.31",
     "2021년 2월 30일", "20210230", "31 June 1976", "31.06.1976", "2021-W54-1"],
)  # fmt: skip
def test_what_is_not_in_the_calendar_is_told_so(text: str) -> None:
    assert read_day(text) == Unread("calendar")


@pytest.mark.parametrize("text", ["", "내일", "2021-11-16-1", "16", "tomorrow", "2021-11-16x", "…"])
def test_what_is_no_day_at_all_is_told_so(text: str) -> None:
    assert read_day(text) == Unread("unreadable")


@given(st.dates())
def test_every_day_is_read_in_its_form(day: date) -> None:
    assert read_day(day.isoformat()) == day


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)), st.sampled_from([".", "/", "년", " . "]))
def test_every_day_in_another_form_is_told_that_day(day: date, apart: str) -> None:
    text = f"{day.year}{apart}{day.month}{'월' if apart == '년' else apart}{day.day}"

    assert read_day(text) == Unread("form", (day.isoformat(),))


@given(st.text(max_size=40))
def test_whatever_is_written_is_answered(text: str) -> None:
    assert isinstance(read_day(text), date | Unread)


@given(st.dates(date(1960, 1, 1), date(2090, 1, 1)))
def test_a_number_of_a_spreadsheet_is_its_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)

    assert read_day(str(serial)) == Unread("form", (day.isoformat(),))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("24/05/22", "2024-05-22"),
        ("05/22/24", "2024-05-22"),
        ("5/22/24", "2024-05-22"),
        ("21/2/4", None),
    ],
)
def test_a_short_year_stands_first_or_last_where_one_of_them_alone_is_a_day(
    text: str, meant: str | None
) -> None:
    assert read_day(text) == Unread("form", (meant or "2021-02-04",))


def test_two_digits_thrice_may_be_two_days() -> None:
    assert read_day("05/06/24") == Unread("order", ("2005-06-24", "2024-05-06"))


def test_two_digits_thrice_that_are_no_day_either_way_are_not_in_the_calendar() -> None:
    assert read_day("13/32/24") == Unread("calendar")
