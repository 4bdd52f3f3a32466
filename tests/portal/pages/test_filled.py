"""What was typed is read as it is meant, and each fault is noted at its field."""

from datetime import date, datetime, time

import pytest
from werkzeug.datastructures import MultiDict

from changefeed.subjects.parts import Words
from ieum_portal.pages.changing.filled import Filled


@pytest.mark.parametrize(
    "typed",
    [
        "2027-01-06T09:00",
        "2027-01-06 09:00",
        "2027-01-06T09:00:00",
        "2027-01-06T09:00:00.000",
        " 2027-01-06T09:00 ",
    ],
)
def test_a_civil_time_is_read_however_a_browser_sends_it(typed: str) -> None:
    filled = Filled(MultiDict({"at": typed}))

    assert filled.civil("at") == datetime(2027, 1, 6, 9, 0)  # noqa: DTZ001  A civil time.
    assert filled.faults == {}


@pytest.mark.parametrize(
    "typed",
    [
        "2027-01-06",
        "09:00",
        "2027-02-30T09:00",
        "2027-01-06T24:30",
        "2027-01-06T09:00Z",
        "2027-01-06T09:00+09:00",
        "2027-01-06T09:00:30",
        "２０２７-01-06T09:00",
        "내일",
    ],
)
def test_what_is_no_civil_time_is_a_fault(typed: str) -> None:
    filled = Filled(MultiDict({"at": typed}))

    assert filled.civil("at", required=True) is None
    assert filled.faults == {"at": "no_civil"}


@pytest.mark.parametrize(
    ("typed", "read", "fault"),
    [
        ("17:30", time(17, 30), None),
        ("17:30:00", time(17, 30), None),
        ("00:00", time(0, 0), None),
        ("", None, None),
        ("9:30", None, "no_clock"),
        ("25:00", None, "no_clock"),
        ("17:30:30", None, "no_clock"),
        ("오후 5시", None, "no_clock"),
    ],
)
def test_a_time_of_day_is_read_to_the_minute(
    typed: str, read: time | None, fault: str | None
) -> None:
    filled = Filled(MultiDict({"at": typed}))

    assert filled.clock("at") == read
    assert filled.faults.get("at") == fault


@pytest.mark.parametrize(
    ("ko", "en", "read", "faults"),
    [
        ("서울", "", Words("서울"), {}),
        ("서울", "Seoul", Words("서울", "Seoul"), {}),
        ("", "", None, {}),
        ("", "Seoul", None, {"city_ko": "empty"}),
        ("서" * 201, "", Words("서" * 201), {"city_ko": "too_long"}),
    ],
)
def test_a_text_in_two_languages_has_its_korean(
    ko: str, en: str, read: Words | None, faults: dict[str, str]
) -> None:
    filled = Filled(MultiDict({"city_ko": ko, "city_en": en}))

    assert filled.words("city") == read
    assert filled.faults == faults


def test_blanks_are_faults_only_where_something_is_needed() -> None:
    filled = Filled(MultiDict())

    assert filled.civil("at") is None
    assert filled.words("city") is None
    assert filled.day("on") is None
    assert filled.faults == {}
    assert filled.civil("at", required=True) is None
    assert filled.words("city", required=True) is None
    assert filled.faults == {"at": "empty", "city_ko": "empty"}


def test_a_day_is_a_day() -> None:
    assert Filled(MultiDict({"on": "2027-01-06"})).day("on") == date(2027, 1, 6)
