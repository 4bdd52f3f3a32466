"""Ids of other registers: which look wrong; none is refused for it."""

import pytest

from changefeed.subjects.parts import Words
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.partner import Partner
from ieum_registry.domain.partner_ids import doubtful, is_corporate_number, is_lei, is_ror
from tests.registry.makers import NAVER


@pytest.mark.parametrize("written", ["https://ror.org/02jx3x895", "ror.org/024kbgz78", "05a28rw58"])
def test_a_ror_id_is_known_by_its_check_digits(written: str) -> None:
    assert is_ror(written)
    assert not is_ror(written[:-1] + str((int(written[-1]) + 1) % 10))


@pytest.mark.parametrize("written", ["5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55"])
def test_an_lei_leaves_one_of_97(written: str) -> None:
    assert is_lei(written)
    assert is_lei(f"{written[:4]} {written[4:].lower()}")
    assert not is_lei(f"{written[1]}{written[0]}{written[2:]}")


def test_a_corporate_number_has_thirteen_digits_and_the_last_checks_them() -> None:
    assert is_corporate_number("130111-0006246")
    assert not is_corporate_number("130111-0006247")
    assert not is_corporate_number("130111-000624")


def partner(**ids: str) -> Partner:
    return Partner(NAVER, "company", Words("네이버"), **ids)  # type: ignore[arg-type]  # Texts.


def test_what_looks_wrong_is_named_and_taken() -> None:
    found = partner(ror="없음", lei="5493001KJTIIGC8Y1R12", corporate_number="1")

    assert doubtful(found) == ("ror", "corporate_number")
    assert doubtful(partner()) == ()


def test_a_country_that_there_is_not_is_refused() -> None:
    with pytest.raises(RuleBroken) as caught:
        partner(country="UK")

    assert (caught.value.code, caught.value.pointer) == ("partner.country_unknown", "/country")
    assert partner(country="GB").country == "GB"
