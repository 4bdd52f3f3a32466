"""Any question of the graph has a page: its form, its answer, its files, and one address."""

import re
from io import BytesIO
from zipfile import ZipFile

from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.sample import identity

NETWORK, USE = "/questions/partner-network", "/questions/technology-use"


def test_every_question_is_listed_with_what_it_is_about(enter: Enter) -> None:
    page = enter().get("/questions").text

    assert re.findall(r'<a href="(/questions/[^"]+)">([^<]+)</a>', page) == [
        (NETWORK, "기관의 협력 관계망"),
        (USE, "기술을 쓰는 기관과 과제"),
    ]
    assert "(고르지 않으면 전체)" in page


def test_of_few_things_one_is_chosen_from_a_list(enter: Enter, neighbours: Neighbours) -> None:
    page = enter().get(USE).text

    assert "묻는 대상을 고르면" in page
    assert f'<option value="{identity("xr")}">확장현실(XR)</option>' in page
    assert not [each for each in neighbours.graph.asked if "technology-use" in each]


def test_an_answer_is_a_table_and_a_picture_whose_things_lead_on(enter: Enter) -> None:
    page = enter().get(f"{USE}?technology={identity('xr')}").text

    assert f'<option value="{identity("xr")}" selected>' in page
    table = page.partition('<div class="wide net-rows"')[2]
    assert f'<a href="/partners/{identity("naver")}">' in table
    assert f'<a href="{USE}?technology={identity("digital-twin")}">디지털 트윈</a>' in table
    picture = page.partition("<svg role=")[2].partition("</figure>")[0]
    assert f'href="/coverage?task={identity("T05")}"' in picture
    assert f'href="{USE}?technology={identity("digital-twin")}"' in picture


def test_a_name_that_means_one_thing_leads_to_its_address(enter: Enter) -> None:
    answer = enter().get(NETWORK, query_string={"partner": "네이버", "on": "2026-11-20"})

    assert answer.status_code == 303
    assert answer.location == f"{NETWORK}?partner={identity('naver')}&on=2026-11-20"
    page = enter().get(answer.location).text
    assert f'<option value="{identity("naver")}" selected>네이버' in page


def test_a_name_that_means_several_offers_them_and_asks_nothing(
    enter: Enter, neighbours: Neighbours
) -> None:
    page = enter().get(NETWORK, query_string={"partner": "대학교"}).text

    offered = page.partition("‘대학교’에 맞는 것")[2].partition("</section>")[0]
    assert len(re.findall(rf'href="{NETWORK}\?partner=[0-9a-f-]{{36}}"', offered)) > 1
    assert not [each for each in neighbours.graph.asked if "partner-network" in each]


def test_a_name_that_means_nothing_says_so(enter: Enter) -> None:
    page = enter().get(NETWORK, query_string={"partner": "없는기관"}).text

    assert "맞는 것이 없습니다" in page
    assert 'value="없는기관"' in page


def test_the_rows_are_had_as_a_sheet_and_a_workbook(enter: Enter) -> None:
    client, about = enter(), f"technology={identity('xr')}&on=2026-11-20"

    sheet = client.get(f"{USE}.csv?{about}")
    assert sheet.headers["Content-Disposition"] == (
        'attachment; filename="technology-use-2026-11-20.csv"'
    )
    lines = sheet.get_data(as_text=True).splitlines()
    assert lines[0].removeprefix("\ufeff") == "파트너,과제,역할,기술,시작일,예시,기준일"
    assert all(each.endswith("2026-11-20") for each in lines[1:])
    workbook = ZipFile(BytesIO(client.get(f"{USE}.xlsx?{about}").data))
    assert "xl/worksheets/sheet1.xml" in workbook.namelist()


def test_the_picture_is_had_by_itself(enter: Enter) -> None:
    answer = enter().get(f"{USE}.svg?technology={identity('xr')}")

    assert answer.content_type == "image/svg+xml; charset=utf-8"
    assert answer.text.startswith("<svg xmlns")
    assert "디지털 트윈" in answer.text


def test_no_file_is_made_of_a_question_that_is_not_asked(enter: Enter) -> None:
    answer = enter().get(f"{USE}.csv")

    assert answer.status_code == 400
    assert "아직 고르지 않았습니다" in answer.text


def test_a_question_that_nobody_answers_is_no_page(enter: Enter) -> None:
    assert enter().get("/questions/who-is-best").status_code == 404


def test_without_the_graph_the_form_stays_with_what_was_chosen(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.graph.fails_on = "technology-use"

    page = enter().get(f"{USE}?technology={identity('xr')}").text

    assert f'<option value="{identity("xr")}" selected>' in page
    assert "지금은 알 수 없습니다" in page


def test_a_question_is_answered_by_what_was_known_on_another_day(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    asked = f"partner={identity('naver')}&known=2026-11-20"

    page = client.get(f"{NETWORK}?{asked}").text

    assert "까지 기록된 것으로" in page
    assert re.search(rf'href="{NETWORK}\.csv\?[^"]*known=2026-11-20', page)
    wanted = "known_at=2026-11-20T23:59:59.999999+09:00"
    assert [wanted in each for each in neighbours.graph.asked if "partner-network" in each] == [
        True
    ]
    sheet = client.get(f"{NETWORK}.csv?{asked}").text
    assert "이날까지 안 것" in sheet.splitlines()[0]
    assert sheet.splitlines()[1].endswith("2026-11-20")
    named = client.get(NETWORK, query_string={"partner": "네이버", "known": "2026-11-20"})
    assert named.location == f"{NETWORK}?partner={identity('naver')}&known=2026-11-20"
    assert client.get(f"{NETWORK}?known=soon").status_code == 400
