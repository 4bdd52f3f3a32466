"""Seats are held for terms and handed over without a gap."""

from datetime import date

import pytest

from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.seat import held
from ieum_registry.domain.term import Term
from tests.registry.makers import ALICE, BORA, seat

FIRST, THEN = date(2026, 1, 1), date(2026, 7, 1)
ALICES = held(ALICE, Term(FIRST))


def test_a_seat_passes_from_one_day_to_the_next() -> None:
    found = seat(holders=(ALICES,)).handed_to(BORA, THEN)

    assert found.held_on(date(2026, 6, 30)) == (ALICE,)
    assert found.held_on(THEN) == (BORA,)


def test_an_empty_seat_is_taken() -> None:
    assert seat().handed_to(ALICE, FIRST).held_on(FIRST) == (ALICE,)


def test_past_holders_stay_as_they_were() -> None:
    past = held(BORA, Term(date(2025, 1, 1), date(2025, 12, 31)))

    assert seat(holders=(past,)).handed_to(ALICE, FIRST).holders[0] == past


def test_nobody_hands_over_to_themselves() -> None:
    with pytest.raises(RuleBroken) as caught:
        seat(holders=(ALICES,)).handed_to(ALICE, THEN)

    assert caught.value.code == "seat.handed_to_holder"


def test_a_handover_is_taken_back_the_same_day_by_another() -> None:
    handed = seat(holders=(ALICES,)).handed_to(BORA, THEN)

    back = handed.handed_to(ALICE, THEN)

    assert back.held_on(THEN) == (ALICE,)
    assert back.held_on(date(2030, 1, 1)) == (ALICE,)
    assert BORA not in {each.contact_id for each in back.holders}


def test_a_seat_is_not_handed_over_before_it_was_taken() -> None:
    with pytest.raises(RuleBroken) as caught:
        seat(holders=(held(ALICE, Term(THEN)),)).handed_to(BORA, FIRST)

    assert caught.value.code == "seat.handed_before_taken"


def test_two_may_share_a_seat_but_nobody_sits_twice() -> None:
    shared = seat(holders=(ALICES, held(BORA, Term(FIRST))))

    assert shared.held_on(FIRST) == (ALICE, BORA)
    with pytest.raises(RuleBroken) as caught:
        seat(holders=(ALICES, held(ALICE, Term(THEN))))
    assert caught.value.code == "seat.held_twice"


def test_somebody_may_come_back() -> None:
    again = seat(holders=(held(ALICE, Term(FIRST, THEN)), held(ALICE, Term(date(2027, 1, 1)))))

    assert again.held_on(THEN) == (ALICE,)
