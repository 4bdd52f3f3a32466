"""What scripts add to the pages, in a real browser, by keyboard; without them all else is there."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.portal.desk import Desk
from tests.portal.pages.browsing import Visit, turned, violations
from tests.portal.sample import identity

SOON = 30_000
"""Milliseconds; far longer than it takes on a busy machine too."""


def put_in(page: Page, address: str, html: str) -> None:
    """Let a page hold more than it does, as it would be served."""

    def answer(route: Route) -> None:
        served = route.fetch()
        route.fulfill(response=served, body=served.text().replace("</main>", html))

    page.route(address, answer)


def test_a_script_written_into_a_page_does_not_run(page: Page, desk: Desk) -> None:
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    put_in(page, "**/sign-in", "<script>document.title = 'ran'</script></main>")

    page.goto(f"{desk.url}/sign-in")

    assert page.title() == "로그인 – 이음"
    assert any("Content Security Policy" in each for each in heard)


@pytest.mark.parametrize("is_secure", [True, False])
def test_a_list_is_copied_as_cells_of_a_spreadsheet(
    page: Page, visit: Visit, is_secure: bool
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not is_secure:  # As without https.
        page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', {})")
    visit("/partners")
    link = page.get_by_role("link", name="복사", exact=True)

    link.press("Enter")

    expect(page.locator(".files [role=status]")).to_have_text("복사했습니다.", timeout=SOON)
    expect(link).to_be_focused()
    page.locator("#q").focus()
    page.keyboard.press("Control+v")
    expect(page.locator("#q")).to_have_value(re.compile(r"^기관\t구분\t.* NHN\t기업\t"))


def test_what_cannot_be_copied_is_opened(page: Page, visit: Visit) -> None:
    visit("/partners")
    page.evaluate("document.querySelector('a[data-copies]').href = '/partners?q=없음'")

    with turned(page):
        page.locator("a[data-copies]").click()

    expect(page.locator("#q")).to_have_value("없음")


def test_the_browsers_calendar_writes_the_day_into_the_field(visit: Visit, scripts: bool) -> None:
    page = visit(f"/milestones/{identity('m1')}/done")
    field, button = page.locator("#done_on"), page.locator("[data-day-of=done_on]")
    field.fill("2021년 11월 16일")
    if not scripts:
        expect(button).to_be_hidden()
        return

    button.press("Enter")
    expect(field).to_have_value("2021년 11월 16일")
    page.locator(".day-pick input").first.evaluate(
        "each => { each.value = '2026-11-20'; each.dispatchEvent(new Event('change')) }"
    )

    expect(field).to_have_value("2026-11-20")
    expect(field).to_be_focused()
    assert violations(page) == []


ROW = "document.activeElement.closest('tbody tr')?.sectionRowIndex ?? null"


def pressed(page: Page, *keys: str) -> object:
    """Press keys; give the number of the row where the focus is then."""
    for each in keys:
        page.keyboard.press(each)
    return page.evaluate(ROW)


def tell(page: Page, pressed: str) -> None:
    """Press a key that no keyboard of the test has."""
    event = f"new KeyboardEvent('keydown', {{...{pressed}, bubbles: true}})"
    page.evaluate(f"document.activeElement.dispatchEvent({event})")


def test_j_and_k_walk_the_rows_and_enter_opens_one(visit: Visit) -> None:
    page = visit("/partners")
    second = page.locator("tbody tr").nth(1)

    assert pressed(page, "j", "j") == 1
    expect(second).to_be_focused()
    expect(second).to_have_css("outline-style", "solid")
    assert pressed(page, "k", "k", "j") == 1  # Up stops at the first row.
    tell(page, "{key: 'ㅓ', code: 'KeyJ'}")  # The same key while Hangul is typed.
    assert page.evaluate(ROW) == 2
    assert violations(page) == []
    name = page.locator("tbody tr").nth(2).locator("th a").inner_text()
    with turned(page):
        page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_x_marks_the_row_and_takes_the_mark_away(visit: Visit) -> None:
    page = visit("/partners")
    marks = page.locator("tbody input[type=checkbox]")

    pressed(page, "j", "x", "j", "x", "j", "x", "x")

    assert [each.is_checked() for each in marks.all()[:4]] == [True, True, False, False]


def test_slash_and_control_k_go_to_the_search_and_do_nothing_without_one(visit: Visit) -> None:
    page = visit("/history")
    search = page.locator("#search")

    for keys in ("/", "Control+k", "Meta+k"):
        page.keyboard.press(keys)
        expect(search).to_be_focused()
        expect(search).to_have_value("")
        search.evaluate("each => each.blur()")
    page.locator("#keys").evaluate("() => document.getElementById('search').remove()")
    page.keyboard.press("/")
    page.keyboard.press("Control+k")

    assert page.evaluate("document.activeElement === document.body")


def test_keys_stay_still_while_somebody_types_composes_or_holds_another_key(visit: Visit) -> None:
    page = visit("/partners")
    page.locator("#q").focus()
    pressed(page, "j", "x", "?", "/")
    expect(page.locator("#q")).to_have_value("jx?/")

    page.locator("#q").evaluate("each => each.blur()")
    assert pressed(page, "Control+j", "Alt+j", "Shift+J") is None
    for told in ("{key: 'j', isComposing: true}", "{key: 'j', keyCode: 229}"):
        tell(page, told)
    assert page.evaluate(ROW) is None


def test_the_question_mark_shows_the_keys_and_escape_goes_back(visit: Visit) -> None:
    page = visit("/partners")
    shown = page.get_by_role("dialog", name="단축키")
    pressed(page, "j")

    page.keyboard.press("Shift+?")

    expect(shown).to_be_visible()
    expect(page.locator("#keys-title")).to_be_focused()
    pressed(page, "j")
    expect(page.locator("#keys-title")).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    assert page.evaluate(ROW) == 0


def test_the_keys_are_switched_off_and_on_with_scripts_or_without(
    visit: Visit, scripts: bool
) -> None:
    page = visit("/partners")
    opens = page.get_by_role("button", name="단축키", exact=True)
    opens.press("Enter")
    with turned(page):
        page.get_by_role("button", name="단축키 끄기").press("Enter")

    assert page.url.endswith("/partners")
    assert pressed(page, "j") is None
    opens.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("꺼 두었습니다")
    with turned(page):
        page.get_by_role("button", name="단축키 켜기").press("Enter")
    assert pressed(page, "j") == (0 if scripts else None)


def test_the_list_of_keys_fits_a_small_window(visit: Visit) -> None:
    page = visit("/partners", width=320)

    page.get_by_role("button", name="단축키", exact=True).click()

    box = page.get_by_role("dialog").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert violations(page) == []
