"""Who takes data of people out says why, once for some minutes, and it is on record with whose."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.document_files import png
from tests.portal.desk import NOON
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter, say_why
from tests.portal.pages.test_document import sent
from tests.portal.sample import identity

WHY = "12월 협약식 초청장 발송"


def taken(client: FlaskClient) -> str:
    page = client.get("/access?taken=1").text
    return page.partition('<section class="sheet listing"')[2].partition("</section>")[0]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "tsv"])
@pytest.mark.parametrize("which", ["contacts", "people"])
def test_a_list_of_people_is_given_to_who_says_why(enter: Enter, which: str, ending: str) -> None:
    client = enter()
    asked = f"/{which}.{ending}?sort=at"

    before = client.get(asked)
    lacking = say_why(client, before.location, "업무")
    answer = say_why(client, before.location)
    given = client.get(answer.location)

    assert before.status_code == 303
    assert before.location.startswith("/reason?kind=people&")
    assert lacking.status_code == 422
    assert 'value="업무"' in lacking.text
    assert f'href="/{which}?sort=at"' in lacking.text
    assert (answer.status_code, answer.location) == (303, asked)
    assert given.status_code == 200
    assert not given.content_type.startswith("text/html")
    told = taken(client)
    assert WHY in told
    assert f"person={identity('naver-liaison')}" in told
    assert "총괄부서 담당자" in told


def test_a_reason_holds_for_its_kind_its_session_and_some_minutes(
    enter: Enter, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = enter()
    say_why(client, client.get("/contacts.csv").location)

    assert client.get("/contacts.xlsx").status_code == 200
    assert client.get("/people.csv").status_code == 200
    assert client.get("/imports/" + identity("ledger") + "/faults.xlsx").status_code == 303

    other = enter()
    form_cookie = client.get_cookie("ieum_form")
    assert form_cookie is not None
    other.set_cookie("ieum_form", form_cookie.value)
    assert other.get("/contacts.csv").status_code == 303

    desk = app.extensions["ieum"]
    later = replace(desk, now=lambda: NOON + timedelta(minutes=10))
    monkeypatch.setitem(app.extensions, "ieum", later)
    assert client.get("/contacts.csv").status_code == 303


def test_lists_without_people_ask_nothing_and_looking_asks_nothing(enter: Enter) -> None:
    client = enter()

    for path in ("/partners.xlsx", "/agreements.csv", "/documents.tsv", "/contacts", "/people"):
        assert client.get(path).status_code == 200, path
    assert WHY not in taken(client)


def test_a_closed_documents_file_is_given_to_who_says_why_and_an_open_one_to_anybody(
    enter: Enter, neighbours: Neighbours
) -> None:
    client, data = enter(), png(f"closed {uuid4()}")
    sent(client, "가.png", data, title_ko="내부 검토서")
    closed = f"/documents/{neighbours.registry.newest()['id']}"
    sent(client, "나.png", png(f"told {uuid4()}"), title_ko="공유본", disclosure="parties")
    told = f"/documents/{neighbours.registry.newest()['id']}"

    asked = client.get(f"{closed}/content")
    shown = client.get(f"{closed}/seen")
    given = client.get(say_why(client, asked.location, "의회 제출 자료").location)

    assert asked.status_code == 303
    assert f"back={closed}" in asked.location
    assert (shown.data, shown.headers["Content-Disposition"]) == (data, "inline")
    assert given.data == data
    assert client.get(f"{told}/content").status_code == 200
    assert "의회 제출 자료" in taken(client)
    assert "닫힌 문서의 파일" in taken(client)


def test_the_way_on_leads_nowhere_else(enter: Enter) -> None:
    client = enter()

    answer = say_why(client, "/reason?kind=people&next=https://evil.example/&back=//evil.example")

    assert answer.location == "/"
    assert client.post("/reason", data={"kind": "x", "csrf_token": "x"}).status_code == 400
