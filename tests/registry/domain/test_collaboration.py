"""A commitment is bounded by its party's days, and ends once."""

from datetime import date
from uuid import UUID

import pytest

from changefeed.bounds import Run
from ieum_registry.domain.errors import RuleBroken
from tests.registry.makers import GIST, collaboration

RUN = Run(date(2021, 11, 16))


def test_bounds_are_laid_on_the_days_promised() -> None:
    found = collaboration(starts_on=date(2021, 1, 1)).bounded_by(RUN)

    assert (found.starts_on, found.holds_from) == (date(2021, 1, 1), date(2021, 11, 16))
    assert found.ever_holds
    assert found.holds_until is None


def test_a_commitment_without_a_bound_partner_never_holds() -> None:
    found = collaboration().bounded_by(None)

    assert not found.ever_holds


def test_ending_sets_both_last_days() -> None:
    found = collaboration().ended(date(2024, 6, 30), RUN)

    assert found.ends_on == found.holds_until == date(2024, 6, 30)


def test_what_ends_by_then_cannot_be_ended_again() -> None:
    with pytest.raises(RuleBroken) as caught:
        collaboration(ends_on=date(2024, 6, 30)).ended(date(2024, 6, 30), RUN)

    assert caught.value.code == "collaboration.already_ended"


def test_an_earlier_end_wins() -> None:
    found = collaboration(ends_on=date(2024, 6, 30)).ended(date(2024, 1, 31), RUN)

    assert found.ends_on == date(2024, 1, 31)


def test_a_commitment_does_not_end_before_it_starts() -> None:
    with pytest.raises(RuleBroken):
        collaboration().ended(date(2020, 1, 1), RUN)


@pytest.mark.parametrize("moved", [{"partner_id": GIST}, {"agreement_id": GIST}])
def test_a_commitment_stays_its_partners_under_its_agreement(moved: dict[str, UUID]) -> None:
    with pytest.raises(RuleBroken) as caught:
        collaboration(**moved).must_follow(collaboration())

    assert (caught.value.code, caught.value.pointer) == (
        "collaboration.moved",
        f"/{next(iter(moved))}",
    )
