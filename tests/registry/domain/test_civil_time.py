"""Clocks on walls all over the world, and the instants that they mean."""

from datetime import UTC, datetime

import pytest

from ieum_registry.domain.civil_time import (
    exists,
    instant_of,
    is_zone,
    read_civil,
    read_clock,
    zones_near,
)


def civil(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("zone", "text", "utc"),
    [
        ("Asia/Seoul", "2027-01-06T09:00", "2027-01-06T00:00"),
        ("America/Los_Angeles", "2027-03-13T09:00", "2027-03-13T17:00"),
        ("America/Los_Angeles", "2027-03-15T09:00", "2027-03-15T16:00"),
        ("Europe/Berlin", "2027-03-28T03:00", "2027-03-28T01:00"),
        ("Pacific/Kiritimati", "2027-01-06T09:00", "2027-01-05T19:00"),
        ("Pacific/Apia", "2027-01-06T09:00", "2027-01-05T20:00"),
        ("Asia/Kathmandu", "2027-01-06T09:00", "2027-01-06T03:15"),
    ],
)
def test_a_civil_time_is_one_instant(zone: str, text: str, utc: str) -> None:
    assert instant_of(civil(text), zone) == civil(utc).replace(tzinfo=UTC)


def test_a_time_that_comes_twice_means_the_first() -> None:
    found = instant_of(civil("2026-11-01T01:30"), "America/Los_Angeles")

    assert found == civil("2026-11-01T08:30").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "text", "is_there"),
    [
        ("America/Los_Angeles", "2027-03-14T01:59", True),
        ("America/Los_Angeles", "2027-03-14T02:00", False),
        ("America/Los_Angeles", "2027-03-14T02:59", False),
        ("America/Los_Angeles", "2027-03-14T03:00", True),
        ("America/Los_Angeles", "2026-11-01T01:30", True),
        ("Europe/Berlin", "2027-03-28T02:30", False),
        ("Pacific/Apia", "2011-12-30T12:00", False),
        ("Asia/Seoul", "2027-03-14T02:30", True),
    ],
)
def test_a_skipped_time_never_is(zone: str, text: str, *, is_there: bool) -> None:
    assert exists(civil(text), zone) is is_there


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2027-01-06",
        "2027-01-06T9:00",
        "2027-01-06 09:00",
        "2027-01-06T09:00Z",
        "2027-02-30T09:00",
        "2027-01-06T24:00",
        "2027-01-06T09:00:00",
        "2027-01-06T09:00+09:00",
        "2027-01-06T09:00\n",
        "٢٠٢٧-01-06T09:00",
    ],
)
def test_only_a_plain_minute_is_a_civil_time(text: str) -> None:
    assert read_civil(text) is None


@pytest.mark.parametrize("text", ["24:00", "9:00", "09:60", "09:00:00", "0900", "", "٠٩:00"])
def test_only_a_plain_minute_is_a_time_of_day(text: str) -> None:
    assert read_clock(text) is None


@pytest.mark.parametrize("name", ["Mars/Base", "america/los_angeles", "KST", "", "../../etc", "+9"])
def test_a_zone_is_a_name_of_the_database(name: str) -> None:
    assert not is_zone(name)


def test_a_misspelt_zone_is_met_with_names_near_it() -> None:
    assert "America/Los_Angeles" in zones_near("US/Los Angeles")
    assert "Asia/Seoul" in zones_near("Asia/Seol")
    assert zones_near("zzzzzzzz") == ()
