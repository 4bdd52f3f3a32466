"""Civil time: one wall clock, one instant, and both times in words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from ieum_notify.domain.civil import (
    both_times,
    civil,
    end_of_day,
    instant,
    last_minute,
    zone,
)
from ieum_notify.domain.facts import FactsUnreadable


def when(name: str, moment: str) -> datetime:
    return civil({"at": moment}, "at", ZoneInfo(name))


@pytest.mark.parametrize(
    ("name", "moment", "expected"),
    [
        ("America/Los_Angeles", "2027-03-13T09:00", "2027-03-13T17:00"),
        ("America/Los_Angeles", "2027-03-14T09:00", "2027-03-14T16:00"),
        ("America/Los_Angeles", "2026-11-01T01:30", "2026-11-01T08:30"),  # Twice: the first.
        ("America/Los_Angeles", "2027-03-14T02:30", "2027-03-14T10:30"),  # Skipped: as before it.
        ("Europe/Berlin", "2027-03-28T09:00", "2027-03-28T07:00"),
        ("Pacific/Kiritimati", "2027-01-06T09:00", "2027-01-05T19:00"),
        ("Pacific/Apia", "2027-01-06T09:00", "2027-01-05T20:00"),
        ("Asia/Seoul", "2027-01-06T09:00", "2027-01-06T00:00"),
    ],
)
def test_a_wall_clock_is_one_instant(name: str, moment: str, expected: str) -> None:
    assert instant(when(name, moment)) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("America/Los_Angeles", date(2027, 3, 13), "2027-03-14T08:00"),
        ("America/Los_Angeles", date(2027, 3, 14), "2027-03-15T07:00"),
        ("Pacific/Apia", date(2027, 1, 6), "2027-01-06T11:00"),
        ("Africa/Cairo", date(2027, 4, 29), "2027-04-29T22:00"),  # Its midnight is skipped.
    ],
)
def test_a_day_ends_with_its_own_midnight(name: str, day: date, expected: str) -> None:
    found = instant(end_of_day(day, ZoneInfo(name)))

    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_both_times_have_their_weekday_and_offset() -> None:
    found = both_times(when("America/Los_Angeles", "2027-01-06T18:30"))

    assert found.korea is not None
    assert found.there.ko == "2027. 1. 6.(수) 18:30 (UTC−8)"
    assert found.korea.ko == "2027. 1. 7.(목) 11:30 (UTC+9)"
    assert found.in_one_line().en == (
        "Wed 6 January 2027 18:30 (UTC−8) there / Thu 7 January 2027 11:30 (UTC+9) in Korea"
    )


@pytest.mark.parametrize(
    ("name", "offset"),
    [
        ("Asia/Kolkata", "UTC+5:30"),
        ("America/St_Johns", "UTC−3:30"),
        ("Pacific/Kiritimati", "UTC+14"),
        ("Europe/London", "UTC+0"),
    ],
)
def test_an_offset_is_whole_hours_or_has_its_minutes(name: str, offset: str) -> None:
    assert both_times(when(name, "2027-01-06T09:00")).there.en.endswith(f"({offset})")


def test_a_time_in_seoul_is_said_once() -> None:
    assert both_times(when("Asia/Seoul", "2027-01-06T09:00")).korea is None


def test_the_end_of_a_day_is_written_as_its_last_minute() -> None:
    found = both_times(last_minute(date(2026, 12, 20), ZoneInfo("America/Los_Angeles")))

    assert found.there.ko == "2026. 12. 20.(일) 23:59 (UTC−8)"
    assert found.korea is not None
    assert found.korea.ko == "2026. 12. 21.(월) 16:59 (UTC+9)"


@pytest.mark.parametrize("name", ["Mars/Base", "../Asia/Seoul", "America", "", "/etc/localtime"])
def test_what_is_no_zone_is_said_to_be_none(name: str) -> None:
    with pytest.raises(FactsUnreadable, match="zone is no time zone"):
        zone({"zone": name}, "zone")


@pytest.mark.parametrize("moment", ["tomorrow", "2027-01-06T09:00+09:00", "2027-13-01T09:00"])
def test_what_is_no_civil_time_is_said_to_be_none(moment: str) -> None:
    with pytest.raises(FactsUnreadable, match="at is no"):
        when("Asia/Seoul", moment)
