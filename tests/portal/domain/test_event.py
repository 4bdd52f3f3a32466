"""One instant on two clocks, and the deadline that comes next."""

from datetime import date, datetime

import pytest

from ieum_portal.domain.event import Clocks, Deadline, EventStanding, EventState


def clocks(civil: str, utc: str, seoul: str = "2027-01-06T09:00") -> Clocks:
    there, here = datetime.fromisoformat(civil), datetime.fromisoformat(seoul)
    return Clocks(there, "Somewhere", here, datetime.fromisoformat(utc))


@pytest.mark.parametrize(
    ("civil", "utc", "offset"),
    [
        ("2027-01-06T09:00", "2027-01-06T17:00Z", "UTC-8"),
        ("2027-07-06T09:00", "2027-07-06T16:00Z", "UTC-7"),
        ("2027-01-06T09:00", "2027-01-06T03:30Z", "UTC+5:30"),
        ("2027-01-06T09:00", "2027-01-06T09:00Z", "UTC+0"),
        ("2027-01-01T08:00", "2026-12-31T18:00Z", "UTC+14"),
        ("2027-01-06T05:30", "2027-01-06T09:00Z", "UTC-3:30"),
    ],
)
def test_the_offset_is_that_of_the_instant(civil: str, utc: str, offset: str) -> None:
    assert clocks(civil, utc).offset == offset


def test_clocks_that_show_the_same_say_so() -> None:
    assert clocks("2027-01-06T09:00", "2027-01-06T00:00Z").is_the_same
    assert not clocks("2027-01-06T01:00", "2027-01-06T00:00Z").is_the_same


def standing(state: EventState, *days_left: int) -> EventStanding:
    begin = clocks("2027-01-06T09:00", "2027-01-06T00:00Z")
    deadlines = tuple(
        Deadline(str(each), date(2026, 12, 1), None, begin.seoul, each, each < 0)
        for each in days_left
    )
    return EventStanding(state, None, begin, begin, deadlines)


def test_the_next_deadline_is_the_nearest_that_has_not_passed() -> None:
    found = standing("upcoming", 30, -1, 0, 5).next_deadline

    assert found is not None
    assert found.kind == "0"
    assert standing("upcoming", -3).next_deadline is None


def test_a_deadline_whose_hour_has_struck_is_not_the_next() -> None:
    begin = clocks("2027-01-06T09:00", "2027-01-06T00:00Z")
    struck = Deadline("booth", date(2026, 12, 1), None, begin.seoul, 0, passed=True)

    found = EventStanding("upcoming", None, begin, begin, (struck,)).next_deadline

    assert found is None


@pytest.mark.parametrize("state", ["past", "cancelled"])
def test_what_is_over_or_called_off_has_no_deadline_ahead(state: EventState) -> None:
    assert standing(state, 5).next_deadline is None
