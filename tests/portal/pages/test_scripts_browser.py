"""What scripts add to the pages, in a real browser, by keyboard; without them all else is there."""

import re

from playwright.sync_api import Page, Route, expect

from tests.portal.desk import Desk
from tests.portal.pages.browsing import Visit, turned, violations

SHEET = """<textarea id="sheet">이름\t건수\n네이버\t2</textarea>
<button type="button" data-copies="#sheet" data-said="복사했습니다" hidden>복사</button>
</main>"""


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


def test_a_button_copies_what_lies_in_another_element(page: Page, visit: Visit) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    put_in(page, "**/partners", SHEET)
    visit("/partners")

    page.get_by_role("button", name="복사").press("Enter")

    expect(page.get_by_role("status").last).to_have_text("복사했습니다")
    assert page.evaluate("navigator.clipboard.readText()") == "이름\t건수\n네이버\t2"


def test_without_the_clipboard_of_https_it_copies_as_a_hand_would(page: Page, visit: Visit) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    put_in(page, "**/partners", SHEET)
    visit("/partners")

    page.get_by_role("button", name="복사").click()
    page.locator("#q").focus()
    page.keyboard.press("Control+v")

    expect(page.get_by_role("status").last).to_have_text("복사했습니다")
    expect(page.locator("#q")).to_have_value(re.compile(r"^이름\t건수 네이버\t2"))


ROW = "document.activeElement.closest('tbody tr')?.sectionRowIndex ?? null"
MARKED = '<td><input type="checkbox" name="row" value="1" aria-label="표시"></td></tr>'
SEARCH = (
    '<label for="search">통합 찾기</label><input id="search" type="search" value="앞의 말"></main>'
)


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


def test_x_marks_the_row_and_takes_the_mark_away(page: Page, visit: Visit) -> None:
    def answer(route: Route) -> None:
        served = route.fetch()
        route.fulfill(
            response=served, body=re.sub("</td>\\s*</tr>", f"</td>{MARKED}", served.text())
        )

    page.route("**/partners", answer)
    visit("/partners")
    marks = page.locator("tbody input[type=checkbox]")

    pressed(page, "j", "x", "j", "x", "j", "x", "x")

    assert [each.is_checked() for each in marks.all()[:4]] == [True, True, False, False]


def test_slash_and_control_k_go_to_the_search_and_do_nothing_without_one(
    page: Page, visit: Visit
) -> None:
    put_in(page, "**/events", SEARCH)
    visit("/history")
    pressed(page, "/", "Control+k")
    assert page.evaluate("document.activeElement === document.body")

    visit("/events")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("#search")).to_have_value("앞의 말")
    page.locator("#keys-title").evaluate("each => document.activeElement.blur()")
    page.keyboard.press("Control+k")
    expect(page.locator("#search")).to_be_focused()


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
