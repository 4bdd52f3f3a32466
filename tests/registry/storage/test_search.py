"""Texts and words are brought into one normal form, and pieces never reach across two texts."""

from uuid import UUID

import pytest

from changefeed.finding import Word, words
from ieum_registry.storage.index.search import searched


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("산림 행정", [Word("산림", False), Word("행정", False)]),
        ("㈜네이버", [Word("네이버", False)]),
        ("네이버 (주)", [Word("네이버", False)]),
        ("주식회사 네이버", [Word("네이버", False)]),
        ("주식회사", [Word("주식회사", False)]),
        ("㈜", [Word("(주)", False)]),
        ("청년협동조합", [Word("청년협동조합", False)]),
        ("NAVER", [Word("naver", False)]),
        ("\u1102\u1161", [Word("나", False)]),
        ("ㄴㅇㅂ", [Word("ㄴㅇㅂ", True)]),
        ("네ㅇㅂ", [Word("ㄴㅇㅂ", True)]),
        ("  ", []),
        ("", []),
    ],
)
def test_words(q: str, expected: list[Word]) -> None:
    assert list(words(q)) == expected


@pytest.mark.parametrize(
    ("text", "q"),
    [
        ("São Paulo", "sao paulo"),
        ("Łódź", "lodz"),
        ("Łódź", "ŁÓDŹ"),
        ("İzmir", "izmir"),
        ("İzmir", "IZMIR"),
        ("Diyarbakır", "diyarbakir"),
        ("École Supérieure d’Électricité", "ecole superieure d'electricite"),
        ("Đà Nẵng", "da nang"),
        ("Đà Nẵng", "đà nẵng"),
        ("Malmö Ærø Straße", "malmo aero strasse"),
        ("Reykjavík, Þingvellir", "thingvellir"),
        ("Kraków", "Krako\u0301w"),
        ("Krako\u0301w", "krakow"),
        ("Krakow", "kraków"),
        ("Gəncə", "gence"),
        ("Ñuñoa–Århus", "nunoa-arhus"),
        ("Ёлка", "елка"),
        ("東京が", "東京が"),
        ("กรุงเทพ", "กรุงเทพ"),
    ],
)
def test_letters_are_found_without_their_marks(text: str, q: str) -> None:
    found = searched([text])

    assert words(q)
    for word in words(q):
        assert word.text in found.norm
        assert word.grams() <= found.grams()


@pytest.mark.parametrize("joint", ["", "-", " ", "·", "ㆍ", "‧", "・", "•", " – "])
@pytest.mark.parametrize("q", ["AI메타버스", "ai-메타버스", "AI 메타버스", "AI・메타", "ㅁㅌㅂㅅ"])
def test_hyphens_blanks_and_middle_dots_do_not_count(joint: str, q: str) -> None:
    found = searched([f"AI{joint}메타버스"])

    for word in words(q):
        assert word.text in (found.initials if word.by_initials else found.norm)
        assert word.grams() <= found.grams()


def test_a_hyphen_alone_asks_for_nothing() -> None:
    assert words(" - · ") == ()


def test_marks_that_make_another_letter_count() -> None:
    assert searched(["が"]).norm != searched(["か"]).norm
    assert searched(["가"]).norm != searched(["각"]).norm


def test_a_name_and_the_same_without_its_marks_are_one_text() -> None:
    assert searched(["Łódź", "Lodz"]).norm == "lodz"


def test_texts_are_normal_and_parted() -> None:
    found = searched(["㈜ 네이버", "NAVER Corp.", None, "", "㈜ 네이버"])

    assert found.norm == "(주)네이버\nnavercorp."
    assert found.initials == "(ㅈ)ㄴㅇㅂ\nnavercorp."


def test_pieces_are_pairs_and_triples_of_initials_within_one_text() -> None:
    assert searched(["네이버", "AI"]).grams() == {"네이", "이버", "ai", "ㄴㅇㅂ"}


@pytest.mark.parametrize("q", ["네이버", "이버", "ㅇㅂㅋㄹ", "버 클", "cloud"])
def test_a_text_that_holds_a_word_has_all_its_pieces(q: str) -> None:
    text = searched(["네이버 클라우드", "NAVER Cloud"])

    for word in words(q):
        assert word.grams() <= text.grams()


def test_the_same_text_of_a_subject_has_the_same_number_for_ever() -> None:
    text = searched(["네이버"])

    assert 0 <= text.text_id(UUID(int=1)) < 2**63
    assert text.text_id(UUID(int=1)) == searched(["네이버"]).text_id(UUID(int=1))
    assert text.text_id(UUID(int=1)) != text.text_id(UUID(int=2))
