"""A commitment is bounded by its party's days, and ends once."""

from datetime import date
from uuid import UUID

import pytest

from changefeed.subjects.agreement import End
from ieum_registry.domain.errors import RuleBroken
from tests.registry.makers import CITY, GIST, NAVER, agreement, collaboration, party

FOUND = agreement()


def test_bounds_are_laid_on_the_days_promised() -> None:
    found = collaboration(starts_on=date(2021, 1, 1)).bounded_by(FOUND)

    assert (found.starts_on, found.holds_from) == (date(2021, 1, 1), date(2021, 11, 16))
    assert found.ever_holds
    assert found.holds_until is None


def test_a_commitment_without_a_bound_partner_never_holds() -> None:
    found = collaboration().bounded_by(agreement(party(CITY), party(GIST)))

    assert not found.ever_holds


def test_under_an_unknown_end_it_may_hold_and_nobody_knows() -> None:
    leaving = (party(CITY), party(NAVER, left_on=date(2025, 12, 31)))
    found = collaboration().bounded_by(agreement(*leaving, end=End("unknown")))

    assert (found.holds_from, found.holds_until) == (date(2022, 1, 1), date(2021, 12, 31))
    assert (found.unknown_from, found.unknown_until) == (date(2022, 1, 1), date(2025, 12, 31))
    assert found.ever_holds
    known = found.bounded_by(FOUND)
    assert (known.holds_until, known.unknown_from, known.unknown_until) == (None, None, None)


def test_ending_sets_both_last_days() -> None:
    found = collaboration().ended(date(2024, 6, 30), FOUND)

    assert found.ends_on == found.holds_until == date(2024, 6, 30)


def test_what_ends_by_then_cannot_be_ended_again() -> None:
    with pytest.raises(RuleBroken) as caught:
        collaboration(ends_on=date(2024, 6, 30)).ended(date(2024, 6, 30), FOUND)

    assert caught.value.code == "collaboration.already_ended"


def test_an_earlier_end_wins() -> None:
    found = collaboration(ends_on=date(2024, 6, 30)).ended(date(2024, 1, 31), FOUND)

    assert found.ends_on == date(2024, 1, 31)


def test_a_commitment_does_not_end_before_it_starts() -> None:
    with pytest.raises(RuleBroken):
        collaboration().ended(date(2020, 1, 1), FOUND)


@pytest.mark.parametrize("moved", [{"partner_id": GIST}, {"agreement_id": GIST}])
def test_a_commitment_stays_its_partners_under_its_agreement(moved: dict[str, UUID]) -> None:
    with pytest.raises(RuleBroken) as caught:
        collaboration(**moved).must_follow(collaboration())

    assert (caught.value.code, caught.value.pointer) == (
        "collaboration.moved",
        f"/{next(iter(moved))}",
    )
