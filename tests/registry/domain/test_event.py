"""An event keeps to the clock of its place, and tells how often it was moved."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from changefeed.mapping import from_facts, to_facts
from changefeed.subjects.event import Deadline
from changefeed.subjects.parts import Words
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.event import Event
from ieum_registry.domain.event_standing import event_standing, event_state
from tests.registry.makers import GIST, NAVER, event

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


def civil(text: str) -> datetime:
    return datetime.fromisoformat(text)


def in_los_angeles(text: str) -> datetime:
    return civil(text).replace(tzinfo=ZoneInfo("America/Los_Angeles"))


def refusal(**more: Any) -> RuleBroken:  # noqa: ANN401  Fields of an event.
    with pytest.raises(RuleBroken) as caught:
        event(**more).must_be_possible()
    return caught.value


def test_who_takes_part_is_kept_in_one_order() -> None:
    found = event(partner_ids=(GIST, NAVER, GIST))

    assert found.partner_ids == (NAVER, GIST)
    assert found == event(partner_ids=(NAVER, GIST))


def test_deadlines_are_kept_in_one_order() -> None:
    booth, registration = Deadline("booth", TODAY), Deadline("registration", TODAY)

    assert event(deadlines=(booth, registration)).deadlines == (registration, booth)


def test_a_deadline_of_a_kind_stands_once() -> None:
    broken = refusal(deadlines=(Deadline("booth", TODAY), Deadline("booth", date(2026, 12, 1))))

    assert (broken.code, broken.pointer) == ("event.deadline_twice", "/deadlines/1/kind")


def test_it_is_not_cancelled_on_a_day_out_of_reach() -> None:
    with pytest.raises(RuleBroken) as caught:
        event().cancelled(date(1, 1, 1), TODAY)

    assert (caught.value.code, caught.value.pointer) == ("event.year", "/cancelled_on")


@pytest.mark.parametrize(
    ("more", "code", "pointer"),
    [
        ({"zone": "US/Los Angeles"}, "event.zone_unknown", "/zone"),
        ({"country": "XX"}, "event.country_unknown", "/country"),
        ({"country": "us"}, "event.country_unknown", "/country"),
        ({"ends_at": civil("2027-01-06T09:00")}, "event.ends_first", "/ends_at"),
        ({"ends_at": civil("2027-01-05T18:00")}, "event.ends_first", "/ends_at"),
        ({"ends_at": civil("2028-01-07T09:01")}, "event.too_long", "/ends_at"),
        ({"ends_at": civil("9999-12-31T23:59")}, "event.year", "/ends_at"),
        ({"starts_at": civil("0001-01-01T00:00")}, "event.year", "/starts_at"),
        ({"deadlines": (Deadline("booth", date(1, 1, 1)),)}, "event.year", "/deadlines/0/on"),
    ],
)
def test_an_event_that_cannot_be_is_refused(more: dict[str, Any], code: str, pointer: str) -> None:
    broken = refusal(**more)

    assert (broken.code, broken.pointer) == (code, pointer)


def test_a_skipped_hour_is_no_start() -> None:
    broken = refusal(starts_at=civil("2027-03-14T02:30"), ends_at=civil("2027-03-15T18:00"))

    assert (broken.code, broken.pointer) == ("event.no_such_time", "/starts_at")


def test_a_skipped_hour_is_no_deadline() -> None:
    broken = refusal(
        starts_at=civil("2027-03-15T09:00"),
        ends_at=civil("2027-03-15T18:00"),
        deadlines=(Deadline("papers", date(2027, 3, 14), time(2, 30)),),
    )

    assert (broken.code, broken.pointer) == ("event.no_such_time", "/deadlines/0/at")


def test_an_hour_that_passes_while_clocks_go_back_counts() -> None:
    """From 01:30, the first of two, to 01:45 it is a quarter; from 01:30 to 01:15 it is not."""
    night = {"starts_at": civil("2026-11-01T01:30")}

    event(**night, ends_at=civil("2026-11-01T01:45")).must_be_possible()
    assert refusal(**night, ends_at=civil("2026-11-01T01:15")).code == "event.ends_first"


@pytest.mark.parametrize(
    ("deadline", "is_late"),
    [
        (Deadline("booth", date(2027, 1, 9)), False),
        (Deadline("booth", date(2027, 1, 9), time(18)), False),
        (Deadline("booth", date(2027, 1, 9), time(18, 1)), True),
        (Deadline("booth", date(2027, 1, 10)), True),
    ],
)
def test_a_deadline_falls_within_the_event_at_the_latest(
    deadline: Deadline, *, is_late: bool
) -> None:
    found = event(deadlines=(deadline,))

    if is_late:
        assert refusal(deadlines=(deadline,)).code == "event.deadline_after_end"
    else:
        found.must_be_possible()
        assert found.deadlines == (deadline,)


@pytest.mark.parametrize(
    "change",
    [
        {"zone": "America/Denver"},
        {"starts_at": civil("2027-01-06T10:00")},
        {"ends_at": civil("2027-01-10T18:00")},
        {"country": "CA"},
        {"city": Words("밴쿠버", "Vancouver")},
        {"venue": Words("전시장", "Hall")},
    ],
)
def test_a_move_is_a_revision(change: dict[str, Any]) -> None:
    before = event(revision=3)

    found = replace(before, **change).moved_from(before, TODAY)

    assert (found.revision, found.revised_on) == (4, TODAY)


@pytest.mark.parametrize(
    "deadlines",
    [
        (),
        (Deadline("booth", date(2026, 12, 19)),),
        (Deadline("booth", date(2026, 12, 18), time(9, 0)),),
        (Deadline("papers", date(2026, 12, 18)),),
        (Deadline("booth", date(2026, 12, 18)), Deadline("papers", date(2026, 12, 18))),
    ],
)
def test_a_deadline_moved_dropped_or_added_is_a_revision(deadlines: tuple[Deadline, ...]) -> None:
    before = event(deadlines=(Deadline("booth", date(2026, 12, 18)),))

    found = replace(before, deadlines=deadlines).moved_from(before, TODAY)

    assert (found.revision, found.revised_on) == (1, TODAY)
    assert found.revised_from == {"deadlines": [{"kind": "booth", "on": "2026-12-18", "at": None}]}


def test_a_revision_keeps_what_it_was_before_and_that_alone() -> None:
    first = event(revision=2, revised_from={"country": "CA"})

    moved = replace(
        first, starts_at=civil("2027-01-06T10:00"), city=Words("라스베이거스", "Vegas")
    ).moved_from(first, TODAY)
    renamed = replace(moved, title=Words("새 이름")).moved_from(moved, TODAY)

    assert moved.revised_from == {"starts_at": "2027-01-06T09:00"}
    assert renamed.revised_from == moved.revised_from
    assert moved.cancelled(TODAY, TODAY).revised_from is None


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"title": Words("새 이름")},
        {"partner_ids": (NAVER,)},
        {"link": "https://expo.example"},
    ],
)
def test_anything_else_is_none(change: dict[str, Any]) -> None:
    before = event(revision=3, revised_on=date(2026, 11, 1))

    found = replace(before, **change).moved_from(before, TODAY)

    assert found == replace(before, **change)


def test_moving_back_is_a_revision_too() -> None:
    before = event()
    moved = replace(before, zone="America/Denver").moved_from(before, date(2026, 11, 1))

    found = replace(moved, zone=before.zone).moved_from(moved, TODAY)

    assert (found.revision, found.revised_on) == (2, TODAY)


def test_cancelling_is_the_last_revision() -> None:
    found = event(revision=1).cancelled(date(2026, 11, 20), TODAY)

    assert (found.cancelled_on, found.revision, found.revised_on) == (
        date(2026, 11, 20),
        2,
        TODAY,
    )


def test_what_is_told_of_the_reason_is_kept() -> None:
    assert event().cancelled(TODAY, TODAY).cancelled_for is None
    assert event().cancelled(TODAY, TODAY, told="주최 측 사정").cancelled_for == "주최 측 사정"


def test_nothing_is_cancelled_tomorrow() -> None:
    with pytest.raises(RuleBroken) as caught:
        event().cancelled(date(2026, 11, 24), TODAY)

    assert caught.value.code == "event.cancelled_in_future"


def test_what_is_cancelled_stays_as_it_is() -> None:
    gone = event().cancelled(TODAY, TODAY)

    assert gone.moved_from(gone, date(2026, 12, 1)) == gone
    changes: list[dict[str, Any]] = [{"title": Words("다른 이름")}, {"zone": "Asia/Seoul"}]
    for change in changes:
        with pytest.raises(RuleBroken) as caught:
            replace(gone, **change).moved_from(gone, TODAY)
        assert caught.value.code == "event.is_cancelled"


def test_an_event_is_cancelled_once() -> None:
    with pytest.raises(RuleBroken) as caught:
        event().cancelled(TODAY, TODAY).cancelled(TODAY, TODAY)

    assert caught.value.code == "event.is_cancelled"


def test_what_is_taken_back_is_as_it_was_and_a_revision_on() -> None:
    before = event(revision=1)
    gone = before.cancelled(TODAY, TODAY, told="주최 측 사정")

    found = gone.reopened(NOW, date(2026, 11, 24))

    assert found == replace(
        before,
        revision=3,
        revised_on=date(2026, 11, 24),
        revised_from={"cancelled_on": "2026-11-23", "cancelled_for": "주최 측 사정"},
    )
    assert from_facts(Event, to_facts(found)) == found
    assert found.cancelled(TODAY, TODAY).revision == 4


@pytest.mark.parametrize(
    ("ends_at", "zone", "is_over"),
    [
        ("2026-11-22T18:59", "America/Los_Angeles", True),
        ("2026-11-22T19:00", "America/Los_Angeles", True),
        ("2026-11-22T19:01", "America/Los_Angeles", False),
        ("2026-11-23T12:01", "Asia/Seoul", False),
        ("2026-11-23T12:00", "Asia/Seoul", True),
        ("2026-11-23T16:30", "Pacific/Auckland", False),
    ],
)
def test_a_cancellation_is_taken_back_until_the_end_that_would_have_been(
    ends_at: str, zone: str, is_over: bool
) -> None:
    starts_at = civil("2026-11-22T09:00")
    gone = event(starts_at=starts_at, ends_at=civil(ends_at), zone=zone, cancelled_on=TODAY)

    if is_over:
        with pytest.raises(RuleBroken) as caught:
            gone.reopened(NOW, TODAY)
        assert caught.value.code == "event.is_over"
    else:
        assert gone.reopened(NOW, TODAY).cancelled_on is None


def test_what_stands_is_not_taken_back() -> None:
    with pytest.raises(RuleBroken) as caught:
        event().reopened(NOW, TODAY)

    assert caught.value.code == "event.not_cancelled"


def test_an_event_whose_hour_was_abolished_later_can_still_be_read() -> None:
    """Facts are read without asking the zones: their law may have changed since."""
    abolished = event(zone="Mars/Base", starts_at=civil("2027-03-14T02:30"))

    assert from_facts(Event, to_facts(abolished)) == abolished


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2027, 1, 5), "upcoming"),
        (date(2027, 1, 6), "under_way"),
        (date(2027, 1, 9), "under_way"),
        (date(2027, 1, 10), "past"),
    ],
)
def test_where_it_stands_goes_by_its_own_days(day: date, state: str) -> None:
    assert event_state(event(), NOW, on=day) == state
    gone = event(cancelled_on=date(2027, 1, 5))
    assert event_state(gone, NOW, on=day) == "cancelled"
    assert event_state(gone, NOW, on=date(2027, 1, 4)) == "upcoming"


@pytest.mark.parametrize(
    ("there", "state", "days_left"),
    [
        ("2027-01-05T23:59", "upcoming", 1),
        ("2027-01-06T08:59", "upcoming", 0),
        ("2027-01-06T09:00", "under_way", None),
        ("2027-01-09T09:00", "under_way", None),  # In Seoul the tenth has begun.
        ("2027-01-09T17:59", "under_way", None),
        ("2027-01-09T18:00", "past", None),
    ],
)
def test_now_goes_by_the_hour_there(there: str, state: str, days_left: int | None) -> None:
    found = event_standing(event(), in_los_angeles(there))

    assert (found.state, found.days_left) == (state, days_left)
    assert found.on == date.fromisoformat(there[:10])


@pytest.mark.parametrize(
    ("there", "passed"),
    [
        ("2027-01-08T16:59", (False, False)),
        ("2027-01-08T17:00", (False, True)),
        ("2027-01-08T23:59", (False, True)),
        ("2027-01-09T00:00", (True, True)),
    ],
)
def test_a_deadline_passes_when_its_hour_strikes_there(
    there: str, passed: tuple[bool, bool]
) -> None:
    day = date(2027, 1, 8)
    deadlines = (Deadline("registration", day), Deadline("booth", day, time(17)))

    found = event_standing(event(deadlines=deadlines), in_los_angeles(there)).deadlines

    assert tuple(each.passed for each in found) == passed


def test_what_was_called_off_today_in_seoul_is_off_where_it_is_still_yesterday() -> None:
    gone = event(cancelled_on=date(2026, 11, 23))

    assert event_state(gone, datetime(2026, 11, 22, 15, tzinfo=UTC)) == "cancelled"


def test_standing_tells_both_clocks() -> None:
    deadlines = (
        Deadline("registration", date(2026, 11, 22)),
        Deadline("booth", date(2026, 11, 30), time(17)),
    )

    found = event_standing(event(deadlines=deadlines), NOW, on=TODAY)

    assert (found.state, found.days_left) == ("upcoming", 44)
    assert found.starts_at.seoul.isoformat() == "2027-01-07T02:00:00+09:00"
    assert found.starts_at.utc.isoformat() == "2027-01-06T17:00:00+00:00"
    assert [(each.passed, each.days_left) for each in found.deadlines] == [(True, -1), (False, 7)]
    assert [each.seoul.isoformat() for each in found.deadlines] == [
        "2026-11-23T16:59:00+09:00",
        "2026-12-01T10:00:00+09:00",
    ]


def test_days_are_counted_only_until_it_begins() -> None:
    assert event_standing(event(), NOW, on=date(2027, 1, 6)).days_left is None
    assert event_standing(event(cancelled_on=TODAY), NOW, on=TODAY).days_left is None
