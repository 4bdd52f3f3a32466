"""What the planner knows, and how fresher facts lie over it."""

from datetime import date

from ieum_notify.domain.known import Known
from ieum_notify.domain.seat import Seat
from tests.notify.makers import (
    LIAISON,
    LIAISON_SEAT,
    MONDAY,
    OFFICE,
    OFFICER,
    PARTNER,
    day_off,
    houses,
    records,
    seat,
)


def test_the_office_is_the_department_that_says_so() -> None:
    assert Known.of(records(houses())).office == OFFICE
    assert Known.of({}).office is None


def test_the_office_decrees_days_over_the_calendar() -> None:
    known = Known.of(records(day_off(MONDAY), day_off(date(2026, 11, 22), working=True)))

    assert not known.days.is_working(MONDAY)
    assert known.days.why(MONDAY, "en") == "Temporary public holiday"
    assert known.days.is_working(date(2026, 11, 22))


def test_a_fresher_seat_takes_the_place_of_the_copied_one_wherever_it_stands() -> None:
    known = Known.of(records(houses()))
    [moved] = seat(LIAISON_SEAT, OFFICE, "officer", OFFICER).values()

    updated = known.updated({}, [Seat.from_facts(moved)])

    assert PARTNER not in updated.seats
    assert len(updated.seats[OFFICE]) == 2
    assert updated.days == known.days


def test_fresher_records_win() -> None:
    known = Known.of(records(houses()))
    fresh = records({PARTNER: {"name": {"ko": "새 이름", "en": None}}})

    assert known.updated(fresh, []).records[PARTNER] == fresh[PARTNER]
    assert LIAISON  # The seat's holder is known by id alone.
