"""A ledger comes in at the desk: brought, decided about, recorded, and taken back."""

import re
from collections.abc import Mapping
from io import BytesIO

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter, csrf, say_why
from tests.portal.sample import LEDGER, identity

HERE = f"/imports/{identity('ledger')}"


def send(client: FlaskClient, path: str, **data: object) -> str:
    """Send a form of the page as it stands, which is taken; gives where it leads."""
    answer = posted(client, path, data)
    assert answer.status_code == 303, answer.text
    assert answer.location is not None
    return answer.location


def refused(client: FlaskClient, path: str, **data: object) -> str:
    """Send a form of the page that is not taken; gives the page that says why."""
    answer = posted(client, path, data)
    assert answer.status_code == 422, answer.text
    return answer.text


def posted(client: FlaskClient, path: str, data: Mapping[str, object]) -> TestResponse:
    page = client.get(path)
    assert page.status_code == 200, page.text
    seen = re.search(r'name="seen" value="(\d+)"', page.text)
    more = {} if seen is None else {"seen": seen[1]}
    return client.post(path, data={"csrf_token": csrf(page), **more, **data})


def test_a_file_is_brought_and_read(enter: Enter) -> None:
    client = enter()

    there = send(client, "/imports", file=(BytesIO(LEDGER.encode("cp949")), "대장.csv"))

    page = client.get(there).text
    assert '<h1 class="named">대장.csv</h1>' in page
    assert "조선대학교병원" in page
    assert "고칠 것 1</a>" in page
    assert "대장.csv" in client.get("/imports").text


def test_a_button_pressed_twice_brings_the_file_once(enter: Enter) -> None:
    client = enter()
    page = client.get("/imports")
    once = re.search(r'name="once" value="(\w+)"', page.text)
    assert once is not None

    def press(text: str) -> str | None:
        file = (BytesIO(text.encode()), "대장.csv")
        form = {"csrf_token": csrf(page), "once": once[1], "file": file}
        return client.post("/imports", data=form).location

    first, again, other = press(LEDGER), press(LEDGER), press(LEDGER + "\n")

    assert first == again
    assert other not in (None, first)


def test_cells_are_pasted(enter: Enter) -> None:
    client = enter()

    there = send(client, "/imports", cells="협약명\t협약기관\t체결일\n드론 협약\t네이버\t2024.1.2.")

    assert "드론 협약" in client.get(there).text


def test_what_is_no_sheet_is_told_and_what_was_pasted_is_kept(enter: Enter) -> None:
    client = enter()

    nothing = refused(client, "/imports")
    damaged = refused(client, "/imports", file=(BytesIO(b"PK\x03\x04 no"), "대장.xlsx"))
    pasted = refused(client, "/imports", cells="가\x00나")

    assert "파일을 고르거나 표를 붙여 넣으십시오" in nothing
    assert 'role="alert"' in damaged
    assert 'role="alert"' in pasted
    assert "나</textarea>" in pasted


def test_names_and_cells_are_decided_and_all_is_recorded_and_taken_back(
    enter: Enter, neighbours: Neighbours
) -> None:
    client, registry = enter(), neighbours.registry
    page = client.get(HERE).text
    assert 'value="new:university">새로 등록: 대학 (이름으로 보아)' in page
    assert "<span>협약기관</span>" in page

    named = {"of.0": "조선대학교병원", "type.0": "partner", "said.0": "new:university"}
    assert send(client, HERE, act="names", **named).endswith("done=names")
    page = client.get(f"{HERE}?state=fault").text
    assert "달력에 없는" in page
    key = re.search(r'name="key\.0" value="(cell@[A-Z]+)"', page)
    sheet = re.search(r'name="sheet\.0" value="([^"]*)"', page)
    line = re.search(r'name="line\.0" value="(\d+)"', page)
    assert key is not None
    assert sheet is not None
    assert line is not None
    mended = {"key.0": key[1], "sheet.0": sheet[1], "line.0": line[1], "typed.0": "2024-02-28"}
    send(client, HERE, act="answers", **mended)
    preview = client.get(f"{HERE}/preview").text
    assert "모두 등록하기" in preview
    head = registry.head()
    send(client, HERE, act="approve")
    registry.work()

    done = client.get(HERE).text
    assert "등록을 마쳤습니다" in done
    assert registry.head() == head + 5  # Three agreements, a partner, the receipt.
    assert "의료 AI 협약" in client.get("/agreements?q=의료").text

    send(client, HERE, act="undo", reason="다른 해의 대장")
    registry.work()
    assert "가져온 것을 취소했습니다" in client.get(HERE).text
    assert "의료 AI 협약" not in client.get("/agreements?q=의료").text


def test_the_city_s_people_are_decided_once_for_the_sheet(
    enter: Enter, neighbours: Neighbours
) -> None:
    client, registry = enter(), neighbours.registry
    cells = (
        "협약명\t협약기관\t체결일\t담당부서\t담당자\t비고\n"
        "드론 협약\t네이버\t2024.1.2.\t새싹과\t성춘향(062-613-0009)\t다시 볼 것"
    )
    there = send(client, "/imports", cells=cells)
    send(client, there, act="names", **{"of.0": "새싹과", "type.0": "department", "said.0": "new"})
    page = client.get(there).text
    assert "옮기지 않는 열: 담당자" in page
    assert '<h2 id="people-title">대장의 담당자</h2>' in page
    assert "아직 정하지 않아 옮기지 않습니다" in client.get(f"{there}/preview").text

    people = {"act": "people", "taken": "yes", "purpose": "협약 업무 담당"}
    short = refused(client, there, **people)
    assert "동의받은 날" in short
    assert 'name="taken" value="yes" required checked' in short
    send(client, there, **people, consented_on="2024. 1. 5.")

    page = client.get(there).text
    assert 'value="2024-01-05"' in page
    assert "<ins>성춘향 (062-613-0009)</ins>" in page
    assert "<ins>다시 볼 것</ins>" in page
    assert "아직 정하지 않아" not in client.get(f"{there}/preview").text
    send(client, there, act="approve")
    registry.work()
    assert "등록을 마쳤습니다" in client.get(there).text
    assert "성춘향" in client.get("/people?q=성춘향").text
    assert "다시 볼 것" in client.get("/journal?kind=remark").text

    send(client, there, act="undo", reason="다른 해의 대장")
    registry.work()
    assert "성춘향" not in client.get("/people").text


def test_what_is_not_clear_is_left_and_comes_back_as_a_workbook(
    enter: Enter, neighbours: Neighbours
) -> None:
    client, registry = enter(), neighbours.registry

    preview = client.get(f"{HERE}/preview").text
    assert "나머지 등록하기" in preview
    send(client, HERE, act="approve", only_clean="1")
    registry.work()

    told = str([each.body for each in registry.changes() if each.subject_type == "agreement"])
    assert "자율주행 실증 협약" in told
    assert "의료 AI 협약" not in told
    asked = client.get(f"{HERE}/faults.xlsx")
    assert asked.status_code == 303
    book = client.get(say_why(client, asked.location).location)
    assert book.data[:2] == b"PK"
    assert "UTF-8''" in book.headers["Content-Disposition"]


def test_columns_and_ways_are_changed(enter: Enter) -> None:
    client = enter()
    page = client.get(HERE).text
    headings = re.findall(r'name="heading\.(\d+)" value="([^"]*)"', page)
    uses = {f"heading.{number}": heading for number, heading in headings}
    ignored = {f"use.{number}": "ignore" for number, heading in headings if heading == "협약기관"}

    send(client, HERE, act="columns", **uses, **ignored)
    send(client, HERE, act="settings", mode="add", match_by="title_and_day", kind="moa")

    page = client.get(HERE).text
    assert 'id="names-title"' not in page
    assert '<option value="add" selected>' in page
    assert '<option value="moa" selected>' in page


def test_who_has_not_seen_the_last_decision_loses_nothing(enter: Enter) -> None:
    mine, other = enter(), enter()
    page = mine.get(HERE)
    seen = re.search(r'name="seen" value="(\d+)"', page.text)
    assert seen is not None
    send(other, HERE, act="settings", mode="add")

    sent = {"act": "undo", "reason": "", "csrf_token": csrf(page), "seen": seen[1]}
    named = {"of.0": "조선대학교병원", "type.0": "partner", "said.0": "leave"}
    answer = mine.post(HERE, data=sent | named | {"act": "names"})

    assert answer.status_code == 409
    assert "그사이 다른 사람이" in answer.text
    assert '<option value="leave" selected>' in answer.text


def test_a_decision_stays_with_its_name_and_its_line_though_others_were_decided(
    enter: Enter,
) -> None:
    client = enter()
    sheet = (
        "협약명\t협약기관\t체결일\n가 협약\t가나연구소\t2024.1.2.\n나 협약\t다라대학교\t2024.1.3."
    )
    there = send(client, "/imports", cells=sheet)
    page = client.get(there)
    seen = re.search(r'name="seen" value="(\d+)"', page.text)
    assert seen is not None
    send(
        client, there, act="names", **{"of.0": "가나연구소", "type.0": "partner", "said.0": "leave"}
    )

    late = {"of.0": "가나연구소", "type.0": "partner", "said.0": "new:institute"}
    late |= {"of.1": "다라대학교", "type.1": "partner", "said.1": "new:university"}
    late |= {"act": "names", "csrf_token": csrf(page), "seen": seen[1]}
    answer = client.post(there, data=late)

    assert answer.status_code == 409
    assert '<option value="new:university" selected>' in answer.text
    assert '<option value="new:institute" selected>' not in answer.text

    settings = {"act": "settings", "mode": "add", "kind": "moa", "match_by": "title_and_day"}
    answer = client.post(there, data=settings | {"csrf_token": csrf(page), "seen": seen[1]})
    assert '<option value="add" selected>' in answer.text
    assert '<option value="moa" selected>' in answer.text


def test_what_was_typed_is_sent_again_when_the_registry_answers(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    page = client.get(HERE)
    seen = re.search(r'name="seen" value="(\d+)"', page.text)
    assert seen is not None
    named = {"of.0": "조선대학교병원", "type.0": "partner", "said.0": "new:university"}
    neighbours.registry.is_down = True

    sent = named | {"act": "names", "csrf_token": csrf(page), "seen": seen[1]}
    waiting = client.post(HERE, data=sent)
    pasted = client.post(
        "/imports", data={"csrf_token": csrf(page), "cells": "협약명\t체결일\n드론\t2024.1.2."}
    )

    assert waiting.status_code == 503
    assert "적으신 것은 이 화면에 그대로 있습니다" in waiting.text
    assert pasted.status_code == 503
    assert "드론\t2024.1.2.</textarea>" in pasted.text
    neighbours.registry.is_down = False
    form = waiting.text[waiting.text.index('<form class="confirm"') :]
    again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))
    done = client.post(HERE, data=again)
    assert done.location.endswith("done=names")
    assert "조선대학교병원</th>" not in client.get(HERE).text


def test_only_the_office_brings_ledgers(enter: Enter) -> None:
    for role in ("department", "liaison", "auditor"):
        client = enter(role)
        for path in ("/imports", HERE, f"{HERE}/preview", f"{HERE}/faults.xlsx"):
            assert client.get(path).status_code == 403


def test_what_is_thrown_away_is_gone(enter: Enter) -> None:
    client = enter()

    there = send(client, HERE, act="erase")

    assert "가져오던 것을 버렸습니다" in client.get(there).text
    assert client.get(HERE).status_code == 404


def test_how_far_it_is_is_told_to_the_page_s_script(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    send(client, HERE, act="approve", only_clean="1")
    page = client.get(HERE).text

    begun = client.get(f"{HERE}?progress=1")
    neighbours.registry.work()
    done = client.get(f"{HERE}?progress=1").json

    assert f'data-progress="{HERE}?progress=1"' in page
    assert "imports/progress" in page
    told = {"said": "1건 가운데 0건을 마쳤습니다.", "done": 0, "total": 1, "works": True}
    assert begun.json == told
    assert begun.headers["Cache-Control"] == "private, no-store"
    assert done is not None
    assert (done["works"], done["done"]) == (False, 1)
    assert "data-progress" not in client.get(HERE).text
