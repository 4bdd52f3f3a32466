"""The pages in a real browser: readable by everybody, at every width, by keyboard, without scripts.

axe finds what a rule can find; what it is blind to (sizes, overlap, requests, focus) is measured.
"""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.portal.desk import PASSWORD, Desk
from tests.portal.neighbours import Neighbours, a_cover, a_letter, a_tie
from tests.portal.operations.test_today_page import ALARM
from tests.portal.pages.browsing import Visit, new_session_of, turned, violations
from tests.portal.pages.test_agreement import with_many_commitments
from tests.portal.sample import AGREEMENT, MILESTONES, SAMPLE, identity, words

NAVER = f"/partners/{identity('naver')}"
DOOR = ["/sign-in", "/sign-in?next=/partners"]
PAGES = ["/", "/partners", "/partners?q=ㄱㅈ", NAVER, "/?on=2026-12-20", "/nowhere"]
UNDER = f"/agreements/{identity(AGREEMENT)}"
FORMS = [
    f"/milestones/{identity('m1')}/done",
    f"/commitments/{identity('naver-T05')}/end",
    f"{UNDER}/commitments/new",
    f"/contacts/{identity('naver-liaison')}/change",
    f"/seats/{identity('naver-liaison-seat')}/handover",
    "/events/new",
    f"/events/{identity('expo')}/change",
    f"/events/{identity('expo')}/cancel",
]
AGREEMENTS = ["/agreements", UNDER, *FORMS]
READING = [
    "/search?q=네이버",
    "/search?q=%25",
    "/coverage",
    "/coverage?task=T05&field=F1",
    "/history",
    "/events",
    "/events?when=cancelled",
    f"/events/{identity('expo')}",
    f"/events/{identity('forum')}",
    "/questions",
    f"/questions/technology-use?technology={identity('xr')}",
    "/questions/partner-network?partner=대학교",
    f"{NAVER}/journal/new",
]
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
    .filter(each => !each.closest('.wide, .vh, .skip, thead, .me-box'))
    .filter(each => each.getBoundingClientRect().right > innerWidth + 0.5)
    .map(each => each.outerHTML.slice(0, 80))"""

TOO_SMALL = """() => {
    const tapped = 'button, input:not([type=hidden]), select, summary, nav a'
    return [...document.querySelectorAll(tapped)]
        .map(each => [each.outerHTML.slice(0, 60), each.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 34))
        .map(([text, box]) => `${text} ${box.width}x${box.height}`)
}"""

WIDER = """() => document.documentElement.scrollWidth <= innerWidth ? []
    : [`${document.documentElement.scrollWidth} pixels`]"""

UPRIGHT, ACROSS = 703, 1047
"""A4 between its margins, in pixels of CSS: 210 mm less 24, and the sheet of the table of tasks,
297 mm less 20. What is wider is cut off, or the whole page is made smaller for it."""

CUT_OFF = """isAcross => {
    const told = each => each.outerHTML.slice(0, 90)
    const all = [...document.querySelectorAll('body *')].filter(each =>
        each.getBoundingClientRect().width > 0 && !each.closest('.vh, .skip')
        && (each.closest('.tile-sheet') !== null) === isAcross)
    const beyond = all.filter(each => each.getBoundingClientRect().right > innerWidth + 0.5)
    const hidden = all.filter(each => each instanceof HTMLElement
        && getComputedStyle(each).overflowX !== 'visible'
        && each.scrollWidth > each.clientWidth + 1)
    return [...beyond.map(each => 'beyond: ' + told(each)),
            ...hidden.map(each => 'hidden: ' + told(each))].slice(0, 8)
}"""

BROKEN = """() => {
    const short = 'time, .mark, .is-day, .is-text, [data-label="역할"] span'
    return [...document.querySelectorAll(short)].filter(each => {
        const text = document.createRange()
        text.selectNodeContents(each.querySelector('span') ?? each)
        const tops = [...text.getClientRects()].map(box => Math.round(box.top / 8))
        return new Set(tops).size > 1
    }).map(each => each.outerHTML.slice(0, 80))
}"""

HALF_HEADED = """() => [...document.querySelectorAll('.grid-cards tbody th')]
    .filter(each => each.getBoundingClientRect().width
        < each.closest('table').getBoundingClientRect().width - 1)
    .map(each => each.outerHTML.slice(0, 80))"""

CROWDED = """() => [...document.querySelectorAll('.check')].filter(each => {
    const row = each.getBoundingClientRect()
    const text = each.querySelector('span').getBoundingClientRect()
    return text.top < row.top - 1 || text.bottom > row.bottom + 1
}).map(each => each.textContent.trim())"""

OUTSIDE = """() => [...document.querySelectorAll('.net-frame .net-box')].filter(box => {
    const text = box.querySelector('text').getBBox()
    const frame = box.querySelector('rect').getBBox()
    return text.x < frame.x + 2 || text.x + text.width > frame.x + frame.width - 2
        || text.y < frame.y || text.y + text.height > frame.y + frame.height
}).map(box => box.getAttribute('aria-label'))"""

NOT_TABLES = """() => [...document.querySelectorAll('table thead')]
    .filter(each => each.getBoundingClientRect().width > 0)
    .map(each => getComputedStyle(each).display)
    .filter(each => each !== 'table-header-group')"""

WIDTHS = (320, 390, 768, 1024, 1280, 1920)
MEASURED = (
    ("wider than its window", WIDER, WIDTHS),
    ("reaches beyond", TOO_WIDE, WIDTHS),
    ("breaks into two lines", BROKEN, (390, 1024, 1280)),
    ("choices lie over one another", CROWDED, (320, 390, 1280)),
    ("headed across less than its width", HALF_HEADED, (390,)),
    ("too small to be tapped", TOO_SMALL, (390,)),
    ("reaches out of its box", OUTSIDE, (1280,)),
)
"""What is wrong with a page, what finds it, and at which widths it is looked for."""

INK = "rgb(23, 33, 43)"
"""Of paper, whatever the screen shows."""

FOCUSED = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect()
    const rect = at.querySelector(':scope > rect')
    const seen = getComputedStyle(at).outlineStyle !== 'none'
        || (rect !== null && parseFloat(getComputedStyle(rect).strokeWidth) >= 4)
    return [at.textContent.trim().slice(0, 12), at.outerHTML.slice(0, 60), seen]
}"""


def boxes(found: Locator) -> list[dict[str, float]]:
    """Measure all that is found."""
    all_of: list[dict[str, float]] = found.evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().toJSON())"
    )
    return all_of


def faults(page: Page) -> list[str]:
    """Look at a page at every width and on paper; name each fault and where it is seen."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for fault, script, widths in MEASURED:
            if width in widths:
                found += [f"at {width}: {fault}: {each}" for each in page.evaluate(script)]
        if width in (390, 1280):
            found += [f"at {width}: {each}" for each in violations(page)]
    page.set_viewport_size({"width": UPRIGHT, "height": 800})
    page.emulate_media(media="print")
    found += [f"cut off on paper: {each}" for each in page.evaluate(CUT_OFF, False)]
    found += [f"no table on paper: {each}" for each in page.evaluate(NOT_TABLES)]
    return found


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("path", [*DOOR, *PAGES, *AGREEMENTS, *READING])
def test_a_page_reads_at_every_width_and_on_paper(look: Visit, path: str, language: str) -> None:
    """One visit, as most of what a look costs is to open the page."""
    page = look(path, role=None if path in DOOR else "office", language=language)

    assert faults(page) == []


def test_the_picture_that_is_measured_has_boxes(look: Visit) -> None:
    assert look(NAVER).locator(".net-frame .net-box").count() > 5


def test_axe_finds_nothing_when_everything_is_wrong(visit: Visit, neighbours: Neighbours) -> None:
    neighbours.said["sender"] |= {
        "alive": False,
        "alarms": [ALARM],
    }
    neighbours.said["projection"] |= {"state": "stopped"}
    neighbours.registry.is_down = True

    assert violations(visit("/")) == []
    assert violations(visit(NAVER)) == []


def test_axe_finds_nothing_in_forced_colours(look: Visit) -> None:
    page = look(NAVER)
    page.emulate_media(forced_colors="active")

    assert violations(page) == []


def test_a_choice_outweighs_what_the_device_wishes(visit: Visit) -> None:
    page = visit("/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(ground)

    with turned(page):
        page.get_by_role("button", name="밝게").press("Enter")
    assert page.evaluate(ground) == light
    with turned(page):
        page.get_by_role("button", name="고대비").press("Enter")
    assert page.evaluate(ground) not in (light, dark)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == INK


@pytest.mark.parametrize("path", ["/", NAVER, *AGREEMENTS, *READING])
def test_a_title_of_one_long_word_stays_within_its_window(
    look: Visit, neighbours: Neighbours, path: str
) -> None:
    neighbours.registry.hold(
        **{
            kind: [
                each | {"title": words("한낱말로된제목" * (letters // 7))} for each in SAMPLE[kind]
            ]
            for kind, letters in {"agreement": 500, "milestone": 200, "event": 200}.items()
        }
    )
    page = look(path)

    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert page.evaluate(TOO_WIDE) == [], width


def test_an_agreement_of_45_commitments_takes_three_screens_and_folds_open_by_keyboard(
    visit: Visit, neighbours: Neighbours
) -> None:
    many = with_many_commitments(45)
    neighbours.registry.hold(collaboration=many, promise=[], promise_report=[])
    page = visit(UNDER)
    assert page.evaluate("document.documentElement.scrollHeight") <= 3 * 800
    fold = page.locator("#commitments .fold").first
    button = fold.locator(".doing a").first
    expect(button).to_be_hidden()

    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(button).to_be_visible()
    page.keyboard.press("Tab")
    assert fold.evaluate("each => each.contains(document.activeElement)")
    assert violations(page) == []
    fold.locator("summary").press("Enter")
    expect(button).to_be_hidden()

    page.emulate_media(media="print")
    shown = page.locator("#commitments tbody th").evaluate_all(
        "all => all.filter(each => each.checkVisibility({contentVisibilityAuto: true}) "
        "&& each.getBoundingClientRect().height > 0).length"
    )
    assert shown == 45
    parties = page.locator("#parties tbody tr")
    assert parties.count() == 25
    assert all(each["height"] > 0 for each in boxes(parties))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_the_places_of_the_table_mean_is_read_without_scrolling(
    look: Visit, language: str
) -> None:
    page = look("/coverage", language=language, width=390)

    said = page.get_by_text(re.compile("칸의 수는|Each number counts"))
    box = said.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390


def test_the_vendored_font_sets_the_text(look: Visit) -> None:
    page = look("/")
    tools = page.context.new_cdp_session(page)
    for command in ("DOM.enable", "CSS.enable"):
        tools.send(command)
    root = tools.send("DOM.getDocument")["root"]["nodeId"]

    for selector in ("h1", "th .under", ".tally-count"):
        node = tools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert all(each["familyName"].startswith("Pretendard GOV") for each in fonts), selector
        assert fonts, selector


def test_tab_walks_the_page_in_order_and_shows_where_it_is(look: Visit) -> None:
    page = look(NAVER)
    stops: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        name, element, is_seen = page.evaluate(FOCUSED)
        stops.append(name)
        assert is_seen, f"no focus ring on {element}"

    assert stops[:4] == ["본문으로 건너뛰기", "이음", "할 일", "파트너"]
    assert "기본 정보" in stops


@pytest.mark.parametrize("path", ["/partners", "/agreements"])
def test_a_list_prints_on_one_sheet_if_it_fits_one(look: Visit, path: str) -> None:
    page = look(path)

    paper = page.pdf(prefer_css_page_size=True)

    assert re.findall(rb"/Count (\d+)", paper) == [b"1"]
    assert b"841.9" in paper  # Across.


@pytest.mark.usefixtures("scripts")
@pytest.mark.parametrize("language", ["ko", "en"])
def test_on_a_phone_the_head_is_one_line_and_its_menu_opens_by_keyboard(
    visit: Visit, language: str
) -> None:
    page = visit("/partners", language=language, width=390)
    head, places = page.locator("header"), page.locator(".places")
    box = head.bounding_box()
    assert box is not None
    assert box["height"] <= 56
    expect(places).to_be_hidden()

    page.locator(".menu-open").focus()
    page.keyboard.press("Enter")

    expect(places).to_be_visible()
    expect(page.locator(".asof")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate(TOO_SMALL) == []
    page.locator(".menu-close").click()
    expect(places).to_be_hidden()


@pytest.mark.usefixtures("scripts")
def test_the_skip_link_leads_to_the_content(visit: Visit) -> None:
    page = visit("/")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


@pytest.mark.usefixtures("scripts")
def test_the_picture_is_walked_and_opened_by_keyboard(visit: Visit) -> None:
    page = visit(NAVER)

    page.locator("a.net-box.box-partner").first.focus()
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/partners/(?!" + identity("naver") + ")"))


def test_paper_shows_the_matter_and_not_the_furniture(look: Visit) -> None:
    page = look(NAVER)
    page.emulate_media(media="print")

    expect(page.locator(".places")).to_be_hidden()
    expect(page.locator(".asof")).to_be_hidden()
    expect(page.locator("#commitments table")).to_be_visible()
    expect(page.locator(".net-frame svg")).to_be_visible()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_places_of_a_task_stand_side_by_side(look: Visit, language: str) -> None:
    page = look("/coverage", language=language)

    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        row = page.locator(".matrix tr", has_text="T05")
        boxes = [each.bounding_box() for each in row.locator("td").all()]
        lefts = [round(box["x"]) for box in boxes if box]
        assert len({round(box["y"]) for box in boxes if box}) == 1, width
        assert lefts == sorted(set(lefts)), width


@pytest.mark.usefixtures("scripts")
@pytest.mark.parametrize(
    ("tabs", "query", "said"),
    [(2, "task=T01", "과제 전체"), (3, "task=T01&field=F1", "의료헬스케어")],
    ids=["the task as a whole", "its place in the first field"],
)
def test_a_place_of_the_table_is_reached_and_opened_by_keyboard(
    visit: Visit, tabs: int, query: str, said: str
) -> None:
    page = visit("/coverage")

    page.get_by_role("link", name="표를 지나 내용으로").focus()
    for _ in range(tabs):  # The box that scrolls comes first.
        page.keyboard.press("Tab")
    assert "T01" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/coverage?{query}#rows")
    expect(page.locator("#rows h2")).to_contain_text("T01")
    expect(page.locator("#rows h2")).to_contain_text(said)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("path", ["/coverage", "/coverage?task=T05&field=F1"])
def test_the_table_of_tasks_prints_whole_on_a_sheet_of_its_own(
    look: Visit, path: str, language: str
) -> None:
    page = look(path, language=language, width=ACROSS)
    page.emulate_media(media="print")

    expect(page.locator(".matrix")).to_be_visible()
    assert page.evaluate(CUT_OFF, True) == []
    sheet = page.locator(".tile-sheet", has=page.locator(".matrix"))
    assert sheet.evaluate("each => getComputedStyle(each).page") == "coverage"


def test_the_table_of_tasks_takes_one_sheet_across(look: Visit) -> None:
    page = look("/coverage")

    printed = page.pdf(prefer_css_page_size=True)

    assert page.locator(".matrix tbody .matrix-task").count() == 16
    assert re.findall(rb"/Count (\d+)", printed) == [b"1"]
    assert b"841.9" in printed


def test_on_a_phone_the_column_that_matters_comes_first_and_empties_are_quiet(
    look: Visit,
) -> None:
    page = look("/coverage", width=390)

    whole = page.locator(".matrix tbody .matrix-whole").first.bounding_box()
    assert whole is not None
    assert whole["x"] + whole["width"] <= 390
    empty = page.locator(".matrix tbody .tile-nobody:not(.matrix-whole) a").first
    assert empty.evaluate("each => getComputedStyle(each, '::before').content") == '"·"'
    expect(empty.locator(".vh").first).to_have_text("공백")
    assert empty.evaluate("each => getComputedStyle(each).borderTopColor") == "rgba(0, 0, 0, 0)"


def test_paper_is_as_wide_as_is_measured(look: Visit) -> None:
    page = look("/coverage?task=T05&field=F1")
    printed = page.pdf(format="A4", prefer_css_page_size=True)

    sizes = {
        (float(width), float(height))
        for width, height in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    }
    assert {width > height for width, height in sizes} == {True, False}  # Both are there.
    for each in sizes:  # In points.
        assert sorted(each) == pytest.approx([595, 842], abs=2)


def test_everything_works_without_scripts(desk: Desk, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ko-KR")
    page = context.new_page()

    page.goto(f"{desk.url}/partners")
    page.get_by_label("아이디").fill("office@ieum.example")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.get_by_label("찾기").fill("ㄱㅈㄱ")
    page.locator(".seek button").click()
    page.get_by_role("link", name="광주과학기술원").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("광주과학기술원")
    page.get_by_label("기준일").fill("2026-06-30")
    page.get_by_role("button", name="보기").click()
    expect(page.locator(".asof-banner")).to_contain_text("2026-06-30 (화) 기준")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("GIST")
    expect(page.locator(".asof-banner")).to_contain_text("As of 2026-06-30 (Tue)")
    page.locator(".me summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")

    context.close()


def foreseen(neighbours: Neighbours) -> None:
    """Have graph and notify foresee something of every sort."""
    over = {"ko": "협력이 끝났습니다.", "en": "The commitment is over."}
    neighbours.said["redrawn"] = {
        "edges": [a_tie("closes", "naver", "T05"), a_tie("opens", "naver", "T08")],
        "coverage": [a_cover(1, 0), a_cover(0, 1)],
    }
    neighbours.said["reposted"] |= {
        "kept": 7,
        "added": [a_letter()],
        "withdrawn": [a_letter(reason=over)],
    }


@pytest.mark.usefixtures("scripts")
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_change_is_walked_from_button_to_entry(
    visit: Visit, neighbours: Neighbours, language: str
) -> None:
    foreseen(neighbours)
    page = visit(UNDER, language=language)

    with turned(page):
        page.locator("#commitments .doing a").first.click()
    with turned(page):
        page.locator("#ends_on").press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    assert violations(page) == []
    page.get_by_role("alert").locator("a").click()
    page.wait_for_url(re.compile("#reason$"))
    page.locator("#reason").fill("과제가 끝났습니다.\n추진 회의 결정")
    with turned(page):
        page.locator(".fill button[value=preview]").click()
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert page.evaluate(TOO_WIDE) == [], width
        assert page.evaluate(BROKEN) == [], width
        assert violations(page) == [], width
    with turned(page):
        page.locator(".confirm a").click()
    expect(page.locator("#reason")).to_have_value("과제가 끝났습니다.\n추진 회의 결정")
    with turned(page):
        page.locator(".fill button[value=preview]").click()
    with turned(page):
        page.locator(".confirm button[value=record]").click()

    expect(page.get_by_role("status").first).to_be_focused()
    assert f"?recorded={neighbours.registry.head()}#" in page.url
    assert neighbours.registry.changes()[-1].reason == "과제가 끝났습니다.\n추진 회의 결정"


@pytest.mark.usefixtures("scripts")
@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_event_is_moved_by_keyboard_and_a_skipped_hour_is_told_at_its_field(
    visit: Visit, neighbours: Neighbours, language: str
) -> None:
    foreseen(neighbours)
    page = visit(f"/events/{identity('expo')}", language=language)

    with turned(page):
        page.locator("main .begin a").first.click()
    page.locator("#starts_at").fill("2027-03-14T02:30")
    page.locator("#ends_at").fill("2027-03-16T17:30")
    with turned(page):
        page.locator(".fill button[value=preview]").press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("#ends_at")).to_have_value("2027-03-16T17:30")
    expect(page.locator("input[name=partner_ids]:checked")).to_have_count(2)
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == [], width
        assert page.evaluate(TOO_WIDE) == [], width
    page.get_by_role("alert").locator("a").press("Enter")
    page.wait_for_url(re.compile("#starts_at$"))
    page.locator("#starts_at").fill("2027-03-14T09:00")
    last = page.locator("input[name=partner_ids]").last
    last.focus()
    expect(last).to_be_in_viewport()
    page.keyboard.press("Space")
    with turned(page):
        page.locator(".fill button[value=preview]").press("Enter")
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert page.evaluate(TOO_WIDE) == [], width
        assert page.evaluate(BROKEN) == [], width
        assert violations(page) == [], width
    with turned(page):
        page.locator(".confirm button[value=record]").press("Enter")

    expect(page.get_by_role("status").first).to_be_focused()
    moved = neighbours.registry.newest()
    assert (moved["starts_at"], len(moved["partner_ids"])) == ("2027-03-14T09:00", 3)


def test_an_event_is_registered_without_scripts(
    desk: Desk, neighbours: Neighbours, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ko-KR")
    token = new_session_of(desk, "office")
    context.add_cookies([{"name": "ieum_session", "value": token, "url": desk.url}])
    page = context.new_page()

    page.goto(f"{desk.url}/events")
    page.get_by_role("link", name="새 행사 등록").click()
    page.get_by_label("제목(한국어)").fill("북유럽 가상도시 박람회")
    page.get_by_label("구분").select_option("expo")
    page.get_by_label("시간대").fill("Europe/Helsinki")
    page.get_by_label("시작", exact=True).fill("2027-05-11T09:00")
    page.get_by_label("끝", exact=True).fill("2027-05-13T17:00")
    page.get_by_label("나라").select_option("FI")
    page.get_by_label("도시(한국어)").fill("헬싱키")
    booth = page.get_by_role("group", name="부스 신청 마감")
    booth.get_by_label("날", exact=True).fill("2027-03-01")
    booth.get_by_label("시각", exact=True).fill("17:00")
    page.get_by_label("네이버", exact=True).check()
    page.get_by_role("button", name="무엇이 달라지는지 보기").click()
    page.get_by_role("button", name="기록하기").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("북유럽 가상도시 박람회")
    expect(page.locator("main")).to_contain_text("2027-03-01 (월) 17:00")
    expect(page.get_by_role("link", name="네이버", exact=True)).to_be_visible()
    assert neighbours.registry.newest()["partner_ids"] == [identity("naver")]

    context.close()


@pytest.mark.usefixtures("scripts")
def test_a_stale_form_and_an_unsure_page_are_readable(
    visit: Visit, neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ieum_portal.outbound.recording.PAUSES_S", ())
    page = visit(FORMS[0])
    page.locator("#proof").fill("시연 결과 보고서")
    neighbours.registry.change("milestone", MILESTONES[0], due_on="2026-11-10")
    with turned(page):
        page.locator(".fill button[value=preview]").click()
    assert violations(page) == []
    expect(page.get_by_role("alert")).to_be_focused()
    with turned(page):
        page.locator(".fill button[value=preview]").click()
    neighbours.registry.fails_on = "completions"
    with turned(page):
        page.locator(".confirm button[value=record]").click()

    expect(page.get_by_role("alert")).to_be_focused()
    assert violations(page) == []


@pytest.mark.usefixtures("scripts")
def test_a_page_warns_of_the_end_of_its_session_by_itself(visit: Visit) -> None:
    page = visit("/", width=390)
    warning = page.locator(".ending")

    expect(warning).to_be_hidden()
    page.evaluate("document.getAnimations().forEach(each => { each.currentTime = 54 * 60000 + 5 })")

    expect(warning).to_be_visible()
    expect(warning.get_by_role("button", name="연장")).to_be_in_viewport()
    assert violations(page) == []
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.usefixtures("scripts")
def test_back_from_a_preview_shows_the_form_as_it_was_typed(visit: Visit) -> None:
    page = visit(FORMS[0])
    page.locator("#proof").fill("시연 결과 보고서")
    with turned(page):
        page.locator(".fill button[value=preview]").click()

    page.go_back()

    expect(page.locator("#proof")).to_have_value("시연 결과 보고서")


@pytest.mark.usefixtures("scripts")
def test_another_language_keeps_what_is_typed_and_not_sent(visit: Visit) -> None:
    page = visit(FORMS[0])
    page.locator("#proof").fill("시연 결과 보고서")
    with turned(page):
        page.get_by_role("button", name="English").click()

    expect(page.locator("#proof")).to_have_value("시연 결과 보고서")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_fault_at_the_door_is_where_the_reader_is(visit: Visit) -> None:
    page = visit("/sign-in", role=None)
    page.locator("#login").fill("nobody-at-all@ieum.example")
    page.locator("#password").fill("아님")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("#login")).to_have_value("nobody-at-all@ieum.example")
    expect(page.locator("#password")).to_have_value("")
