"""Letters go out in working hours; what cannot wait for those goes at any hour."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.calendar import SEOUL
from ieum_notify.domain.hours import ANY_HOUR, OFFICE_HOURS, goes_out_at, next_opening, why_waiting
from ieum_notify.domain.rules.event_cancelled import EVENT_CANCELLED
from ieum_notify.domain.rules.event_moved import EVENT_MOVED
from ieum_notify.domain.rules.milestone_due import MILESTONE_DUE
from tests.notify.makers import EVENT, MILESTONE, at, deadline, event, milestone
from workdays.calendar import WorkingDays

DAYS = WorkingDays({date(2026, 12, 3): False, date(2026, 12, 5): True})
"""A Thursday that was decreed a day off, and a Saturday that was decreed a working day."""

FRIDAY, SUNDAY, TUESDAY = date(2026, 11, 27), date(2026, 11, 29), date(2026, 12, 1)

DAWN = datetime.combine(date(2026, 1, 1), time())
INSTANTS = st.datetimes(DAWN, DAWN + timedelta(days=1800), timezones=st.just(SEOUL))


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        (at(FRIDAY, 9), at(FRIDAY, 9)),
        (at(FRIDAY, 17, 59), at(FRIDAY, 17, 59)),
        (at(FRIDAY, 8, 59), at(FRIDAY, 9)),
        (at(FRIDAY, 0), at(FRIDAY, 9)),
        (at(FRIDAY, 18), at(date(2026, 11, 30), 9)),
        (at(SUNDAY, 7, 1), at(date(2026, 11, 30), 9)),
        (at(date(2026, 12, 2), 20), at(date(2026, 12, 4), 9)),
        (at(date(2026, 12, 4), 19), at(date(2026, 12, 5), 9)),
        (at(date(2027, 2, 5), 18), at(date(2027, 2, 10), 9)),
        (at(date(2026, 9, 24), 12), at(date(2026, 9, 28), 9)),
    ],
)
def test_letters_go_out_in_working_hours(now: datetime, opening: datetime) -> None:
    assert next_opening(now, DAYS) == opening


@given(INSTANTS)
def test_an_opening_is_the_first_working_hour_from_then_on(now: datetime) -> None:
    found = next_opening(now, DAYS).astimezone(SEOUL)

    assert found >= now
    assert DAYS.is_working(found.date())
    assert OFFICE_HOURS.opens <= found.time() < OFFICE_HOURS.closes
    assert next_opening(found, DAYS) == found
    step = now
    while step < found - timedelta(hours=1):
        local = step.astimezone(SEOUL)
        assert not OFFICE_HOURS.hold(local, DAYS)
        step += timedelta(hours=1)


@given(INSTANTS)
def test_a_house_that_tries_things_out_sends_at_any_hour(now: datetime) -> None:
    assert next_opening(now, DAYS, ANY_HOUR) == now


def due(on: date) -> Anchor:
    return MILESTONE_DUE.read(milestone(on)[MILESTONE])


def told(rule_of: str, starts_at: str, **other: object) -> Anchor:
    rule = EVENT_MOVED if rule_of == "moved" else EVENT_CANCELLED
    facts = event(starts_at, revision=1, revised_on="2026-11-29", zone="Asia/Seoul", **other)  # type: ignore[arg-type]  # Facts.
    return rule.read(facts[EVENT])


MONDAY_NINE, SUNDAY_SEVEN = at(date(2026, 11, 30), 9), at(SUNDAY, 7, 1)


@pytest.mark.parametrize(
    ("anchor", "waits"),
    [
        (due(date(2026, 12, 4)), True),
        (due(date(2026, 11, 30)), True),
        (due(SUNDAY), False),
        (told("cancelled", "2026-12-20T09:00", cancelled_on="2026-11-29"), True),
        (told("cancelled", "2026-12-02T09:00", cancelled_on="2026-11-29"), True),
        (told("cancelled", "2026-12-02T08:59", cancelled_on="2026-11-29"), False),
        (told("cancelled", "2026-11-29T10:00", cancelled_on="2026-11-29"), False),
        (told("cancelled", "2026-11-28T10:00", cancelled_on="2026-11-29"), False),
        (told("moved", "2026-12-20T09:00"), True),
        (told("moved", "2026-12-01T09:00"), False),
        (told("moved", "2026-12-20T09:00", revised_from={"starts_at": "2026-12-01T09:00"}), False),
        (told("moved", "2026-12-20T09:00", revised_from={"starts_at": "2026-11-20T09:00"}), True),
        (
            told(
                "moved",
                "2026-12-20T09:00",
                deadlines=[deadline("booth", "2026-12-01")],
                revised_from={"deadlines": [deadline("booth", "2026-12-10")]},
            ),
            False,
        ),
        (
            told(
                "moved",
                "2026-12-20T09:00",
                deadlines=[deadline("booth", "2026-12-01")],
                revised_from={"deadlines": [deadline("booth", "2026-12-01")]},
            ),
            True,
        ),
    ],
)
def test_what_would_come_too_late_does_not_wait(anchor: Anchor, *, waits: bool) -> None:
    assert goes_out_at(anchor, SUNDAY_SEVEN, DAYS) == (MONDAY_NINE if waits else SUNDAY_SEVEN)


@given(INSTANTS, st.integers(-3, 60))
def test_no_letter_waits_until_its_date_has_passed(now: datetime, days_ahead: int) -> None:
    anchor = due(now.date() + timedelta(days=days_ahead))
    found = goes_out_at(anchor, now, DAYS)

    assert found >= now
    assert anchor.has_passed(found) == anchor.has_passed(now)


def test_the_reason_is_said_in_both_languages() -> None:
    night = why_waiting(at(FRIDAY, 20), MONDAY_NINE, DAYS)
    sunday = why_waiting(SUNDAY_SEVEN, MONDAY_NINE, DAYS)

    assert night.ko == "지금은 근무 시간이 아니어서 2026. 11. 30.(월) 09:00에 보냅니다."
    assert night.en.startswith("It is outside working hours, so it goes out at 09:00 on Mon 30")
    assert "근무일이 아니어서(일요일)" in sunday.ko
    assert "(Sunday)" in sunday.en
