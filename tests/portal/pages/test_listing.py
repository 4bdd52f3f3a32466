"""What every list does, whatever it lists: its address, columns, chips, pages and files."""

import csv
import io
import re
from html import unescape
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from flask import Flask

from ieum_portal.operations import listing
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.register import SCREENS
from ieum_portal.pages.screen import Screen
from tests.portal import sample
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter, say_why
from tests.portal.sample import Facts, identity, words


def is_list(screen: Screen) -> bool:
    """Say whether a page is a list: its folder declares one."""
    folder = f"ieum_portal.pages.{screen.endpoint.partition('.')[0]}"
    if find_spec(folder) is None or not screen.endpoint.endswith(".show"):
        return False
    views = import_module(f"{folder}.route")
    return any(isinstance(each, ListPage) for each in vars(views).values())


LISTS = [each for each in SCREENS if is_list(each)]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def agreement(name: str, **others: object) -> Facts:
    [plain] = sample.AGREEMENTS
    own = {"id": identity(name), "key": None, "number": None, "title": words(name)}
    return plain | own | others


JOURNAL = [
    sample.resource(
        f"j{each}",
        partner_id=identity("naver"),
        on=f"2026-11-{each + 1:02}",
        kind="call",
        department_id=identity("ai-policy"),
        text=f"통화 {each}",
        agreement_id=identity(sample.AGREEMENT) if each % 2 else None,
    )
    for each in range(7)
]


def path_of(app: Flask, endpoint: str) -> str:
    return next(app.url_map.iter_rules(endpoint)).rule


def heads(page: str) -> list[str]:
    """Give what the heads of the table's columns say."""
    found = re.findall(r'<th role="columnheader"[^>]*>(.*?)</th>', page, re.DOTALL)
    return [re.sub(r"<span.*?</span>|<[^>]+>", "", each).strip() for each in found]


def titles(page: str) -> list[str]:
    """Give what the rows are called."""
    return re.findall(r'<th role="rowheader" scope="row">(?:<[^>]*>)?([^<]*)<', page)


def stand(page: str) -> dict[str, str]:
    """Give the sorted columns, and which way."""
    found = re.findall(r'aria-sort="(\w+)"><a [^>]*>([^<]*)<', page)
    return {name: way for way, name in found}


def onward(page: str) -> str:
    """Give the address of the page after this one."""
    [found] = re.findall(r'href="([^"]+)">다음 쪽</a>', page)
    return unescape(found)


def backward(page: str) -> str:
    """Give the address of the page before this one."""
    [found] = re.findall(r'href="([^"]+)">이전 쪽</a>', page)
    return unescape(found)


def links(page: str, css: str) -> dict[str, str]:
    """Give the links of a class: what they say, and where they lead."""
    found = re.findall(rf'<a class="{css}[^"]*" href="([^"]*)">(.*?)</a>', page, re.DOTALL)
    return {re.sub(r"<span.*?</span>", "", text).strip(): unescape(link) for link, text in found}


def sheet(body: bytes) -> tuple[list[list[Any]], str]:
    """Read a workbook's sheet: text as text, what is a number as one; and its XML."""
    with ZipFile(io.BytesIO(body)) as parts:
        shared = [
            "".join(each.itertext())
            for each in ET.fromstring(parts.read("xl/sharedStrings.xml"))  # noqa: S314  Our own.
        ]
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
    rows = []
    for row in ET.fromstring(xml).iter(f"{MAIN}row"):  # noqa: S314  Our own.
        values: list[Any] = []
        for each in row:
            value = each.findtext(f"{MAIN}v")
            if value is not None:
                values.append(shared[int(value)] if each.get("t") == "s" else float(value))
            else:
                values.append(None)
        rows.append(values)
    return rows, xml


def test_a_row_that_another_subject_names_is_one_link_and_keeps_how_it_is_spoken(
    enter: Enter, neighbours: Neighbours
) -> None:
    tasks = [each | {"name": words("자율주행")} for each in sample.TASKS]
    neighbours.registry.hold(task=tasks)

    page = enter("office", "en").get("/commitments").text

    rows = re.findall(r'<th role="rowheader" scope="row">(.*?)</th>', page, re.DOTALL)
    assert len(rows) == len(sample.COLLABORATIONS)
    for row in rows:
        assert row.count("<a ") == 1
        assert '"><span lang="ko">자율주행</span></a>' in row


@pytest.mark.parametrize("screen", LISTS, ids=lambda each: each.endpoint)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_list_shows_every_column_that_it_offers_to_every_role(
    enter: Enter, app: Flask, neighbours: Neighbours, screen: Screen, language: str
) -> None:
    neighbours.registry.hold(journal=JOURNAL)
    path = path_of(app, screen.endpoint)
    shown = set()
    for role in screen.roles:
        client = enter(role, language)
        say_why(client, "/reason?kind=people")
        offered = re.findall(r'name="columns" value="([^"]+)"', client.get(path).text)
        page = client.get(f"{path}?columns={','.join(offered)}&rows=200")
        files = [client.get(f"{path}.{each}?columns={','.join(offered)}") for each in screen.files]

        assert page.status_code == 200
        assert "빠진 것" not in page.text
        assert "Missing" not in page.text
        assert [each.status_code for each in files] == [200] * len(screen.files)
        if titles(page.text):
            shown.add(role)
            assert len(heads(page.text)) == len(offered) + 1
    assert "office" in shown


def test_every_list_goes_out_as_a_sheet_and_as_text(app: Flask) -> None:
    lists = app.extensions["ieum_lists"]
    holds_people = {each for each, page in lists.items() if page.holds_people}
    goes_out = {
        each.endpoint.partition(".")[0] for each in LISTS if {"csv", "xlsx"} <= {*each.files}
    }

    assert holds_people == {"contacts", "handovers", "people"}
    assert goes_out == set(lists)


def test_columns_are_chosen_and_stay_chosen(enter: Enter) -> None:
    client = enter()

    usual = client.get("/agreements").text
    chosen = client.get("/agreements?columns=number&columns=venue&q=메타").text

    assert heads(usual)[:3] == ["제목", "협약기관", "상태"]
    assert heads(chosen) == ["제목", "번호", "장소"]
    assert "columns=number&columns=venue" in links(chosen, "order")["번호"]
    assert 'name="columns" value="venue">' in chosen  # Searching keeps them.
    assert heads(client.get("/agreements?columns=nonsense").text) == heads(usual)


def test_a_head_sorts_and_says_how_the_list_stands(enter: Enter, neighbours: Neighbours) -> None:
    days = {"가": "2021-03-01", "나": "2020-03-01", "다": "2022-03-01"}
    held = [agreement(each, signed_on=day, effective_on=day) for each, day in days.items()]
    neighbours.registry.hold(agreement=held)
    client = enter()

    usual = client.get("/agreements").text
    by_title = client.get("/agreements?sort=-title&columns=kind").text

    assert titles(usual) == ["다", "가", "나"]
    assert stand(usual) == {"서명일": "descending"}
    assert links(usual, "order")["서명일"] == "/agreements?sort=signed_on"
    assert titles(by_title) == ["다", "나", "가"]
    assert stand(by_title) == {"제목": "descending"}
    assert links(by_title, "order")["제목"] == "/agreements?columns=kind&sort=title"
    assert titles(client.get("/agreements?sort=nonsense").text) == titles(usual)


def test_what_ends_soon_stands_by_its_last_day_unless_the_reader_sorts(
    enter: Enter, neighbours: Neighbours
) -> None:
    ends = {"가": "2026-12-20", "나": "2026-12-01"}
    fixed = {"rule": "fixed", "note": None}
    neighbours.registry.hold(
        agreement=[agreement(each, end=fixed | {"ends_on": day}) for each, day in ends.items()]
    )
    client = enter()

    assert titles(client.get("/agreements?ends=30").text) == ["나", "가"]
    assert stand(client.get("/agreements?ends=30").text) == {"만료일": "ascending"}
    assert titles(client.get("/agreements?ends=30&sort=title").text) == ["가", "나"]


def test_the_total_is_true_on_every_page(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.registry.hold(agreement=[agreement(f"협약 {each}") for each in range(120)])
    client = enter()

    first = client.get("/agreements?sort=title&rows=50").text
    second = client.get(onward(first)).text
    third = client.get(onward(second)).text

    assert "총 120건 · 1/3쪽" in first
    assert "총 120건 · 2/3쪽" in second
    assert "총 120건 · 3/3쪽" in third
    assert len({*titles(first), *titles(second), *titles(third)}) == 120
    assert "다음 쪽" not in third
    assert '<a class="button" href="/agreements?sort=title&amp;rows=50">처음으로</a>' in third
    assert "총 120건" in client.get("/agreements?rows=200").text


def test_pages_lead_back_as_they_lead_on_while_others_are_recorded(
    enter: Enter, neighbours: Neighbours
) -> None:
    held = [agreement(f"협약 {each:03}", title=words(f"협약 {each:03}")) for each in range(170)]
    neighbours.registry.hold(agreement=held)
    client = enter()

    first = client.get("/agreements?sort=title&signed=2021").text
    second = client.get(onward(first)).text
    third = client.get(onward(second)).text
    back = client.get(backward(third)).text

    assert "이전 쪽" not in first
    assert "총 170건 · 2/4쪽" in back
    assert titles(back) == titles(second)
    assert "signed=2021" in backward(third)
    assert "after=" not in backward(third)
    # Four more stand before all others: a page back is still the fifty before it.
    for each in ("가", "나", "다", "라"):
        neighbours.registry.write("agreement.recorded", agreement(each, title=words(each)))
    neighbours.registry.write("agreement.recorded", agreement("마", title=words("협약 0505")))
    again = client.get(backward(third)).text
    assert titles(again) == ["협약 0505", *titles(second)[1:]]
    before = client.get(backward(again)).text
    assert titles(before) == [*titles(first)[1:], "협약 050"]
    # What is left before that is less than a page: the first page is given, and whole.
    front = client.get(backward(before)).text
    assert "총 175건 · 1/4쪽" in front
    assert titles(front)[:5] == ["가", "나", "다", "라", "협약 000"]
    assert len(titles(front)) == 50
    assert "이전 쪽" not in front


def test_the_number_of_a_page_is_never_beyond_what_there_is(enter: Enter) -> None:
    client = enter()

    for address in ("/agreements?page=9", "/agreements?page=9&after=&before=", "/partners?page=x"):
        page = client.get(address).text
        assert "쪽</p>" not in page
        assert "이전 쪽" not in page


def test_each_condition_is_a_chip_that_takes_it_away(enter: Enter) -> None:
    client = enter()
    address = f"/agreements?q=메타&state=in_force&signed=2021&partner={identity('naver')}"

    page = client.get(address).text
    chips = links(page, "chip chip-on")

    assert set(chips) == {"찾기: 메타", "상태: 유효", "서명 연도: 2021", "기관: 네이버"}
    assert "q=" not in chips["찾기: 메타"]
    assert "state=in_force" in chips["찾기: 메타"]
    assert "총 1건" in page
    assert "조건에 맞는 것이 없습니다" in client.get(address.replace("2021", "2020")).text


def test_words_find_by_partner_department_and_year(enter: Enter) -> None:
    client = enter()

    for words_sought in ("조선대 2021", "인공지능정책과", "2021-017"):
        assert "총 1건" in client.get("/agreements", query_string={"q": words_sought}).text
    assert "총 0건" in client.get("/agreements?q=조선대 2019").text
    assert "총 1건" in client.get("/events?q=미국").text


def test_what_a_condition_cannot_mean_is_left_aside(enter: Enter) -> None:
    page = enter().get("/agreements?state=x&signed=21&partner=1&ends=7&rows=7&page=x").text

    assert links(page, "chip chip-on") == {}
    assert "총 1건" in page


def test_one_click_narrows_to_what_is_asked_for_most(enter: Enter) -> None:
    quick = links(enter().get("/agreements?state=in_force&after=").text, "chip")

    assert quick["만료: 30일 안"] == "/agreements?state=in_force&ends=30"
    assert quick["상태: 종료 미상"] == "/agreements?state=unknown_end"


def test_a_row_names_its_partners_and_how_many_more(enter: Enter, neighbours: Neighbours) -> None:
    two = [
        {"partner_id": identity(each), "side": side, "signed_on": "2021-11-16"}
        for each, side in (("gwangju", "own"), ("gist", "partner"), ("naver", "partner"))
    ]
    neighbours.registry.hold(agreement=[agreement("가"), agreement("나", parties=two)])

    page = enter().get("/agreements").text

    assert f'<a href="/partners/{identity("gist")}">광주과학기술원</a>' in page
    assert '<span class="quiet">외 21</span>' in page
    assert page.count("외 ") == 1


@pytest.mark.parametrize("path", ["/agreements", "/partners", "/events"])
def test_a_page_asks_as_often_whatever_it_holds(
    enter: Enter, neighbours: Neighbours, path: str
) -> None:
    client = enter()
    neighbours.registry.hold(
        agreement=[agreement("하나")],
        partner=sample.PARTNERS[:2],
        event=sample.EVENTS[:1],
        collaboration=[],
        milestone=[],
    )
    client.get(path)
    few = len(neighbours.registry.asked)

    neighbours.registry.hold(agreement=[agreement(f"협약 {each}") for each in range(40)])
    neighbours.registry.asked.clear()
    client.get(path)

    assert 0 < len(neighbours.registry.asked) <= few + 1


def test_a_list_is_copied_as_cells_that_no_text_breaks(
    enter: Enter, neighbours: Neighbours
) -> None:
    nasty = ["=1+1", "탭\t있음", "\t=2", "줄\n바꿈 \r\n 둘", '"따옴표"', " =3"]
    held = [
        agreement(f"협약 {at}", purpose=words(each), title=words(f"협약 {at}"))
        for at, each in enumerate(nasty)
    ]
    neighbours.registry.hold(agreement=[*held, agreement("뺀 협약", kind="moa")])
    client = enter()
    page = client.get("/agreements?kind=mou&columns=purpose&columns=signed_on&sort=title").text
    [address] = re.findall(r'<a href="(/agreements\.tsv[^"]*)" data-copies>복사</a>', page)

    copied = client.get(unescape(address))

    assert copied.content_type == "text/tab-separated-values; charset=utf-8"
    lines = copied.text.split("\r\n")
    assert lines.pop() == ""
    cells = [each.split("\t") for each in lines]
    assert cells[0] == ["제목", "서명일", "목적", "기준일"]
    assert [each[0] for each in cells[1:]] == [f"협약 {at}" for at in range(len(nasty))]
    assert {len(each) for each in cells} == {4}
    assert [each[2] for each in cells[1:]] == [
        "'=1+1",
        "탭 있음",
        "'=2",
        "줄 바꿈 둘",
        '"따옴표"',
        "'=3",
    ]
    # Who goes there reads it: browsers do not show tab-separated values.
    seen = client.get(unescape(address), headers={"Accept": "text/html,*/*;q=0.8"})
    assert seen.content_type == "text/plain; charset=utf-8"
    assert seen.data == copied.data
    assert "Accept" in seen.headers["Vary"]


def test_a_file_holds_every_row_that_fits_and_every_column(
    enter: Enter, neighbours: Neighbours
) -> None:
    many = [agreement(f"협약 {each}", kind="moa") for each in range(210)]
    neighbours.registry.hold(agreement=[*many, agreement("다른 협약")])
    client = enter()
    page = client.get("/agreements?kind=moa&rows=50").text

    links_of = dict(re.findall(r'<a href="(/agreements\.(csv|xlsx)[^"]*)"', page))
    addresses = {ending: unescape(link) for link, ending in links_of.items()}
    rows = list(csv.DictReader(io.StringIO(client.get(addresses["csv"]).data.decode("utf-8-sig"))))
    table, _ = sheet(client.get(addresses["xlsx"]).data)

    assert addresses["csv"] == "/agreements.csv?kind=moa"
    assert len(rows) == 210
    assert len(table) == 211
    assert "광주과학기술원" in rows[0]["협약기관"]
    assert len(rows[0]["협약기관"].split("; ")) == 24
    assert rows[0]["목적"] == "광주시 메타버스 융합신산업 생태계 조성에 상호 협력"
    assert rows[0]["기준일"] == "2026-11-23"


def test_a_file_has_the_columns_that_were_chosen(enter: Enter) -> None:
    client = enter()

    text = client.get("/agreements.csv?columns=kind").data.decode("utf-8-sig")
    table, _ = sheet(client.get("/agreements.xlsx?columns=kind&lang=en").data)

    assert text.splitlines()[0] == "제목,구분,기준일"
    assert table[0] == ["title", "kind", "As of"]


def test_a_workbook_keeps_days_and_numbers_and_freezes_its_heading(enter: Enter) -> None:
    client = enter()
    answer = client.get("/partners.xlsx?q=naver")

    table, xml = sheet(answer.data)
    days, styled = sheet(client.get("/agreements.xlsx?columns=signed_on").data)

    assert answer.content_type.endswith("spreadsheetml.sheet")
    assert answer.headers["Content-Disposition"].endswith('filename="partners-2026-11-23.xlsx"')
    assert table[0][:3] == ["기관", "구분", "진행 중인 협력"]
    assert table[1][:3] == ["네이버", "기업", 2.0]
    assert days[1][1] == 44516.0  # 2021-11-16 as a workbook counts days.
    assert re.search(r'<c r="B2" s="\d+"><v>44516</v>', styled)
    assert 'state="frozen"' in xml
    assert "<autoFilter" in xml


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "＝", "\t="])
def test_no_file_holds_a_formula(enter: Enter, neighbours: Neighbours, begin: str) -> None:
    title = f'{begin}HYPERLINK("http://elsewhere.example")'.strip()
    neighbours.registry.hold(agreement=[agreement("가", title=words(title))])
    client = enter()

    text = client.get("/agreements.csv?columns=kind").data.decode("utf-8-sig")
    body = client.get("/agreements.xlsx?columns=kind").data
    table, xml = sheet(body)

    assert next(csv.DictReader(io.StringIO(text)))["제목"] == f"'{title}"
    assert table[1][0] == title
    assert "<f>" not in xml
    assert "<hyperlink" not in xml
    with ZipFile(io.BytesIO(body)) as parts:
        assert 'quotePrefix="1"' in parts.read("xl/styles.xml").decode()


def test_more_rows_than_a_file_holds_are_refused_and_none_is_cut_off(
    enter: Enter, neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_ROWS", 23)

    answer = enter().get("/partners.xlsx")

    assert answer.status_code == 400
    assert "한 번에 내려받기에는 너무 많습니다" in answer.text
    assert enter().get("/partners.xlsx?kind=company").status_code == 200
    assert "Too many to fetch at once" in enter(language="en").get("/partners.csv").text


def test_a_registry_that_is_down_gives_a_page_and_no_file(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    neighbours.registry.is_down = True

    page = client.get("/agreements?q=가")

    assert page.status_code == 200
    assert "지금은 목록을 보여 드릴 수 없습니다" in page.text
    assert links(page.text, "chip chip-on") == {"찾기: 가": "/agreements"}
    assert client.get("/agreements.xlsx").status_code == 503


def test_without_names_the_rows_are_there_and_what_lacks_is_said(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    neighbours.registry.fails_on = "/v1/departments"

    page = client.get("/agreements").text

    assert "메타버스" in page
    assert "빠진 것:" in page


def test_the_page_of_a_subject_shows_the_first_rows_and_leads_to_all(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.registry.hold(journal=JOURNAL)
    client = enter()

    page = client.get(f"/partners/{identity('naver')}").text
    [link] = re.findall(r'<a href="(/journal[^"]+)">모두 보기 \(7\)', page)
    under = client.get(f"/agreements/{identity(sample.AGREEMENT)}").text
    other = client.get(f"/partners/{identity('gist')}").text

    part = page.partition('id="journal"')[2].partition("</section>")[0]
    assert re.findall("통화 [0-9]", part) == [f"통화 {each}" for each in (6, 5, 4, 3, 2)]
    assert "총 7건" in client.get(unescape(link)).text
    assert "모두 보기 (3)" in under
    assert "아직 기록된 것이 없습니다." in other


def test_who_may_not_open_a_list_is_shown_none_of_it(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.registry.hold(journal=JOURNAL)
    page = enter("liaison").get(f"/partners/{identity('naver')}").text

    assert 'id="journal"' not in page
    assert "통화" not in page
    assert not any("/v1/journal" in each for each in neighbours.registry.asked)
