"""Names are composed and visible; for comparing they lose legal forms at either end."""

import unicodedata

import pytest

from ieum_registry.domain.naming import (
    comparison_name,
    composed,
    is_email_address,
    shows_nothing,
    unwritable,
)


def test_hangul_in_pieces_is_put_together() -> None:
    assert composed(unicodedata.normalize("NFD", "광주광역시")) == "광주광역시"


def test_compatibility_forms_are_stored_as_written() -> None:
    assert composed("㈜이음") == "㈜이음"


@pytest.mark.parametrize(
    "text",
    ["a\x00b", "a\x1bb", "a\tb", "a\rb", "a\x85b", "a\u202eb", "a\u200bb", "a\ufeffb", "a\ud800b"]
    + [f"네{each}이버" for each in "\u3164\u115f\u1160\uffa0\u00ad\u034f\u061c\u180e\u200e\u200f"]
    + [f"네{each}이버" for each in "\u2028\u2029\u2061\u206f\ufff9\uffff\U000e0041\U0001d173"],
)
def test_a_hidden_character_is_found(text: str) -> None:
    assert unwritable(text) == 1


@pytest.mark.parametrize(
    "text",
    ["", " ", "\u3000\u2003\u00a0", "\u200d", "\u200c \ufe0f", "\u2800\u2800", "\u0301", "\ue000"],
)
def test_what_nobody_sees_shows_nothing(text: str) -> None:
    assert shows_nothing(text)


def test_fillers_count_as_letters_and_are_refused_where_they_stand() -> None:
    assert [unwritable(each) for each in "\u3164\u115f\u1160\uffa0"] == [0, 0, 0, 0]


@pytest.mark.parametrize("text", ["가", "-", "3", "👩‍💻", "ㄱ", "e\u0301", " a "])
def test_what_somebody_sees_shows_something(text: str) -> None:
    assert not shows_nothing(text)


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
