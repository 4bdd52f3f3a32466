"""An agreement has the city on one side and others on the other, once each."""

from datetime import date
from uuid import uuid4

import pytest

from changefeed.subjects.agreement import End
from ieum_registry.domain.errors import RuleBroken
from tests.registry.makers import CITY, GIST, NAVER, SIGNED_ON, agreement, party


@pytest.mark.parametrize(
    "parties",
    [(party(CITY),), (party(NAVER), party(GIST)), (party(CITY), party(NAVER, side="own"))],
)
def test_one_own_side_and_another_are_needed(parties: tuple[object, ...]) -> None:
    with pytest.raises(RuleBroken) as caught:
        agreement(parties=parties)

    assert caught.value.code == "agreement.sides"


def test_nobody_is_party_twice() -> None:
    with pytest.raises(RuleBroken) as caught:
        agreement(party(CITY), party(NAVER), party(NAVER))

    assert caught.value.code == "agreement.party_twice"
    assert caught.value.pointer == "/parties/2/partner_id"


def test_a_fixed_end_has_a_day() -> None:
    with pytest.raises(RuleBroken) as caught:
        agreement(end=End("fixed"))

    assert caught.value.code == "agreement.fixed_without_end"


def test_an_agreement_does_not_end_before_it_takes_effect() -> None:
    with pytest.raises(RuleBroken):
        agreement(end=End("fixed", date(2021, 1, 1)))


def test_a_party_does_not_leave_before_it_joins() -> None:
    with pytest.raises(RuleBroken):
        agreement(party(CITY), party(NAVER, joined_on=SIGNED_ON, left_on=date(2021, 1, 1)))


def test_a_partner_finds_its_side() -> None:
    found = agreement(party(CITY), party(NAVER)).party(NAVER)

    assert found == party(NAVER)
    assert agreement(party(CITY), party(NAVER)).party(GIST) is None


def test_commitments_serve_the_agreements_own_programme_or_any() -> None:
    one, other = uuid4(), uuid4()

    assert agreement(programme_id=one).may_serve(one)
    assert not agreement(programme_id=one).may_serve(other)
    assert agreement().may_serve(other)
