"""Lists in a real browser: marked, changed and kept by keyboard alone, with scripts and without."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import delete

from ieum_portal.storage.tables import OPENING_VIEW, SAVED_VIEW
from sqlstore.engine import open_engine
from tests.portal.desk import Desk
from tests.portal.neighbours import Neighbours
from tests.portal.pages.browsing import Visit, turned, violations
from tests.portal.pages.test_browser import BROKEN, TOO_SMALL, TOO_WIDE
from tests.portal.pages.test_listing import agreement
from tests.portal.sample import identity, words

OVERLAPS = """() => {
    const boxes = [...document.querySelectorAll(
        'main .listing th a, main .row-mark, main .chip, main .button')]
        .filter(each => each.getBoundingClientRect().width > 0)
        .map(each => [each, each.getBoundingClientRect()])
    return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
        .filter(([other, b]) => !one.contains(other) && a.left < b.right - 1
            && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
        .map(([other]) => `${one.outerHTML.slice(0, 60)} over ${other.outerHTML.slice(0, 60)}`))
}"""


@pytest.fixture(autouse=True)
def begun(desk: Desk, neighbours: Neighbours) -> None:
    """Hold six agreements with long names, and no views of tests before this one."""
    held = [
        agreement(f"b{at}", title=words(f"인공지능·메타버스 융합도시 조성을 위한 업무협약 {at}"))
        for at in range(6)
    ]
    neighbours.registry.hold(agreement=held, collaboration=[], milestone=[], journal=[])
    with open_engine(desk.settings.database).begin() as connection:
        connection.execute(delete(OPENING_VIEW))
        connection.execute(delete(SAVED_VIEW))


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until that stands in focus."""
    for _ in range(150):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {wanted}")


@pytest.mark.usefixtures("scripts")
def test_rows_are_marked_and_changed_by_keyboard_alone(
    visit: Visit, neighbours: Neighbours
) -> None:
    page = visit("/agreements?sort=title")
    for at in (1, 3):
        box = page.get_by_role("checkbox", name=f"업무협약 {at} 표시")
        reach(page, box)
        page.keyboard.press("Space")
        expect(box).to_be_checked()
    reach(page, page.get_by_role("button", name="바꾸기…"))
    with turned(page):
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="표시한 2건")).to_be_visible()
    reach(page, page.locator("#lead_department_id"))
    page.keyboard.press("ArrowDown")
    reach(page, page.locator("#reason"))
    page.keyboard.type("조직 개편")
    reach(page, page.locator(".fill button[value=preview]"))
    with turned(page):
        page.keyboard.press("Enter")
    expect(page.get_by_text("2건 가운데 2건을 기록합니다.")).to_be_visible()
    assert violations(page) == []
    reach(page, page.locator(".confirm button[value=record]"))
    with turned(page):
        page.keyboard.press("Enter")

    expect(page.locator("#recorded")).to_be_visible()
    changed = [each for each in neighbours.registry.changes() if each.reason == "조직 개편"]
    assert {str(each.subject_id) for each in changed} == {identity("b1"), identity("b3")}
    assert "/agreements?sort=title&recorded=" in page.url


@pytest.mark.usefixtures("scripts")
def test_a_view_is_kept_and_opened_by_keyboard_alone(visit: Visit) -> None:
    page = visit("/agreements?kind=mou")
    reach(page, page.locator(".view-keep summary"))
    page.keyboard.press("Enter")
    reach(page, page.locator("#view-name"))
    page.keyboard.type("업무협약만")
    with turned(page):
        page.keyboard.press("Enter")
    tab = page.locator(".views a", has_text="업무협약만")
    expect(tab).to_have_attribute("aria-current", "true")
    assert violations(page) == []
    page.goto(page.url.partition("?")[0])
    reach(page, tab)
    with turned(page):
        page.keyboard.press("Enter")
    assert re.search(r"\?kind=mou&view=[0-9a-f-]{36}$", page.url)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_of_a_list_that_is_worked_in_lies_over_anything(visit: Visit, width: int) -> None:
    """320 pixels are 1,280 at a zoom of 400 %."""
    page = visit("/agreements?kind=mou", width=width)
    page.locator(".view-keep summary").click()
    page.locator("#view-name").fill("이름이 제법 긴 저장한 보기")
    with turned(page):
        page.locator(".view-keep button").first.click()
    page.get_by_role("checkbox", name="업무협약 2 표시").check()

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate(BROKEN) == []
    assert page.evaluate(OVERLAPS) == []


def test_marks_and_views_are_not_printed(visit: Visit) -> None:
    page = visit("/agreements?kind=mou")
    page.emulate_media(media="print")

    for each in (".row-mark", ".marks", ".views", ".view-keep", ".chips"):
        for found in page.locator(each).all():
            expect(found).to_be_hidden()
