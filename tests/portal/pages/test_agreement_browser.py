"""An agreement is entered at the keyboard, with scripts and without: how many keys that takes."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.portal.neighbours import Neighbours
from tests.portal.pages.browsing import Visit, turned, violations
from tests.portal.sample import PARTNERS, identity

SOON = 30_000
"""Milliseconds; far longer than it takes on a busy machine too."""

OWN = identity(str(PARTNERS[0]["key"]))


@dataclass
class Hands:
    """Somebody at the keyboard.

    Attributes:
        keys: How often one was pressed; letters of a text count each.
    """

    page: Page
    keys: int = 0

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
            self.keys += 1

    def turn(self, key: str) -> None:
        """Press a key that leads to another page."""
        with turned(self.page):
            self.press(key)

    def write(self, name: str, text: str) -> None:
        """Go on with Tab to a field and type into it."""
        self.to(f"#{name}")
        self.page.keyboard.insert_text(text)
        self.keys += len(text)

    def to(self, selector: str) -> None:
        """Go on with Tab until something has the focus."""
        for _ in range(60):
            if self.page.evaluate("at => document.activeElement?.matches(at)", selector):
                return
            self.press("Tab")
        pytest.fail(f"Tab does not lead to {selector}")

    def skip(self) -> None:
        """Go to the page's own part, past its menu."""
        self.press("Tab")
        self.press("Enter")


def test_an_agreement_of_two_is_entered_by_keyboard_and_the_next_begins(
    visit: Visit, scripts: bool, neighbours: Neighbours
) -> None:
    page = visit("/agreements")
    hands = Hands(page)
    hands.skip()
    hands.to("a[href='/agreements/new']")
    hands.turn("Enter")
    assert violations(page) == []

    hands.skip()
    hands.write("title_ko", "인공지능 인재 양성 협약")
    hands.write("signed_on", "2026.11.20")
    hands.write("term_months", "3년")
    hands.to("#lead_department_id")
    hands.press("ArrowDown")  # 문화산업과, the first.
    hands.write("parties-sought", "네이버")
    if scripts:
        expect(page.locator("#parties-names")).to_be_visible(timeout=SOON)
        hands.press("ArrowDown")
        hands.press("Enter")
    else:
        hands.to("button[value='find-parties']")
        hands.turn("Enter")
        hands.to("input[name='parties-added']")
        hands.press("Space")
        hands.to("p > button[value='find-parties']")
        hands.turn("Enter")
    expect(page.locator(".named-rows tbody tr")).to_have_count(2)
    assert violations(page) == []
    hands.to("#parties-sought")
    hands.turn("Enter")
    expect(page.locator(".differences").first).to_contain_text("2029-11-20")

    hands.skip()
    hands.to("button[value='record_next']")
    hands.turn("Enter")

    made = neighbours.registry.newest()
    assert made["title"]["ko"] == "인공지능 인재 양성 협약"
    assert [each["partner_id"] for each in made["parties"]] == [OWN, identity("naver")]
    assert [each["signed_on"] for each in made["parties"]] == ["2026-11-20"] * 2
    assert made["lead_department_id"] == identity("culture")
    assert made["number"] == "2026-001"
    expect(page.get_by_text("앞의 것을 기록했습니다")).to_be_visible()
    expect(page.locator("#number")).to_have_value("2026-002")
    expect(page.locator("#lead_department_id")).to_have_value(identity("culture"))
    if scripts:
        assert hands.keys <= 100


def test_parties_fit_on_a_phone(visit: Visit) -> None:
    page = visit("/agreements/new", width=390)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
