"""A cell's day is read in all forms that people write; what is not certain is a doubt."""

from datetime import date, datetime, time

import pytest

from sheetreader.cells import Value
from sheetreader.days import DayRead, of_year, read_day_cell, read_written, year_said


@pytest.mark.parametrize(
    "text",
    [
        "2024-04-15",
        "2024.4.15",
        "2024. 4. 15.(월)",
        "2024. 4. 15. (월요일)",
        "2024년 4월 15일",
        "2024年 4月 15日",
        "'24.4.15.",
        "24.4.15",
        "24/4/15",
        "2024/04/15",
        "20240415",
        "240415",
        "2024.4.15. 14:00",
        "2024.4.15. 체결",
        "체결일: 2024.4.15.",
        "15-Apr-24",
        "April 15, 2024",
    ],
)
def test_a_day_is_read_in_every_form(text: str) -> None:
    assert read_written(text) == DayRead(on=date(2024, 4, 15))


@pytest.mark.parametrize(
    ("text", "code", "remark"),
    [
        ("2024. 4. 15.(현지)", "day.remark", "현지"),
        ("2024.4.15.(2026.4.15. 갱신)", "day.remark", "2026.4.15. 갱신"),
        ("04/15/24", "day.month_first", ""),
        ("45397", "day.serial", ""),
    ],
)
def test_a_day_that_is_taken_with_a_word_says_why(text: str, code: str, remark: str) -> None:
    found = read_written(text)

    assert (found.on, found.code, found.remark) == (date(2024, 4, 15), code, remark)


@pytest.mark.parametrize(
    ("text", "precision", "first"),
    [
        ("2024년 9월", "month", date(2024, 9, 1)),
        ("'21.11월", "month", date(2021, 11, 1)),
        ("2020. 3월", "month", date(2020, 3, 1)),
        ("2013.3.", "month", date(2013, 3, 1)),
        ("2014년", "year", date(2014, 1, 1)),
        ("2019년경", "none", date(2019, 1, 1)),
        ("2019년(추정)", "none", date(2019, 1, 1)),
        ("2024년 제3분기", "none", date(2024, 1, 1)),
        ("체결일 미상", "none", None),
    ],
)
def test_what_is_known_in_part_stays_as_written(
    text: str, precision: str, first: date | None
) -> None:
    part = read_written(text).part

    assert part is not None
    assert (part.written, part.precision, part.from_on) == (text, precision, first)


@pytest.mark.parametrize(
    ("text", "code", "choices"),
    [
        ("05/06/24", "day.order", ("2005-06-24", "2024-05-06")),
        ("2021.2.30", "day.calendar", ()),
        ("2021.2.4 / 2022.3.5", "day.several", ("2021-02-04", "2022-03-05")),
        ("2021.2.4 ~ 2024.2.3", "day.several", ("2021-02-04", "2024-02-03")),
        ("2204.5.1", "day.far", ("2204-05-01",)),
        ("2024.4.15.경", "day.unreadable", ("2024-04-15",)),
        ("5.27.", "day.unreadable", ()),
        ("민선7기", "day.unreadable", ()),
    ],
)
def test_what_is_not_certain_is_never_taken(text: str, code: str, choices: tuple[str, ...]) -> None:
    assert read_written(text) == DayRead(code=code, choices=choices)


@pytest.mark.parametrize("text", ["2025 하반기 예정", "2024. 6월 예정", "협의중", "미체결"])
def test_a_plan_is_no_day(text: str) -> None:
    assert read_written(text).is_plan


@pytest.mark.parametrize("text", ["", "-", "해당없음", "~"])
def test_a_cell_filled_only_to_be_filled_says_nothing(text: str) -> None:
    assert read_written(text).is_nothing


@pytest.mark.parametrize(
    ("value", "shown", "told"),
    [
        (date(2024, 8, 27), "", date(2024, 8, 27)),
        (datetime.combine(date(2024, 8, 27), time(9, 30)), "", date(2024, 8, 27)),
        (45531.0, "", date(2024, 8, 27)),
        (20240827.0, "", date(2024, 8, 27)),
        (date(2024, 8, 1), 'yyyy"년" m"월"', "2024년 8월"),
        (date(2024, 1, 1), "yyyy", "2024년"),
        (2014.5, "", "2014.5"),
        (2014.0, "", "2014"),
        (2014.1, "", "day.order"),
        (time(9, 0), "", "day.unreadable"),
        (True, "", "day.unreadable"),
        (7.0, "", "day.unreadable"),
    ],
)
def test_a_cell_of_another_type_is_read_by_what_it_shows(
    value: Value, shown: str, told: date | str
) -> None:
    found = read_day_cell(value, shown)

    assert (found.on or (found.part and found.part.written) or found.code) == told


def test_a_year_that_stands_elsewhere_completes_a_month_and_a_day() -> None:
    assert of_year("5.27.(월)", 2024) == date(2024, 5, 27)
    assert of_year("2월 30일", 2024) is None
    assert [
        year_said(each) for each in ("2023년", "'23년도 체결", 2023.0, "Ⅱ. 2022년", "총무과")
    ] == [
        2023,
        2023,
        2023,
        2022,
        None,
    ]
    assert year_said("2023년 이전") is None
