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
        "2027.1.6. 9:00",
        "2027년 1월 6일 09:00",
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
        "2027-01-06T24:30",
        "2027-01-06T09:00Z",
        "2027-01-06T09:00+09:00",
        "2027-01-06T09:00:30",
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
        ("9:30", time(9, 30), None),
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


@pytest.mark.parametrize(
    "typed",
    [
        "2021-11-16",
        "2021.11.16.",
        "2021. 11. 16.",
        "2021.11.16(화)",
        "21.11.16",
        "'21.11.16",
        "2021년 11월 16일",
        "20211116",
        "2021/11/16",
        "\xa02021-11-16\u3000",
        "\ufeff2021-11-16\u200b",
    ],
)
def test_a_day_is_read_however_people_write_it(typed: str) -> None:
    filled = Filled(MultiDict({"on": typed}))

    assert filled.day("on") == date(2021, 11, 16)
    assert filled.faults == {}


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("2021-02-30", "no_such_day"),
        ("2021.2.30.", "no_such_day"),
        ("2021.13.1", "no_such_day"),
        ("2021년 11월", "day_missing"),
        ("2021", "day_missing"),
        ("03/04/2021", "day_order"),
        ("언젠가", "no_day"),
        ("0001-01-01", "no_day"),
        ("2201-01-01", "no_day"),
    ],
)
def test_a_text_that_means_no_one_day_is_told_why(typed: str, fault: str) -> None:
    filled = Filled(MultiDict({"on": typed}))

    assert filled.day("on") is None
    assert filled.faults == {"on": fault}


def test_a_time_on_a_day_that_cannot_be_is_told_so() -> None:
    filled = Filled(MultiDict({"at": "2027-02-30T09:00"}))

    assert filled.civil("at") is None
    assert filled.faults == {"at": "no_such_day"}


@pytest.mark.parametrize("typed", ["124-81-00998", "124 81 00998", "1248100998", "124–81–00998 "])
def test_digits_are_read_without_what_people_put_among_them(typed: str) -> None:
    assert Filled(MultiDict({"n": typed})).number("n") == "1248100998"


def test_blanks_around_a_text_are_not_of_it() -> None:
    filled = Filled(MultiDict({"name": "\xa0천안시\u200b \u3000", "none": "\xa0\ufeff"}))

    assert filled.line("name") == "천안시"
    assert filled.line("none") is None


@pytest.mark.parametrize(
    ("typed", "is_https", "fault"),
    [
        ("https://narae.example/a?b#c", True, None),
        ("http://narae.example", False, None),
        ("http://narae.example", True, "no_link"),
        ("ftp://narae.example", False, "no_web"),
        ("narae", True, "no_link"),
        ("javascript:alert(1)", False, "no_web"),
    ],
)
def test_an_address_is_one_of_the_web(typed: str, fault: str | None, *, is_https: bool) -> None:
    filled = Filled(MultiDict({"link": typed}))

    assert filled.link("link", is_https=is_https) == typed
    assert filled.faults.get("link") == fault
