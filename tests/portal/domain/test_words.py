"""Which language a reader gets, and what is left of what was typed."""

from unicodedata import normalize

import pytest

from changefeed.subjects.parts import Words
from ieum_portal.domain.words import Said, said_in, tidy


def test_english_is_given_where_there_is_some() -> None:
    assert said_in(Words("네이버", "NAVER"), "en") == Said("NAVER", "en")


def test_korean_stands_in_for_english_and_says_so() -> None:
    assert said_in(Words("유오케이"), "en") == Said("유오케이", "ko")
    assert said_in(Words("유오케이", ""), "en") == Said("유오케이", "ko")


def test_korean_readers_get_korean() -> None:
    assert said_in(Words("네이버", "NAVER"), "ko") == Said("네이버", "ko")


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
