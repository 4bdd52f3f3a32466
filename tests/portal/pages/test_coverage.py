"""The table of tasks by fields as it reads."""

import re

from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.sample import PARTNERS, identity, with_unknown_ends


def cells(page: str, task: str) -> list[str]:
    """Give what the places of a task's row say to those who see them."""
    (row,) = re.findall(
        rf'<tr>\s*<th scope="row"[^>]*><span class="task-key">{task}<.*?</tr>', page, re.DOTALL
    )
    shown = re.sub(r'<span class="vh">.*?</span>', "", row)
    return [
        " ".join(re.sub(r"<[^>]+>", " ", each).split())
        for each in re.findall(r"<td.*?</td>", shown, re.DOTALL)
    ]


def test_each_place_says_a_number_and_a_word(enter: Enter) -> None:
    page = enter().get("/coverage").text

    gap = ""  # A dot to the eye, a word to readers; of a whole task a word to all.
    assert cells(page, "T05") == [
        "3 여럿",
        gap,
        "1 하나뿐",
        gap,
        gap,
        "1 하나뿐",
        gap,
        gap,
        "1 하나뿐",
    ]
    assert cells(page, "T01") == ["공백", *[gap] * 8]
    assert page.count('<span class="vh">공백</span>') > 100


def test_records_of_one_organisation_count_as_one(enter: Enter, neighbours: Neighbours) -> None:
    [virnect] = (each for each in PARTNERS if each["id"] == identity("virnect"))
    neighbours.registry.write(
        "partner.merged", virnect | {"merged_ids": [identity("sk-telecom")]}, reason="같은 기관"
    )

    page, listed = (enter().get(each).text for each in ("/coverage", "/partners"))

    assert cells(page, "T05")[0] == "2 여럿"
    row = next(each for each in listed.split("<tr") if "버넥트" in each)
    assert 'data-label="진행 중인 협력"><span>2</span>' in row


def test_it_is_a_table_with_caption_and_scopes(enter: Enter) -> None:
    page = enter().get("/coverage").text

    (table,) = re.findall(r'<table class="matrix">.*?</table>', page, re.DOTALL)
    assert "<caption>" in table
    assert table.count('scope="col"') == 10
    assert table.count('scope="rowgroup"') == 4
    assert table.count('scope="row"') == 17
    assert table.count("<tbody>") == 4


def test_every_place_is_a_link_named_after_its_task_and_field(enter: Enter) -> None:
    page = enter().get("/coverage").text

    assert page.count('<td class="tile tile-') == 16 * 9 + 9
    assert 'href="/coverage?task=T05&amp;field=F2#rows"' in page
    assert re.search(r'<span class="vh"> T05 [^<]+, 과제 전체</span></a>', page)


def test_links_keep_the_day_and_the_day_changes_the_numbers(enter: Enter) -> None:
    page = enter().get("/coverage?on=2025-06-30").text

    assert "asof-banner" in page
    assert "task=T01&amp;on=2025-06-30" in page
    assert cells(page, "T01")[-1] == "1 하나뿐"


def test_a_place_shows_what_stands_behind_its_number(enter: Enter) -> None:
    page = enter().get("/coverage?task=T05&field=F2").text

    rows = page[page.index('id="rows"') :]
    assert "SK텔레콤" in rows
    assert "정밀지도" in rows
    assert "2023-03-02" in rows
    assert "업무협약" in rows
    assert "예시" in rows
    assert 'aria-current="true"' in page


def test_a_gap_says_whom_to_ask_first(enter: Enter) -> None:
    page = enter().get("/coverage?task=T05&field=F1").text

    assert "먼저 물어볼 만한 곳입니다" in page
    assert "SK텔레콤" in page[page.index('id="rows"') :]


def test_without_a_choice_the_gaps_come_first(enter: Enter) -> None:
    page = enter().get("/coverage").text

    rows = page[page.index('id="rows"') :]
    assert rows.count("#rows") == 13 + 2  # Thirteen tasks have nobody, two have one alone.


def test_an_unknown_task_is_not_found(enter: Enter) -> None:
    assert enter().get("/coverage?task=T99").status_code == 404


def test_a_liaison_is_told_that_not_everything_is_counted(enter: Enter) -> None:
    said = "공개된 협력과 귀 기관이 함께한 협약의 협력만 셉니다"

    assert said in enter("liaison").get("/coverage").text
    assert said not in enter().get("/coverage").text


def test_what_nobody_knows_has_a_number_of_its_own_in_place_sum_and_tally(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.registry.hold(collaboration=with_unknown_ends("gist-T06", "virnect-T05"))

    page = enter().get("/coverage").text
    place = enter().get("/coverage?task=T06").text

    whole, *_, fieldless = cells(page, "T06")
    assert [whole, fieldless] == ["종료 미상 1", "종료 미상 1"]
    assert cells(page, "T05")[0] == "2 여럿 종료 미상 1"
    assert "종료 미상 <strong>1</strong>" in page
    assert page.count("종료 미상 2") == 1  # Over all tasks.
    rows = place[place.index('id="rows"') :]
    assert "종료 미상 협약에 따른 협력" in rows
    assert "광주과학기술원" in rows
    assert "종료일을 확인해" in rows


def test_english_is_english(enter: Enter) -> None:
    enter().get("/coverage")  # Nothing of a page in Korean may stay behind in the template.
    page = enter(language="en").get("/coverage?task=T05").text

    assert cells(page, "T05")[0] == "3 several"
    assert cells(page, "T01")[0] == "gap"
    assert "<h1>Tasks</h1>" in page
    assert "SK Telecom" in page


def test_a_registry_that_is_down_leaves_a_page(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    neighbours.registry.is_down = True

    answer = client.get("/coverage")

    assert answer.status_code == 200
    assert "빠진 것: 과제 적용 현황" in answer.text
    assert "지금은 현황을 보여 드릴 수 없습니다" in answer.text


def test_nothing_registered_says_what_will_fill_it(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.registry.hold(task=[])

    assert "아직 등록된 과제가 없습니다" in enter().get("/coverage").text
