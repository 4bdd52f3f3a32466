"""Help: each page's own, in both languages, in words that are said once."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from ieum_portal.pages.help.texts import FORM_ACTS, HELP, LIST_ACTS, WORDS
from ieum_portal.pages.labels import TABLES
from ieum_portal.pages.register import SCREENS
from ieum_portal.pages.screen import Screen
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_register import SIGNED_IN, address

GLOSSARY = (Path(__file__).parents[3] / "docs" / "glossary.md").read_text("utf-8")


def plain(page: str) -> str:
    """Give the text of the page's main part."""
    main = page.partition('<main id="main"')[2].partition("</main>")[0]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("screen", SCREENS, ids=lambda each: each.endpoint)
def test_every_page_has_its_help(app: Flask, screen: Screen, language: str) -> None:
    answer = app.test_client().get(f"/help/{screen.endpoint}?lang={language}")

    assert answer.status_code == 200
    told = plain(answer.text)
    assert getattr(screen.title, language) in told
    assert getattr(HELP[screen.endpoint].shows, language).split()[0] in told
    if language == "en":
        assert re.findall(r"[가-힣]+", told.replace("ㄱㅈ", "")) == []


@pytest.mark.parametrize("screen", SIGNED_IN, ids=lambda each: each.endpoint)
def test_every_page_leads_to_its_help(enter: Enter, app: Flask, screen: Screen) -> None:
    role = screen.roles[0]

    page = enter(role).get(address(app, screen), follow_redirects=True).text

    assert f'class="foot-help" href="/help/{screen.endpoint}' in page


def test_the_door_and_a_page_that_is_not_there_lead_to_help(enter: Enter, app: Flask) -> None:
    assert 'href="/help/sign_in.show"' in app.test_client().get("/sign-in").text
    assert 'class="foot-help" href="/help"' in enter().get("/nowhere").text


def test_a_form_opens_its_help_beside_itself(enter: Enter) -> None:
    page = enter().get("/events/new", follow_redirects=True).text

    assert 'href="/help/event_changing.register" target="_blank"' in page


def test_help_lists_the_pages_that_the_reader_may_open(enter: Enter, app: Flask) -> None:
    of_office, of_auditor = (enter(role).get("/help").text for role in ("office", "auditor"))
    of_nobody = app.test_client().get("/help").text

    assert 'href="/help/journal.show"' in of_auditor
    assert 'href="/help/changing.end"' in of_office
    assert 'href="/help/changing.end"' not in of_auditor
    assert 'href="/help/today.show"' not in of_nobody


@pytest.mark.parametrize("name", ["nothing", "asset", "../etc", "themes.choose"])
def test_there_is_no_help_for_what_is_no_page(app: Flask, name: str) -> None:
    answer = app.test_client().get(f"/help/{name}")

    assert answer.status_code == 404


def test_what_is_the_same_everywhere_is_said_once_and_shown_where_it_holds(app: Flask) -> None:
    client = app.test_client()
    of_list, of_form, of_page = (
        plain(client.get(f"/help/{each}?lang=ko").text)
        for each in ("partners.show", "changing.end", "history.show")
    )

    assert LIST_ACTS[1].ko in of_list
    assert LIST_ACTS[1].ko not in of_form + of_page
    assert FORM_ACTS[1].ko in of_form
    assert "기준일을 바꾸면" in of_list
    assert "기준일을 바꾸면" not in of_form + of_page


def test_words_are_of_the_glossary_or_have_their_meanings_among_the_labels() -> None:
    for term, _ in WORDS.values():
        assert term.ko.split(", ")[0] in GLOSSARY, term.ko
    for told in HELP.values():
        for word in told.words:
            assert word in WORDS or set(TABLES[f"{word}_meaning"]) <= set(TABLES[word])


def test_flags_and_covers_are_explained_in_the_words_of_the_pages(app: Flask) -> None:
    page = plain(app.test_client().get("/help/agreement.show?lang=ko").text)

    assert "오래 소식 없음 365일 넘게 증빙이나 완료가 기록되지 않았습니다." in page
    assert "하나뿐 한 기관뿐" in plain(app.test_client().get("/help/coverage.show?lang=ko").text)
