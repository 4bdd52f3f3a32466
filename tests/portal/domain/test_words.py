"""Which language a reader gets, and what is left of what was typed."""

from unicodedata import normalize

import pytest

from ieum_portal.domain.words import Said, Words, tidy


def test_english_is_given_where_there_is_some() -> None:
    assert Words("네이버", "NAVER").said_in("en") == Said("NAVER", "en")


def test_korean_stands_in_for_english_and_says_so() -> None:
    assert Words("유오케이").said_in("en") == Said("유오케이", "ko")
    assert Words("유오케이", "").said_in("en") == Said("유오케이", "ko")


def test_korean_readers_get_korean() -> None:
    assert Words("네이버", "NAVER").said_in("ko") == Said("네이버", "ko")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  전남대  ", "전남대"),
        (normalize("NFD", "전남대"), "전남대"),
        ("전\u200b남\x00대\n", "전 남 대"),
        ("ㅈㄴㄷ", "ㅈㄴㄷ"),
        ("", ""),
    ],
)
def test_what_is_typed_is_composed_and_cleaned(typed: str, kept: str) -> None:
    assert tidy(typed) == kept
