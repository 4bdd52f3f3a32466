"""사업자등록번호: the check digit, and its outer remainder that people forget."""

import pytest

from ieum_registry.domain.business_number import digits_of, is_business_number


@pytest.mark.parametrize("number", ["220-81-62517", "124-81-00998", "104-81-37225"])
def test_published_numbers_fit(number: str) -> None:
    assert is_business_number(digits_of(number))


def test_a_number_may_end_in_zero() -> None:
    ending_in_zero = [f"12345{count:04d}0" for count in range(10_000)]

    assert any(is_business_number(each) for each in ending_in_zero)


def test_one_wrong_digit_is_found() -> None:
    assert not is_business_number("2208162518")


@pytest.mark.parametrize("text", ["", "123", "22081625170", "22081６2517", "abcdefghij"])
def test_what_is_no_number_at_all_is_refused(text: str) -> None:
    assert not is_business_number(text)


def test_hyphens_and_blanks_are_how_people_write() -> None:
    assert digits_of("220-81 62517") == "2208162517"
