"""Signing in, failing to, and pages denied are recorded, without what was typed."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.portal.desk import Desk
from tests.portal.pages.conftest import Enter, csrf, try_sign_in
from tests.portal.sample import identity


def records(client: FlaskClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = ""
    while True:
        page = client.get(f"/access-records{after}").get_json()
        found += page["items"]
        if page["next"] is None:
            return found
        after = f"?after={page['next']}"


def test_signing_in_and_failing_to_are_recorded(app: Flask, enter: Enter) -> None:
    browser = app.test_client()
    try_sign_in(browser, "office@ieum.example", "틀린 비밀번호")
    try_sign_in(browser, "secret-typed-as-login", "x")
    try_sign_in(browser, "office@ieum.example")
    browser.post("/sign-out", data={"csrf_token": csrf(browser.get("/"))})

    found = [each for each in records(enter("auditor")) if each["act"].startswith("sign_")]

    told = [(each["act"], each["outcome"], each["account"] == "anonymous") for each in found]
    assert sorted(told) == sorted(
        [
            ("sign_in", "wrong", False),
            ("sign_in", "wrong", True),
            ("sign_in", "ok", False),
            ("sign_out", "ok", False),
        ]
    )
    assert "secret-typed-as-login" not in str(found)
    assert "office@ieum.example" not in str(found)
    assert {each["address"] for each in found} == {"127.0.0.1"}


def test_a_page_that_is_not_for_a_role_is_recorded(app: Flask, enter: Enter) -> None:
    assert app.name
    assert enter("liaison").get("/access-records").status_code == 403

    [denied] = [each for each in records(enter("office")) if each["outcome"] == "403"]

    assert (denied["act"], denied["role"]) == ("GET /access-records", "liaison")


def test_a_place_that_was_never_given_is_refused(enter: Enter) -> None:
    for cursor in ("x", "2026-11-23T00:00:00Z_", "2026-11-23T00:00:00_ab", "_"):
        assert enter("auditor").get(f"/access-records?after={cursor}").status_code == 400
        told = enter("auditor").get(f"/access?what=entries&after={cursor}")
        assert told.status_code == 400


def shown(page: str) -> str:
    return page.partition('<section class="sheet listing"')[2].partition("</section>")[0]


def test_the_review_names_who_saw_whose_data(enter: Enter) -> None:
    office = enter()
    office.get(f"/partners/{identity('naver')}")

    page = shown(office.get("/access").text)

    assert "총괄부서 담당자" in page
    assert "김이음" in page
    assert "연락처 목록" in page
    person = f"person={identity('naver-liaison')}"
    assert person in page
    of_one = shown(office.get(f"/access?{person}").text)
    assert "김이음" in of_one
    assert "이 달에 그런 기록이 없습니다" in office.get(f"/access?person={UUID(int=1)}").text


def test_an_auditor_reviews_without_learning_names_of_people(enter: Enter) -> None:
    enter().get(f"/partners/{identity('naver')}")

    page = enter("auditor").get("/access").text

    assert "김이음" not in page
    assert "이름 없음" in shown(page)


def test_the_review_of_signings_in_keeps_to_its_month_and_account(app: Flask, enter: Enter) -> None:
    try_sign_in(app.test_client(), "office@ieum.example")
    try_sign_in(app.test_client(), "auditor@ieum.example", "아님")
    auditor = enter("auditor")
    accounts = app.extensions["ieum"].auth.accounts
    office = accounts.by_login("office@ieum.example").id

    both = shown(auditor.get("/access?what=entries&month=2026-11").text)
    one = shown(auditor.get(f"/access?what=entries&month=2026-11&account=portal:{office}").text)

    assert "의회 열람자" in both
    assert "틀림" in both
    assert "의회 열람자" not in one
    assert "총괄부서 담당자" in one
    assert "없습니다" in shown(auditor.get("/access?what=entries&month=2026-10").text)


@pytest.mark.parametrize("asked", ["month=x", "outcome=y", "person=z", "account=%00", "what=w"])
def test_what_nobody_could_look_for_is_left_aside(enter: Enter, asked: str) -> None:
    assert enter().get(f"/access?{asked}").status_code == 200


@pytest.mark.parametrize("what", ["people", "entries"])
def test_a_cursor_that_was_never_given_is_refused(enter: Enter, what: str) -> None:
    assert enter().get(f"/access?what={what}&after=nowhere").status_code == 400


def test_the_review_says_so_while_the_registry_is_away(enter: Enter, desk: Desk) -> None:
    desk.neighbours.registry.is_down = True

    page = enter().get("/access")

    assert page.status_code == 200
    assert "지금은 목록을 보여 드릴 수 없습니다" in page.text


@pytest.mark.parametrize("month", ["0001-01", "9999-12", "1899-12", "2026-13", "x", "%00"])
@pytest.mark.parametrize("what", ["people", "entries"])
def test_a_month_of_which_there_can_be_no_record_is_this_month(
    enter: Enter, month: str, what: str
) -> None:
    page = enter("auditor").get(f"/access?what={what}&month={month}")

    assert page.status_code == 200
    assert 'name="month" value="2026-11"' in page.text
