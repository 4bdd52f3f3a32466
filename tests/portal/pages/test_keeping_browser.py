"""A form keeps its draft by itself, and asks before what is not kept is lost."""

import pytest
from playwright.sync_api import Dialog, Page, Route, expect
from sqlalchemy import text

from sqlstore.engine import open_engine
from tests.portal.desk import Desk
from tests.portal.pages.browsing import Visit, turned, violations
from tests.portal.sample import identity

FORM = f"/milestones/{identity('m1')}/done"
FORMS = "**/done?draft=*"
HIDE = """() => { Object.defineProperty(document, 'visibilityState', {get: () => 'hidden'})
document.dispatchEvent(new Event('visibilitychange')) }"""
SOON = 30_000
"""Milliseconds; far longer than it takes on a busy machine too."""


@pytest.fixture(autouse=True)
def _no_drafts_of_other_tests(desk: Desk) -> None:
    with open_engine(desk.settings.database).begin() as connection:
        connection.execute(text("DELETE FROM drafts"))


@pytest.fixture
def asked(page: Page) -> list[str]:
    """Give what the page asked before it was left; whoever is asked goes on."""
    found: list[str] = []

    def answer(dialog: Dialog) -> None:
        found.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    return found


def drafts(desk: Desk) -> int:
    with open_engine(desk.settings.database).connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM drafts")).scalar_one())


def refuse(route: Route) -> None:
    if route.request.method == "POST":
        route.fulfill(status=503, body="")
    else:
        route.continue_()


def typed(page: Page, words: str) -> None:
    """Type as a hand does: a browser asks nobody who only looked."""
    page.locator("#proof").click()
    page.keyboard.insert_text(words)


def test_what_is_typed_is_kept_by_itself_after_a_moment(
    page: Page, visit: Visit, asked: list[str]
) -> None:
    visit(FORM)
    typed(page, "시연 결과 보고서")

    expect(page.locator("[data-kept]")).to_have_text("임시저장됨 12:00", timeout=SOON)
    assert violations(page) == []
    page.reload()

    expect(page.locator("#proof")).to_have_value("시연 결과 보고서")
    assert asked == []


def test_a_page_that_goes_out_of_sight_keeps_at_once(page: Page, visit: Visit) -> None:
    visit(FORM)
    page.clock.install()  # No moment passes.
    typed(page, "시연 결과 보고서")

    with page.expect_response(lambda answer: answer.request.method == "POST") as kept:
        page.evaluate(HIDE)

    assert kept.value.ok


def test_what_is_not_kept_is_asked_about_before_it_is_left(
    page: Page, visit: Visit, asked: list[str]
) -> None:
    visit(FORM)
    with turned(page):
        page.locator(".trail a").click()
    assert asked == []  # Nothing was typed.

    page.route(FORMS, refuse)
    visit(FORM)
    typed(page, "시연 결과 보고서")
    expect(page.locator("[data-kept]")).to_contain_text("저장하지 못했습니다", timeout=SOON)
    with turned(page):
        page.locator(".trail a").click()

    assert asked == ["beforeunload"]


def test_sending_the_form_is_not_asked_about(page: Page, visit: Visit, asked: list[str]) -> None:
    visit(FORM)
    page.clock.install()
    typed(page, "시연 결과 보고서")
    with turned(page):
        page.locator(".fill button[value=keep]").click()

    expect(page.locator("#proof")).to_have_value("시연 결과 보고서")
    assert asked == []


def test_of_two_windows_the_later_one_is_not_kept_over_the_other(
    page: Page, visit: Visit, desk: Desk
) -> None:
    visit(FORM)
    other = page.context.new_page()
    other.goto(page.url)
    typed(page, "먼저 연 창")
    expect(page.locator("[data-kept]")).to_contain_text("임시저장됨", timeout=SOON)

    typed(other, "나중 창")

    expect(other.locator("[data-kept]")).to_contain_text("다른 창에서 고친", timeout=SOON)
    assert drafts(desk) == 1
    page.reload()
    expect(page.locator("#proof")).to_have_value("먼저 연 창")
    with turned(other):
        other.locator(".fill button[value=keep]").click()
    expect(other.locator("#proof")).to_have_value("나중 창")
    assert drafts(desk) == 2  # Kept apart, as without scripts.


def test_a_button_pressed_while_the_page_keeps_itself_makes_no_second_draft(
    page: Page, visit: Visit, desk: Desk
) -> None:
    visit(FORM)
    held: list[Route] = []

    def hold(route: Route) -> None:
        is_aside = "step=aside" in (route.request.post_data or "")
        held.append(route) if is_aside else route.continue_()

    page.route(FORMS, hold)
    typed(page, "시연 결과")
    with page.expect_request(lambda each: "step=aside" in (each.post_data or ""), timeout=SOON):
        pass
    typed(page, " 보고서")
    page.locator(".fill button[value=preview]").click()
    with turned(page):
        held[0].continue_()

    expect(page.get_by_role("heading", level=1)).to_have_text("무엇이 달라지나")
    assert drafts(desk) == 1


def test_nothing_is_sent_while_a_syllable_is_composed(page: Page, visit: Visit) -> None:
    visit(FORM)
    page.clock.install()
    sent: list[str] = []
    page.on("request", lambda each: sent.append(each.post_data or ""))
    hands = page.context.new_cdp_session(page)
    page.locator("#proof").focus()

    for syllable in ("ㅎ", "하", "한"):
        hands.send(
            "Input.imeSetComposition", {"text": syllable, "selectionStart": 1, "selectionEnd": 1}
        )
    page.clock.fast_forward(5_000)
    assert sent == []
    hands.send("Input.insertText", {"text": "한"})
    with page.expect_response(lambda answer: answer.request.method == "POST") as kept:
        page.clock.fast_forward(5_000)

    assert kept.value.ok
    assert "proof=%ED%95%9C&" in sent[0]
