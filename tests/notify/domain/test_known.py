"""What the planner knows, and how fresher facts lie over it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ieum_notify.domain.facts import Record, Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.seat import Seat
from tests.notify.changing import changes
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


@given(pages=st.lists(changes(), max_size=8))
def test_taking_changes_in_one_by_one_equals_sorting_all_out_anew(
    pages: list[dict[Subject, Record | None]],
) -> None:
    known, whole = Known.of({}), dict[Subject, Record]()
    for page in pages:
        known = known.changed(page)
        for subject, record in page.items():
            whole.pop(subject, None)
            if record is not None:
                whole[subject] = record

    assert known == Known.of(whole)


def test_a_seat_that_names_another_id_is_set_aside() -> None:
    [facts] = seat(LIAISON_SEAT, PARTNER, "liaison", LIAISON).values()
    odd = Subject("seat", OFFICER)

    known = Known.of({odd: Record(1, facts)})

    assert known.seats == {}
    assert known.unreadable == {odd: "id is another's"}
