"""The planner: what is owed, to which seat, and to the office where nobody sits."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from changefeed.change import Fact, Facts
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.occurrence import NOBODY_TO_TELL
from ieum_notify.domain.planner import Plan, plan
from ieum_notify.domain.rules.register import RULES
from tests.notify.makers import (
    LIAISON,
    LIAISON_SEAT,
    MILESTONE,
    MONDAY,
    OFFICE,
    OFFICER_SEAT,
    PARTNER,
    at,
    day_off,
    houses,
    milestone,
    place,
    records,
    seat,
)

DUE = MONDAY + timedelta(days=5)


def planned(*facts: dict[Subject, dict[str, Fact]], today: date = MONDAY) -> Plan:
    return plan(RULES, Known.of(records(houses(), *facts)), at(today))


def test_a_step_goes_to_the_owners_seat_at_nine_in_seoul() -> None:
    found = planned(milestone(DUE)).occurrences

    assert [each.lead_days for each in found] == [7, 1]
    assert {each.seat_id for each in found} == {LIAISON_SEAT}
    assert found[1].due_at == at(date(2026, 11, 27), 9)


def test_a_department_is_told_through_its_officer() -> None:
    found = planned(milestone(DUE, owner=place(OFFICE))).occurrences

    assert {(each.seat_id, each.seat_role, each.letter) for each in found} == {
        (OFFICER_SEAT, "officer", "milestone_due")
    }


def test_the_key_names_subject_rule_raw_day_step_seat_and_channel() -> None:
    found = planned(milestone(DUE)).occurrences[0]

    assert found.key == f"{MILESTONE}|milestone_due|2026-11-28|7|{LIAISON_SEAT}|mail"


def test_done_and_cancelled_milestones_owe_nothing() -> None:
    assert planned(milestone(DUE, done_on="2026-11-20")).occurrences == ()
    assert planned(milestone(DUE, cancelled_on="2026-11-20")).occurrences == ()


def test_nothing_is_planned_beyond_the_horizon() -> None:
    assert planned(milestone(MONDAY + timedelta(days=100))).occurrences == ()
    assert len(planned(milestone(MONDAY + timedelta(days=75))).occurrences) == 1


def test_a_newly_decreed_holiday_moves_a_letter_and_keeps_its_key() -> None:
    before = planned(milestone(DUE)).occurrences[1]
    after = planned(milestone(DUE), day_off(date(2026, 11, 27))).occurrences[1]

    assert after.key == before.key
    assert (before.due_on, after.due_on) == (date(2026, 11, 27), date(2026, 11, 26))


def test_where_nobody_sits_the_office_is_told() -> None:
    found = planned(seat(LIAISON_SEAT, PARTNER, "liaison"), milestone(DUE)).occurrences

    assert {(each.letter, each.seat_id) for each in found} == {(NOBODY_TO_TELL, OFFICER_SEAT)}
    assert found[0].key == f"{MILESTONE}|milestone_due/nobody|2026-11-28|7|{OFFICER_SEAT}|mail"


def test_a_holder_who_leaves_before_the_letter_goes_out_does_not_count() -> None:
    leaving = seat(LIAISON_SEAT, PARTNER, "liaison", LIAISON, until=date(2026, 11, 25))

    found = planned(leaving, milestone(DUE)).occurrences

    assert [each.letter for each in found] == ["milestone_due", NOBODY_TO_TELL]


@pytest.mark.parametrize(
    ("consented_on", "retain_until", "letters"),
    [
        ("2026-01-01", None, ["milestone_due", "milestone_due"]),
        ("2026-01-01", "2026-11-27", ["milestone_due", "milestone_due"]),
        ("2026-01-01", "2026-11-26", ["milestone_due", NOBODY_TO_TELL]),
        ("2026-12-01", None, [NOBODY_TO_TELL, NOBODY_TO_TELL]),
    ],
)
def test_a_holder_whose_consent_does_not_cover_the_day_is_not_told(
    consented_on: str, retain_until: str | None, letters: list[str]
) -> None:
    contact = Subject("contact", LIAISON)
    consent: Facts = {
        "id": str(LIAISON),
        "consented_on": consented_on,
        "retain_until": retain_until,
    }

    found = planned({contact: consent}, milestone(DUE)).occurrences

    assert [each.letter for each in found] == letters


def test_each_seat_of_the_role_that_is_held_is_told() -> None:
    second = UUID("018f0000-0000-7000-8000-0000000000aa")
    empty = UUID("018f0000-0000-7000-8000-0000000000ab")

    found = planned(
        seat(second, PARTNER, "liaison", LIAISON), seat(empty, PARTNER, "liaison"), milestone(DUE)
    ).occurrences

    assert {each.seat_id for each in found} == {LIAISON_SEAT, second}


def test_where_even_the_office_is_empty_the_letter_has_no_seat_and_cannot_be_sent() -> None:
    found = planned(
        seat(LIAISON_SEAT, PARTNER, "liaison"),
        seat(OFFICER_SEAT, OFFICE, "officer"),
        milestone(DUE),
    )

    assert {each.seat_id for each in found.occurrences} == {None}
    assert found.keyed() == {}


def test_an_owner_of_an_unknown_type_is_the_offices_business() -> None:
    stranger = place(Subject("event", PARTNER.id))

    found = planned(milestone(DUE, owner=stranger)).occurrences

    assert {each.letter for each in found} == {NOBODY_TO_TELL}


def test_facts_that_cannot_be_read_are_named_and_the_rest_is_planned() -> None:
    broken = Subject("milestone", UUID("018f0000-0000-7000-8000-0000000000bb"))
    odd_seat = Subject("seat", UUID("018f0000-0000-7000-8000-0000000000cc"))

    found = planned(
        milestone(DUE),
        milestone(DUE, broken, due_on="Friday"),
        {odd_seat: {"id": str(odd_seat.id), "at": None}},
    )

    assert len(found.occurrences) == 2
    assert set(found.unreadable) == {broken, odd_seat}
    assert found.unreadable[broken] == "due_on is no day"


def test_occurrences_come_in_order_of_their_instants() -> None:
    other = Subject("milestone", UUID("018f0000-0000-7000-8000-0000000000dd"))

    found = planned(milestone(DUE), milestone(DUE - timedelta(days=2), other)).occurrences

    assert [each.due_at for each in found] == sorted(each.due_at for each in found)
