"""Names are composed and visible; for comparing they lose legal forms at either end."""

import unicodedata

import pytest

from ieum_registry.domain.naming import (
    comparison_name,
    composed,
    is_email_address,
    unwritable,
)


def test_hangul_in_pieces_is_put_together() -> None:
    assert composed(unicodedata.normalize("NFD", "광주광역시")) == "광주광역시"


def test_compatibility_forms_are_stored_as_written() -> None:
    assert composed("㈜이음") == "㈜이음"


@pytest.mark.parametrize(
    "text",
    ["a\x00b", "a\x1bb", "a\tb", "a\rb", "a\x85b", "a\u202eb", "a\u200bb", "a\ufeffb", "a\ud800b"],
)
def test_a_hidden_character_is_found(text: str) -> None:
    assert unwritable(text) == 1


@pytest.mark.parametrize("text", ["", "광주 · “AI-메타버스”", "두 줄\n입니다", "👩‍💻 e\u0301"])
def test_what_people_write_is_writable(text: str) -> None:
    assert unwritable(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("㈜이음", "이음"),
        ("이음 (주)", "주식회사 이음"),
        ("사회적협동조합 이음", "이음협동조합"),
        ("SK 텔레콤", "sk텔레콤"),
        ("재단법인 광주테크노파크", "광주 테크노파크"),
        ("주식회사 이음(유)", "이음"),
    ],
)
def test_legal_forms_blanks_and_case_do_not_count(one: str, other: str) -> None:
    assert comparison_name(one) == comparison_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("전남대학교 산학협력단", "전남대학교"),
        ("학교법인 조선대학교", "조선대학교"),
        ("한주식회사랑", "한랑"),
    ],
)
def test_other_legal_persons_stay_apart(one: str, other: str) -> None:
    assert comparison_name(one) != comparison_name(other)


def test_a_name_that_is_only_a_legal_form_stays() -> None:
    assert comparison_name("협동조합") == "협동조합"


@pytest.mark.parametrize("address", ["kim@naver.example", "a.b+c@xn--x.co.kr", "김@광주.한국"])
def test_an_address_is_known(address: str) -> None:
    assert is_email_address(address)


@pytest.mark.parametrize(
    "address", ["", "kim", "kim@naver", "a b@c.example", "a@b@c.example", f"{'a' * 300}@b.example"]
)
def test_what_is_no_address_is_known_too(address: str) -> None:
    assert not is_email_address(address)
