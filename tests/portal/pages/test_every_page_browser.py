"""Every page of the register in a real browser: by keyboard, in each theme, and at 400 %.

A theme changes colours alone, so each page is looked at in light and in high contrast at 1280, and
in dark at 390; both languages at both widths are looked at in test_browser.py, and the pairs of
colours of all themes are computed in test_look.py.
"""

import pytest
from flask import Flask
from playwright.sync_api import Page

from ieum_portal.pages.register import SCREENS
from ieum_portal.pages.screen import Screen
from tests.portal.pages.browsing import Visit, violations
from tests.portal.pages.test_browser import TOO_WIDE
from tests.portal.pages.test_register import SIGNED_IN, address

HELP = next(each for each in SCREENS if each.endpoint == "help.index")
PAGES = [*SIGNED_IN, HELP]

OBSCURED = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect()
    if (at === document.body || box.width < 2 || box.height < 2) return null
    const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
    const isSeen = over !== null && (at.contains(over) || over.contains(at) || over.closest('svg'))
    const told = each => each && each.outerHTML.slice(0, 60)
    return isSeen ? null : told(at) + " under " + told(over)
}"""


WALKED = """() => {
    const controls = "a[href], button, input, select, textarea, summary, [tabindex='0']"
    const isMet = each => each.checkVisibility({visibilityProperty: true}) && !each.disabled
        && each.tabIndex >= 0 && each.type !== "hidden" && !each.closest("[inert]")
    window.unmet = new Set([...document.querySelectorAll(controls)].filter(isMet))
    window.unseen = []
    document.addEventListener("focusin", ({target}) => {
        unmet.delete(target)
        // Arrows walk within a group of choices: meeting one of them is meeting all.
        for (const each of unmet)
            if (each.type === "radio" && each.name === target.name) unmet.delete(each)
        const {outlineStyle, boxShadow} = getComputedStyle(target)
        const box = target.querySelector("rect")  // In a picture it is the box that is framed.
        const isFramed = box !== null && parseFloat(getComputedStyle(box).strokeWidth) >= 3
        if (outlineStyle === "none" && boxShadow === "none" && !isFramed)
            unseen.push(target.outerHTML)
    })
    // A day or hour of the browser's own has a stop for each of its parts.
    const parts = ["date", "time", "datetime-local"].map(each => `input[type=${each}]`).join()
    return unmet.size + 8 * document.querySelectorAll(parts).length
}"""
LEFT = """() => [...unmet].map(each => "not met: " + each.outerHTML.slice(0, 90))
    .concat(unseen.map(each => "not seen: " + each.slice(0, 90)))"""


def not_for_the_keyboard(page: Page) -> list[str]:
    """Walk a page by Tab; give what is not come to, or does not show that it has the focus."""
    page.evaluate("document.activeElement.blur()")
    for _ in range(page.evaluate(WALKED) + 10):
        page.keyboard.press("Tab")
    left: list[str] = page.evaluate(LEFT)
    return left


def reader_of(screen: Screen) -> str:
    """Give a role that a page opens to."""
    return next(each for each in ("office", "liaison") if {each, "public"} & {*screen.roles})


@pytest.mark.parametrize("screen", PAGES, ids=lambda each: each.endpoint)
def test_a_page_is_walked_by_keyboard_and_readable_in_every_theme_and_at_400_percent(
    look: Visit, app: Flask, screen: Screen
) -> None:
    page = look(address(app, screen), role=reader_of(screen))

    assert not_for_the_keyboard(page) == []
    assert violations(page) == []
    page.emulate_media(contrast="more")
    assert violations(page) == []
    page.emulate_media(contrast="null", color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("path", ["/partners", "/events", "/history", "/coverage"])
def test_what_is_focused_is_never_hidden_under_what_sticks(look: Visit, path: str) -> None:
    page = look(path)
    page.set_viewport_size({"width": 1280, "height": 400})
    hidden = []

    page.locator("footer a").first.focus()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        hidden.append(page.evaluate(OBSCURED))

    assert [each for each in hidden if each] == []
