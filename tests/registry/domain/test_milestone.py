"""A milestone is done or cancelled, once, with proof."""

from datetime import date

import pytest

from changefeed.subjects.parts import Evidence
from ieum_registry.domain.errors import RuleBroken
from tests.registry.makers import milestone

TODAY = date(2026, 11, 23)
PROOF = Evidence(TODAY, "시연 보고서")


def test_doing_adds_proof() -> None:
    found = milestone(evidence=(PROOF,)).done(TODAY, (PROOF,), TODAY)

    assert found.done_on == TODAY
    assert found.evidence == (PROOF, PROOF)
    assert not found.is_open


def test_nothing_is_done_tomorrow() -> None:
    with pytest.raises(RuleBroken) as caught:
        milestone().done(date(2026, 11, 24), (), TODAY)

    assert caught.value.code == "milestone.done_in_future"


@pytest.mark.parametrize("closed", [{"done_on": TODAY}, {"cancelled_on": TODAY}])
def test_a_closed_milestone_does_not_move(closed: dict[str, date]) -> None:
    found = milestone(**closed)

    with pytest.raises(RuleBroken):
        found.done(TODAY, (), TODAY)
    with pytest.raises(RuleBroken):
        found.cancelled(TODAY, TODAY)


@pytest.mark.parametrize("closed", [{"done_on": TODAY}, {"cancelled_on": TODAY}])
def test_a_closed_milestone_is_owed_again_and_keeps_its_proof(closed: dict[str, date]) -> None:
    found = milestone(**closed, evidence=(PROOF,)).reopened()

    assert found.is_open
    assert found.evidence == (PROOF,)


def test_an_open_milestone_has_nothing_to_take_back() -> None:
    with pytest.raises(RuleBroken) as caught:
        milestone().reopened()

    assert caught.value.code == "milestone.open"


def test_cancelling_says_from_when() -> None:
    assert milestone().cancelled(TODAY, TODAY).cancelled_on == TODAY


def test_nothing_is_cancelled_tomorrow() -> None:
    with pytest.raises(RuleBroken) as caught:
        milestone().cancelled(date(2026, 11, 24), TODAY)

    assert caught.value.code == "milestone.cancelled_in_future"


@pytest.mark.parametrize("field", ["done_on", "cancelled_on"])
def test_what_is_told_of_it_has_come(field: str) -> None:
    told = milestone(**{field: TODAY})

    told.must_have_come(TODAY)
    with pytest.raises(RuleBroken) as caught:
        told.must_have_come(date(2026, 11, 22))
    assert caught.value.pointer == f"/{field}"


def test_a_milestone_is_not_both() -> None:
    with pytest.raises(RuleBroken) as caught:
        milestone(done_on=TODAY, cancelled_on=TODAY)

    assert caught.value.code == "milestone.done_and_cancelled"
