"""Every page speaks Korean and English, wholly, and says which of the two it speaks."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

import ieum_portal
from tests.portal.pages.conftest import Enter
from tests.portal.sample import identity

ROOT = Path(ieum_portal.__file__).parent
PO = ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po"
NAVER = f"/partners/{identity('naver')}"
HANGUL = re.compile("[가-힣]")


def texts() -> set[str | tuple[str, ...]]:
    """Read the texts to translate out of templates and code."""
    found = extract_from_dir(
        str(ROOT),
        method_map=[("**.py", "python"), ("pages/**.html", "jinja2")],
        keywords={"_": None, "_l": None, "gettext": None, "ngettext": (1, 2)},
    )
    return {text for _, _, text, _, _ in found}


def english() -> dict[str | tuple[str, ...], str | tuple[str, ...]]:
    with PO.open("rb") as file:
        read = read_po(file, locale="en")
    fuzzy = [message.id for message in read if message.fuzzy and message.id]
    assert fuzzy == []
    return {message.id: message.string for message in read if message.id}  # type: ignore[misc]


def test_every_text_has_its_english_and_none_is_left_over() -> None:
    translated = english()

    assert {each for each in texts() if not translated.get(each)} == set()
    assert set(translated) - texts() == set()


def test_texts_stand_in_their_order() -> None:
    """Two people who each add a text then change two places of the file, not both its end."""
    with PO.open("rb") as file:
        texts = [message.id for message in read_po(file, locale="en") if message.id]

    firsts = [each if isinstance(each, str) else each[0] for each in texts]
    assert firsts == sorted(firsts)


def test_plurals_have_both_forms_and_texts_keep_their_places() -> None:
    place = re.compile(r"%\((\w+)\)[sd]")
    for text, said in english().items():
        assert isinstance(text, tuple) == isinstance(said, tuple)
        if isinstance(text, str) and isinstance(said, str):
            assert sorted(place.findall(text)) == sorted(place.findall(said)), text
        else:
            assert all(said), text
            assert all(place.findall(each) == ["num"] for each in said), text


def test_no_template_holds_bare_korean() -> None:
    spoken = re.compile(
        r"""_\(\s*"[^"]*"|_\(\s*'[^']*'|ngettext\("[^"]*",\s*"[^"]*"|\{#.*?#\}|lang="ko"[^<]*<""",
        re.DOTALL,
    )
    bare = {
        path.name: found.group()
        for path in ROOT.glob("pages/**/*.html")
        for found in [HANGUL.search(spoken.sub("", path.read_text("utf-8")))]
        if found
    }

    assert bare == {}


@pytest.mark.parametrize("path", ["/", "/partners", NAVER, "/nowhere", "/?on=x"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_page_says_which_language_it_speaks(enter: Enter, path: str, language: str) -> None:
    answer = enter(language=language).get(path)

    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["Content-Language"] == language
    assert {"Accept-Language", "Cookie"} <= set(answer.vary.as_set(preserve_casing=True))
    assert 'hreflang="ko"' in answer.text
    assert 'hreflang="en"' in answer.text


def test_korean_on_an_english_page_is_marked_as_such(enter: Enter) -> None:
    page = enter(language="en").get("/partners").text

    unmarked = re.sub(r'<(\w+)[^>]*lang="ko"[^>]*>[^<]*</\1>', "", page)
    shown = re.sub(r"<[^>]+>", " ", re.sub(r"<head>.*?</head>", "", unmarked, flags=re.DOTALL))
    aliases = ("전남대학교", "조선대학교", "호남대학교", "지스트", "총괄부서 담당자", "ㄴㅇㅂ")
    for each in aliases:
        shown = shown.replace(each, "")
    assert HANGUL.findall(shown) == []


@pytest.mark.parametrize(
    ("header", "language"),
    [("en-GB,en;q=0.9", "en"), ("ko-KR", "ko"), ("fr-FR", "ko"), ("", "ko"), ("fr,en;q=0.3", "en")],
)
def test_a_stranger_is_met_in_the_browsers_language(
    client: FlaskClient, header: str, language: str
) -> None:
    answer = client.get("/sign-in", headers={"Accept-Language": header})

    assert answer.headers["Content-Language"] == language


def test_a_choice_stays_for_the_next_page(client: FlaskClient) -> None:
    client.get("/sign-in?lang=en")

    assert client.get("/sign-in").headers["Content-Language"] == "en"
    assert client.get("/sign-in?lang=xx").headers["Content-Language"] == "en"


def test_the_account_speaks_where_the_browser_has_not_chosen(enter: Enter) -> None:
    client = enter()
    client.delete_cookie("ieum_language")

    answer = client.get("/", headers={"Accept-Language": "en"})

    assert answer.headers["Content-Language"] == "ko"


def test_neighbours_are_asked_in_the_readers_language(enter: Enter) -> None:
    page = enter(language="en").get("/?whose=all").text

    assert "1 day over" in page
    assert "12 days over" in page
    assert "Culture Industry Division" in page
