"""Choosing by name among many, in a real browser: while typing with scripts, by a step without."""

import re

import pytest
from playwright.sync_api import CDPSession, Locator, Page, Route, expect

from ieum_portal.operations.offers import FEW
from tests.portal.neighbours import Neighbours
from tests.portal.pages.browsing import Visit, turned, violations
from tests.portal.pages.test_picking import a_partner
from tests.portal.sample import PARTNERS, identity

NEW = "/events/new"
SOON = 30_000
"""Milliseconds; far longer than it takes on a busy machine too."""
ASKED = re.compile("sought=partner_ids")


@pytest.fixture(autouse=True)
def _many(neighbours: Neighbours) -> None:
    neighbours.registry.hold(partner=[*PARTNERS, *map(a_partner, range(FEW))])


def composed(hands: CDPSession, *steps: str) -> None:
    """Compose a text as an input method does, one step after the other; it is not ended."""
    for each in steps:
        at = len(each)
        hands.send(
            "Input.imeSetComposition", {"text": each, "selectionStart": at, "selectionEnd": at}
        )


def fill_the_rest(page: Page) -> None:
    page.locator("#title_ko").fill("북유럽 박람회")
    page.locator("#kind").select_option("expo")
    page.locator("#zone").fill("Europe/Helsinki")
    page.locator("#starts_at").fill("2027-05-11T09:00")
    page.locator("#ends_at").fill("2027-05-13T17:00")
    page.locator("#country").select_option("FI")
    page.locator("#city_ko").fill("헬싱키")


def options(page: Page) -> Locator:
    return page.locator("#partner_ids-names").get_by_role("option")


def test_partners_are_chosen_by_keyboard_and_recorded_either_way(
    visit: Visit, scripts: bool, neighbours: Neighbours
) -> None:
    page = visit(NEW)
    fill_the_rest(page)
    field = page.locator("#partner_ids-sought")

    field.fill("네이버")
    if scripts:
        expect(options(page)).to_have_text("네이버", timeout=SOON)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(field).to_have_value("")
        expect(field).to_be_focused()
        expect(page.locator("[data-name=partner_ids] [role=status]")).to_have_text("고름: 네이버")
    else:
        with turned(page):
            page.locator("button[value=find-partner_ids]").press("Enter")
        page.get_by_label("네이버", exact=True).press("Space")
    with turned(page):
        page.locator(".fill button[value=preview]").press("Enter")
    with turned(page):
        page.locator(".confirm button[value=record]").press("Enter")

    assert neighbours.registry.newest()["partner_ids"] == [identity("naver")]


def test_hangul_is_looked_for_while_it_is_composed_and_enter_ends_the_syllable_alone(
    visit: Visit,
) -> None:
    page = visit(NEW)
    hands = page.context.new_cdp_session(page)
    field = page.locator("#partner_ids-sought")
    field.focus()

    composed(hands, "ㄴ", "나", "날", "나래", "나랙", "나래기", "나래깅", "나래기어", "나래기업")
    expect(options(page)).to_have_count(20, timeout=SOON)
    expect(field).to_have_value("나래기업")
    for told in ("isComposing: true", "keyCode: 229"):
        field.evaluate(
            f"""each => {{ for (const key of ['ArrowDown', 'Enter']) each.dispatchEvent(
            new KeyboardEvent('keydown', {{key, {told}, bubbles: true}})) }}"""
        )
    hands.send("Input.insertText", {"text": "나래기업"})

    expect(field).to_have_value("나래기업")
    assert page.locator("input[name=partner_ids]:checked").count() == 0
    page.keyboard.insert_text("04")
    expect(options(page)).to_have_count(10, timeout=SOON)
    page.keyboard.press("ArrowUp")
    chosen = page.locator("#partner_ids-names [aria-selected=true]")
    expect(chosen).to_have_count(1)
    name = chosen.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_label(name, exact=True)).to_be_checked()


def test_what_is_composed_does_not_stay_behind_when_a_name_is_clicked(visit: Visit) -> None:
    page = visit(NEW)
    hands = page.context.new_cdp_session(page)
    field = page.locator("#partner_ids-sought")
    field.focus()
    composed(hands, "네", "네이", "네입", "네이버")

    options(page).filter(has_text="네이버").click(timeout=SOON)

    expect(page.get_by_label("네이버", exact=True)).to_be_checked()
    expect(field).to_have_value("")


def test_it_is_a_combobox_that_says_how_many_and_fits_at_400_percent(visit: Visit) -> None:
    page = visit(NEW, width=320)
    field = page.locator("#partner_ids-sought")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.fill("나래")

    expect(page.locator("[data-name=partner_ids] [role=status]")).to_contain_text(
        "20건 넘게", timeout=SOON
    )
    expect(page.get_by_role("combobox", name="찾을 이름").first).to_have_attribute(
        "aria-expanded", "true"
    )
    field.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    expect(page.locator(f"[id='{active}']")).to_have_attribute("aria-selected", "true")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    field.press("Escape")
    expect(page.locator("#partner_ids-names")).to_be_hidden()
    expect(field).to_have_value("나래")


def test_an_answer_that_is_late_does_not_take_the_place_of_a_newer_one(visit: Visit) -> None:
    page = visit(NEW)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route) if not held else route.continue_()

    page.route(ASKED, hold)
    field = page.locator("#partner_ids-sought")
    with page.expect_request(ASKED, timeout=SOON):
        field.fill("나래")
    field.fill("네이버")
    expect(options(page)).to_have_text(["네이버"], timeout=SOON)
    held[0].fulfill(json={"items": [{"id": "x", "name": "늦은 답"}], "said": ""})

    expect(options(page)).to_have_text(["네이버"])


def test_when_no_answer_comes_the_step_of_the_form_finds(visit: Visit) -> None:
    page = visit(NEW)
    page.route(ASKED, lambda route: route.fulfill(status=503, body="{}"))
    page.locator("#partner_ids-sought").fill("네이버")

    expect(page.locator("[data-name=partner_ids] [role=status]")).to_contain_text(
        "‘찾기’를 누르십시오", timeout=SOON
    )
    with turned(page):
        page.locator("button[value=find-partner_ids]").click()

    expect(page.get_by_label("네이버", exact=True)).to_be_visible()
