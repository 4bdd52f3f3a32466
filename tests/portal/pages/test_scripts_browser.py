"""What scripts add to the pages, in a real browser, by keyboard; without them all else is there."""

import re

from playwright.sync_api import Page, Route, expect

from tests.portal.desk import Desk
from tests.portal.pages.browsing import Visit

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
