"""One instant on two clocks, and the deadline that comes next."""

from datetime import date, datetime, time
from uuid import UUID

import pytest

from changefeed.subjects.event import Event
from changefeed.subjects.parts import Words
from ieum_portal.domain.event import coming_of, in_order
from registryclient.answers import BothClocks, DeadlineStanding, EventStanding, EventState


def clocks(civil: str, utc: str, seoul: str = "2027-01-06T09:00") -> BothClocks:
    there, here = datetime.fromisoformat(civil), datetime.fromisoformat(seoul)
    return BothClocks(there, "Somewhere", here, datetime.fromisoformat(utc))


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
        DeadlineStanding(str(each), date(2026, 12, 1), None, begin.seoul, each, each < 0)
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
    struck = DeadlineStanding("booth", date(2026, 12, 1), None, begin.seoul, 0, passed=True)

    found = EventStanding("upcoming", None, begin, begin, (struck,)).next_deadline

    assert found is None


@pytest.mark.parametrize("state", ["past", "cancelled"])
def test_what_is_over_or_called_off_has_no_deadline_ahead(state: EventState) -> None:
    assert standing(state, 5).next_deadline is None


def an_event(title: str = "박람회") -> Event:
    starts = datetime(2027, 1, 6, 9)  # noqa: DTZ001  A civil time.
    return Event(
        UUID(int=1),
        Words(title),
        "expo",
        "Somewhere",
        starts,
        starts,
        "US",
        Words("도시"),
    )


def stands(state: EventState, left: int | None, *deadlines: DeadlineStanding) -> EventStanding:
    begin = clocks("2027-01-06T09:00", "2027-01-06T17:00Z", "2027-01-07T02:00")
    end = clocks("2027-01-09T17:30", "2027-01-10T01:30Z", "2027-01-10T10:30")
    return EventStanding(state, left, begin, end, deadlines)


def a_deadline(left: int, *, passed: bool = False, hour: int = 9) -> DeadlineStanding:
    seoul = datetime(2026, 12, 1, hour)  # noqa: DTZ001  What a clock shows.
    return DeadlineStanding("booth", date(2026, 12, 1), time(hour), seoul, left, passed)


@pytest.mark.parametrize(
    ("standing", "found"),
    [
        (stands("upcoming", 30), [("starts", 30)]),
        (stands("upcoming", 31), []),
        (stands("under_way", None), [("under_way", 0)]),
        (stands("past", None, a_deadline(5)), []),
        (stands("cancelled", None, a_deadline(5)), []),
        (stands("upcoming", 90, a_deadline(30)), [("deadline", 30)]),
        (stands("upcoming", 90, a_deadline(31)), []),
        (stands("upcoming", 1, a_deadline(0)), [("deadline", 0), ("starts", 1)]),
        (stands("upcoming", 1, a_deadline(0, passed=True)), [("starts", 1)]),
    ],
)
def test_what_comes_within_thirty_days_is_told(
    standing: EventStanding, found: list[tuple[str, int]]
) -> None:
    coming = coming_of(an_event(), standing, 30)

    assert [(each.what, each.days_left) for each in coming] == found


def test_what_is_under_way_comes_first_then_by_days_then_by_the_hour_in_seoul() -> None:
    soon = coming_of(an_event("가"), stands("upcoming", 0, a_deadline(0, hour=15)), 30)
    now = coming_of(an_event("나"), stands("under_way", None, a_deadline(0, hour=10)), 30)

    told = [(each.event.title.ko, each.what) for each in in_order([*soon, *now])]

    assert told == [("나", "under_way"), ("나", "deadline"), ("가", "deadline"), ("가", "starts")]
    assert now[1].seoul == datetime(2027, 1, 10, 10, 30)  # noqa: DTZ001  Until it ends.
