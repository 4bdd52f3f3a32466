"""An import under way: its page tells by itself how far it is, or its button does."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.portal.neighbours import Neighbours
from tests.portal.pages.browsing import Visit, turned, violations
from tests.portal.sample import identity

HERE = f"/imports/{identity('ledger')}"
SOON = 30_000
"""Milliseconds; far longer than it takes on a busy machine too."""


@pytest.fixture
def under_way(visit: Visit) -> Page:
    """Give the page of an import that was approved and that no worker has taken yet."""
    page = visit(f"{HERE}/preview")
    with turned(page):
        page.get_by_role("button", name="나머지 등록하기").click()
    expect(page.locator("[data-said]")).to_have_text("1건 가운데 0건을 마쳤습니다.")
    return page


def test_the_page_moves_on_by_itself_or_by_its_button(
    under_way: Page, scripts: bool, neighbours: Neighbours
) -> None:
    assert violations(under_way) == []
    neighbours.registry.work()
    if not scripts:
        with turned(under_way):
            under_way.get_by_role("link", name="진행 상황 다시 보기").click()

    expect(under_way.locator("#state-title ~ p").first).to_contain_text(
        "등록을 마쳤습니다", timeout=SOON
    )
    assert under_way.locator("[data-progress]").count() == 0


def test_each_quarter_is_announced_and_nothing_between(under_way: Page) -> None:
    done = iter((10, 20, 30, 40))

    def answer(route: Route) -> None:
        at = next(done, 40)
        said = f"40건 가운데 {at}건을 마쳤습니다."
        route.fulfill(json={"said": said, "done": at, "total": 40, "works": True})

    under_way.route("**/imports/*?progress=1", answer)
    heard = under_way.locator("[data-progress] [role=status]")

    expect(heard).to_have_text("40건 가운데 10건을 마쳤습니다.", timeout=SOON)
    expect(under_way.locator("[data-said]")).to_have_text(
        "40건 가운데 40건을 마쳤습니다.", timeout=SOON
    )
    expect(heard).to_have_text("40건 가운데 40건을 마쳤습니다.")
    expect(under_way.locator("progress")).to_have_js_property("position", 1)


def test_an_answer_that_does_not_come_is_asked_for_again(
    under_way: Page, neighbours: Neighbours
) -> None:
    lost = iter((True, True))

    def answer(route: Route) -> None:
        if next(lost, False):
            route.fulfill(status=503, body="")
        else:
            route.continue_()

    under_way.route("**/imports/*?progress=1", answer)
    neighbours.registry.work()

    expect(under_way.locator("#state-title ~ p").first).to_contain_text(
        "등록을 마쳤습니다", timeout=SOON
    )
