"""A table of inputs in a real browser: a block is pasted into its cells, or into a field below."""

import pytest
from playwright.sync_api import Page, expect

from tests.portal.neighbours import Neighbours
from tests.portal.pages.browsing import Visit, turned, violations
from tests.portal.sample import identity

NEW = f"/partners/{identity('naver')}/people/new"
BLOCK = '김하나\thana@naver.example\t"02-1234-5678"\r\n이두리\tduri@naver.example\t\r\n'
SOON = 30_000
"""Milliseconds; far longer than it takes on a busy machine too."""
PASTE = """(cell, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    const isFree = cell.dispatchEvent(
        new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}))
    if (isFree) document.execCommand('insertText', false, text)
}"""


def paste(page: Page, cell: str, text: str) -> None:
    page.locator(cell).focus()
    page.locator(cell).evaluate(PASTE, text)


def cells(page: Page) -> list[list[str]]:
    """Give what stands in the rows, blank ones left out."""
    found: list[list[str]] = page.locator("table[data-rows] tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('input')].map(each => each.value))"
    )
    return [each for each in found if any(each)]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_people_are_registered_from_a_spreadsheet_by_keyboard_either_way(
    visit: Visit, scripts: bool, neighbours: Neighbours, language: str
) -> None:
    page = visit(f"/partners/{identity('naver')}", language=language)
    with turned(page):
        page.locator("#people a[href$='/people/new']").press("Enter")
    page.locator("#purpose").fill("이행 안내")
    page.locator("#consented_on").fill("2026. 11. 20.")
    if scripts:
        paste(page, "#name-0", BLOCK)
        expect(page.locator("#name-1")).to_have_value("이두리", timeout=SOON)
    else:
        page.locator("#pasted").fill(BLOCK)
        with turned(page):
            page.locator("button[value=find-rows-title]").press("Enter")
    assert cells(page) == [
        ["김하나", "hana@naver.example", "02-1234-5678"],
        ["이두리", "duri@naver.example", ""],
    ]
    assert violations(page) == []
    with turned(page):
        page.locator(".fill button[value=preview]").press("Enter")
    assert violations(page) == []
    with turned(page):
        page.locator(".confirm button[value=record]").press("Enter")

    made = neighbours.registry.changes()[-2:]
    assert [each.kind for each in made] == ["contact.registered"] * 2
    expect(page.locator("#people")).to_contain_text("이두리")


def test_a_block_goes_in_from_the_cell_with_the_focus_adds_rows_and_is_taken_back(
    visit: Visit,
) -> None:
    page = visit(NEW)
    page.locator("#name-2").fill("먼저")
    page.locator("#email-2").fill("before@naver.example")

    paste(page, "#email-2", "\n".join(f"a{n}@naver.example\t02-000-000{n}" for n in range(4)))
    expect(page.locator("#phone-5")).to_have_value("02-000-0003", timeout=SOON)
    expect(page.locator("#row-5")).to_have_text("6")
    expect(page.locator(".rows-part [data-said]")).to_contain_text("4줄을 붙여 넣었습니다")
    assert cells(page)[0] == ["먼저", "a0@naver.example", "02-000-0000"]
    page.keyboard.press("Control+z")

    assert cells(page) == [["먼저", "before@naver.example", ""]]
    expect(page.locator(".rows-part [data-said]")).to_contain_text("되돌렸습니다")
    assert violations(page) == []


def test_what_does_not_fit_is_said_and_nothing_is_put_in(visit: Visit) -> None:
    page = visit(NEW)
    page.locator("#name-0").fill("먼저")

    paste(page, "#phone-0", "02-1\t가")
    expect(page.locator(".rows-part [data-said]")).to_contain_text("칸이 많은 줄", timeout=SOON)
    paste(page, "#name-1", "가\n" * 50)
    expect(page.locator(".rows-part [data-said]")).to_contain_text("50줄까지", timeout=SOON)

    assert cells(page) == [["먼저", "", ""]]


def test_one_cell_goes_in_as_any_text_does(visit: Visit) -> None:
    page = visit(NEW)

    paste(page, "#name-0", "김하나\r\n")

    assert cells(page) == [["김하나", "", ""]]


def test_the_first_letter_composed_in_a_cell_is_not_lost_and_is_kept_in_one_form(
    visit: Visit, neighbours: Neighbours
) -> None:
    page = visit(NEW)
    hands = page.context.new_cdp_session(page)
    page.locator("#purpose").fill("이행 안내")
    page.locator("#consented_on").fill("2026-11-20")
    page.locator("#name-0").focus()
    for each in ("ㅎ", "하", "한"):
        hands.send(
            "Input.imeSetComposition", {"text": each, "selectionStart": 1, "selectionEnd": 1}
        )
    hands.send("Input.insertText", {"text": "한"})
    page.keyboard.press("Tab")
    page.keyboard.insert_text("han@naver.example")
    paste(page, "#name-1", "\u1112\u1161\u11ab\ttwo@naver.example")  # As some systems copy it.
    expect(page.locator("#name-1")).to_have_value("한", timeout=SOON)

    assert cells(page)[0] == ["한", "han@naver.example", ""]


def test_more_rows_come_at_once_and_the_focus_goes_there(visit: Visit) -> None:
    page = visit(NEW)

    page.locator("[data-more]").press("Enter")

    expect(page.locator("#name-3")).to_be_focused()
    expect(page.locator("table[data-rows] tbody tr")).to_have_count(8)


def test_the_table_fits_at_400_percent(visit: Visit, scripts: bool) -> None:
    page = visit(NEW, width=320)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
