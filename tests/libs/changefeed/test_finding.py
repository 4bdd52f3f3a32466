"""How a word stands in a text as people wrote it, and where."""

import unicodedata

import pytest

from changefeed.finding import as_one_word, asks_for_something, match, words


@pytest.mark.parametrize(
    ("q", "text", "kind", "marked"),
    [
        ("광주광역시", "광주광역시", "exact", "광주광역시"),
        ("ai메타버스", "AI-메타버스", "exact", "AI-메타버스"),
        ("광주", "광주과학기술원", "beginning", "광주"),
        ("과학", "광주 과학기술원", "word", "과학"),
        ("메타", "AI-메타버스 연구소", "word", "메타"),
        ("과학", "광주과학기술원", "inside", "과학"),
        ("과학", "광주과학기술원 과학관", "word", "과학"),
        ("ㄱㅈ", "광주광역시", "initials", "광주"),
        ("ㄱㅈ", "제주 광주", "initials", "광주"),
        ("lodz", "Politechnika Łódź", "word", "Łódź"),
        ("12481", "124-81-00998", "beginning", "124-81"),
        ("ＡＩ", "인공지능(AI)", "word", "AI"),
        ("%", "100% 재생", "inside", "%"),
        ("가나다", "라마바", None, ""),
        ("_", "가나", None, ""),
    ],
)
def test_a_word_is_marked_where_it_stands_best(
    q: str, text: str, kind: str | None, marked: str
) -> None:
    [word] = words(q)
    found = match(word, text)

    assert (None if found is None else found.kind) == kind
    if found is not None:
        assert text[found.first : found.last] == marked


def test_hangul_in_pieces_is_the_same_word() -> None:
    assert words(unicodedata.normalize("NFD", "광주")) == words("광주")


def test_a_name_that_is_asked_for_with_blanks_is_one_word_as_well() -> None:
    found = match(as_one_word(words("한빛 대학교")), "한빛대학교")

    assert found is not None
    assert found.kind == "exact"


@pytest.mark.parametrize("q", ["", "   ", "- ·", "!?", "()", "%_", "…"])
def test_signs_and_blanks_ask_for_nothing(q: str) -> None:
    assert not asks_for_something(q)


@pytest.mark.parametrize("q", ["가", "ㄱ", "1", "㈜", "é", "C++"])
def test_one_letter_or_digit_asks_for_something(q: str) -> None:
    assert asks_for_something(q)
