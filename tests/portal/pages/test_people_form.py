"""Several people of a partner are registered at once: all rows or none."""

import re

import pytest

from changefeed import limits
from ieum_portal.pages.changing.rows import MORE
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import address, open_form, opened, send, sent
from tests.portal.sample import identity

NEW = f"/partners/{identity('naver')}/people/new"
SHARED = {"purpose": "이행 안내", "consented_on": "2026년 11월 20일", "language": "ko"}
BLOCK = (
    "이름\t전자우편\t전화\r\n김하나\thana@naver.example\t02-1234-5678\r\n"
    "이두리\tduri@naver.example\t\r\n"
)


def test_a_pasted_block_is_previewed_and_recorded_at_once(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    before = neighbours.registry.head()

    preview = sent(client, open_form(client, NEW), "preview", **SHARED, pasted=BLOCK)
    send(client, preview, "record")

    assert "2건을 함께 기록합니다" in preview.text
    for each in ("김하나", "hana@naver.example", "02-1234-5678", "이두리"):
        assert each in preview.text
    asked = [each for each in neighbours.registry.asked if "contacts/batches" in each]
    assert len([each for each in asked if "dry_run" not in each]) == 1
    made = neighbours.registry.changes()[-2:]
    assert [each.kind for each in made] == ["contact.registered"] * 2
    assert neighbours.registry.head() == before + 2
    page = client.get(f"/partners/{identity('naver')}").text
    assert "김하나" in page
    assert "이두리" in page


@pytest.mark.parametrize("loses_answer", [False, True])
def test_pressing_twice_registers_the_people_once(
    enter: Enter, neighbours: Neighbours, loses_answer: bool
) -> None:
    client = enter()
    shown = sent(client, open_form(client, NEW), "preview", **SHARED, pasted=BLOCK)
    head = neighbours.registry.head()

    neighbours.registry.loses_answers_on = "contacts/batches" if loses_answer else None
    first = send(client, shown, "record")
    told = client.get(first.location)
    neighbours.registry.loses_answers_on = None
    again = send(client, shown, "record")

    assert (told.status_code, "기록되었는지 아직 모릅니다" in told.text) == (
        (503, True) if loses_answer else (200, False)
    )
    assert "recorded=" in again.location
    assert loses_answer or again.location == first.location
    assert neighbours.registry.head() == head + 2


def test_faults_stand_at_their_cells_and_on_top_in_order(enter: Enter) -> None:
    client = enter()

    more = {"email": ["hana@naver.example", "duri@naver.example", "아님"], "phone": ["", "", ""]}
    names = ["김하나", "", "박서이"]

    page = sent(client, open_form(client, NEW), "preview", **SHARED, **more, name=names)

    top = re.findall(r'<li><a href="#([^"]+)">([^<:]+):', page.text)
    assert top == [("name-1", "2번째 줄 이름")]
    assert 'id="name-1-fault"' in page.text
    mended = sent(client, page, "preview", **more, name=["김하나", "이두리", "박서이"])
    top = re.findall(r'<li><a href="#([^"]+)">([^<:]+):', mended.text)
    assert top == [("email-2", "3번째 줄 전자우편")]  # What the registry alone knows.
    assert 'id="email-2-fault"' in mended.text


def test_one_fault_records_nothing(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    head = neighbours.registry.head()

    page = sent(
        client,
        open_form(client, NEW),
        "preview",
        **SHARED,
        pasted="김하나\t\n이두리\tduri@naver.example",
    )

    assert 'href="#email-0"' in page.text
    assert neighbours.registry.head() == head


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("가\t나\t다\t라", "칸이 많은 줄이 있어"),
        ('"가\t나', "따옴표의 짝이"),
        ("가\t가@naver.example\n" * (limits.TOGETHER + 1), "50줄까지"),
    ],
)
def test_a_block_that_does_not_fit_is_kept_and_said(enter: Enter, pasted: str, said: str) -> None:
    client = enter()

    page = sent(client, open_form(client, NEW), "preview", **SHARED, pasted=pasted)

    assert said in page.text
    assert opened(page)["pasted"] == pasted


def test_more_rows_come_without_scripts_and_nobody_is_an_empty_form(enter: Enter) -> None:
    client = enter()
    page = open_form(client, NEW)

    more = sent(client, page, "find-more", name=["김하나", "", ""])
    empty = sent(client, open_form(client, NEW), "preview", **SHARED)

    names = re.findall(r'name="name"[^>]* value="([^"]*)"', more.text)
    assert names == ["김하나", *[""] * MORE]
    assert '<a href="#name-0">' in empty.text


def test_the_script_is_told_the_cells_by_the_same_rule(enter: Enter) -> None:
    client = enter()
    page = open_form(client, NEW)
    token = opened(page)["csrf_token"]

    def cells(block: str, at: int) -> tuple[int, dict[str, object]]:
        form = {"csrf_token": token, "step": "cells", "block": block, "at": at}
        answer = client.post(address(page), data=form)
        return answer.status_code, answer.json or {}

    status, told = cells(BLOCK, 0)
    assert status == 200
    assert told["rows"] == [
        ["김하나", "hana@naver.example", "02-1234-5678"],
        ["이두리", "duri@naver.example", ""],
    ]
    assert told["said"] == "2줄을 붙여 넣었습니다. Ctrl+Z로 되돌립니다."
    status, told = cells("가\t나\t다", 1)
    assert status == 422
    assert "칸이 많은 줄" in str(told["said"])
    assert cells(BLOCK, 9)[0] == 422
