"""통합 검색 in a real browser: from any page, by keyboard, on a phone, with scripts or without."""

import pytest
from playwright.sync_api import expect

from tests.portal import sample
from tests.portal.neighbours import Neighbours
from tests.portal.pages.browsing import Visit, turned, violations
from tests.portal.sample import identity, words


@pytest.mark.parametrize("width", [1280, 390])
def test_a_partner_is_found_by_initials_from_any_page_by_keyboard(visit: Visit, width: int) -> None:
    page = visit("/coverage", width=width)
    if width == 390:
        page.locator(".menu-open").press("Enter")

    page.locator("#search").focus()
    page.keyboard.type("ㄱㅈㄱㅎ")
    with turned(page):
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("통합 검색")
    expect(page.locator("#q")).to_have_value("ㄱㅈㄱㅎ")
    expect(page.locator("mark").first).to_have_text("광주과학")
    found = page.get_by_role("link", name="광주과학기술원").first
    found.focus()
    with turned(page):
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("광주과학기술원")


@pytest.mark.parametrize("width", [1280, 390])
def test_an_agreement_is_found_by_a_name_that_its_partner_no_longer_has(
    visit: Visit, neighbours: Neighbours, width: int
) -> None:
    [gist] = [each for each in sample.PARTNERS if each["id"] == identity("gist")]
    neighbours.registry.change("partner", gist, name=words("새솔기술원", "Saesol"))
    page = visit("/search", width=width)

    page.locator("#q").fill("광주 과학")
    with turned(page):
        page.locator("main").get_by_role("button", name="찾기").click()
    agreements = page.get_by_role("region", name="협약")
    expect(agreements).to_contain_text("근거 파트너 새솔기술원 – 옛 이름: 광주과학기술원")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    with turned(page):
        agreements.get_by_role("listitem").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("메타버스")
