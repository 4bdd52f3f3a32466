"""An administrator lets people in, and out, by pages alone."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from ieum_portal.domain.account import Account
from ieum_portal.operations.accounts import appoint, end_account
from ieum_portal.operations.sign_in import Authentication
from ieum_portal.pages.accounts import route
from tests.portal.desk import NOON, Desk
from tests.portal.pages.conftest import Enter, csrf, try_sign_in
from tests.portal.pages.inviting import NEW, account, administrator, invite, letters, post, wired
from tests.portal.sample import identity

__all__ = ["administrator"]  # A fixture.


def test_who_is_invited_gets_a_letter_chooses_a_password_and_works(
    administrator: FlaskClient, app: Flask, desk: Desk
) -> None:
    answer = invite(administrator, "hong1@partner.test")

    assert answer.status_code == 303
    page = administrator.get(answer.headers["Location"]).text
    assert "초대했습니다" in page
    [letter] = letters(app, desk)
    assert (letter["email"], letter["purpose"]) == ("hong1@partner.test", "invitation")
    assert letter["inviter"] == "총괄부서 담당자"
    path = letter["link"].removeprefix("http://127.0.0.1")
    browser = app.test_client()
    assert "hong1@partner.test" in browser.get(path).text
    assert browser.head(path).status_code == 200
    assert browser.get(path).status_code == 200  # To look at it uses nothing up.
    chosen = post(browser, path, password=NEW, again=NEW)
    assert chosen.headers["Location"] == "/sign-in?chosen=1"
    assert "비밀번호를 정했습니다" in browser.get("/sign-in?chosen=1").text
    assert try_sign_in(browser, "hong1@partner.test", NEW).status_code == 303
    assert browser.get("/").status_code == 200
    assert app.test_client().get(path).status_code == 410


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"login": "no address"}, "전자우편 주소여야"),
        ({"login": "office@ieum.example"}, "이미 있습니다"),
        ({"name": " "}, "보이는 글자로만"),
        ({"role": "king"}, "역할을 고르십시오"),
        ({"role": "department"}, "부서를 고르고"),
        ({"role": "liaison"}, "담당자를 고르십시오"),
    ],
)
def test_who_cannot_be_invited_is_said_and_what_was_typed_stays(
    administrator: FlaskClient, app: Flask, form: dict[str, str], said: str
) -> None:
    before = wired(app).auth.accounts.all()

    answer = invite(administrator, **{"login": "hong3@partner.test", **form})

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="홍길동"' in answer.text or form.get("name")
    assert wired(app).auth.accounts.all() == before


def test_a_liaison_is_invited_from_its_partners_page(
    administrator: FlaskClient, app: Flask, desk: Desk
) -> None:
    partner = identity("gist")
    assert f"/accounts/new?at={partner}" in administrator.get(f"/partners/{partner}").text
    path = f"/accounts/new?at={partner}"
    offered = re.findall(r'name="contact" value="([^"]+)"', administrator.get(path).text)
    assert offered == [identity("gist-liaison")]
    naver = administrator.get(f"/accounts/new?at={identity('naver')}").text
    assert "초대할 사람이 없습니다" in naver  # The one person there has an account.

    answer = post(
        administrator, path, role="liaison", contact=offered[0], login="hong4@partner.test"
    )

    assert answer.status_code == 303
    made = account(app, "hong4@partner.test")
    assert (made.role, made.contact_id) == ("liaison", UUID(offered[0]))
    assert (made.name, made.language) == ("Jamie Park", "en")
    assert letters(app, desk)[-1]["email"] == "hong4@partner.test"
    end_account(made, auth=wired(app).auth, now=NOON)


def test_the_letters_of_all_accounts_are_asked_for_at_once(
    administrator: FlaskClient, app: Flask, desk: Desk
) -> None:
    logins = ("hong20@partner.test", "hong21@partner.test", "hong22@partner.test")
    for login in logins:
        invite(administrator, login)
    assert letters(app, desk)  # The round that sends them asks for links, too.
    asked: list[str] = []

    def note(*execution: object) -> None:
        asked.append(str(execution[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        page = administrator.get("/accounts").text
    finally:
        event.remove(Engine, "before_cursor_execute", note)

    assert all(login in page for login in logins)
    assert len([each for each in asked if "FROM account_link" in each]) == 1


def test_a_liaisons_account_is_locked_while_the_registry_is_away(
    administrator: FlaskClient, app: Flask, desk: Desk
) -> None:
    path = f"/accounts/new?at={identity('gist')}"
    contact = identity("gist-liaison")
    post(administrator, path, role="liaison", contact=contact, login="hong23@partner.test")
    path = f"/accounts/{account(app, 'hong23@partner.test').id}"
    desk.neighbours.registry.is_down = True

    assert administrator.get(path).status_code == 200
    assert post(administrator, path, act="lock").status_code == 303
    assert account(app, "hong23@partner.test").state == "locked"
    end_account(account(app, "hong23@partner.test"), auth=wired(app).auth, now=NOON)


@pytest.mark.parametrize("role", ["department", "liaison", "auditor"])
def test_nobody_else_sees_accounts(enter: Enter, app: Flask, role: str) -> None:
    client = enter(role)
    path = f"/accounts/{account(app, 'office@ieum.example').id}"

    for each in ("/accounts", "/accounts/new", path):
        assert client.get(each).status_code == 403
        form = {"csrf_token": csrf(client.get("/account")), "act": "lock"}
        assert client.post(each, data=form).status_code in (403, 405)
    assert "/accounts" not in client.get("/").text


def test_an_account_is_locked_unlocked_and_ended_by_its_page(
    administrator: FlaskClient, app: Flask, desk: Desk
) -> None:
    invite(administrator, "hong5@partner.test")
    path = f"/accounts/{account(app, 'hong5@partner.test').id}"

    for act, state in (("lock", "locked"), ("unlock", "invited")):
        assert post(administrator, path, act=act).status_code == 303
        assert account(app, "hong5@partner.test").state == state
    assert post(administrator, path, act="send").status_code == 303
    assert len(letters(app, desk)) == 2
    refused = post(administrator, path, act="end")
    assert refused.status_code == 422
    assert "되돌릴 수 없습니다" in refused.text
    assert post(administrator, path, act="end", sure="1").status_code == 303
    assert wired(app).auth.accounts.by_login("hong5@partner.test") is None
    assert post_again(administrator, path, "lock").status_code == 422


def post_again(client: FlaskClient, path: str, act: str) -> TestResponse:
    """Send what an ended account's page offers no more."""
    token = csrf(client.get("/account"))
    return client.post(path, data={"csrf_token": token, "act": act})


@pytest.mark.parametrize("form", [{"act": "lock"}, {"act": "dismiss"}, {"act": "end", "sure": "1"}])
def test_the_last_administrator_stays(
    administrator: FlaskClient, app: Flask, form: dict[str, str]
) -> None:
    before = account(app, "office@ieum.example")

    answer = post(administrator, f"/accounts/{before.id}", **form)

    assert answer.status_code == 422
    assert "마지막 계정 관리자" in answer.text
    assert account(app, "office@ieum.example") == before
    assert administrator.get("/").status_code == 200


def test_of_two_administrators_who_dismiss_each_other_one_stays(
    administrator: FlaskClient, app: Flask, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    auth, both = wired(app).auth, Barrier(2, timeout=30)

    def once_both_are_let_in(
        login: str, *, is_administrator: bool, auth: Authentication
    ) -> Account:
        both.wait()
        return appoint(login, is_administrator=is_administrator, auth=auth)

    monkeypatch.setattr(route, "appoint", once_both_are_let_in)
    before, department = (account(app, f"{each}@ieum.example") for each in ("office", "department"))
    other = replace(department, department=UUID(identity("culture")), is_administrator=True)
    auth.accounts.keep(other, was=department)
    pressed = [
        (client, path, {"csrf_token": csrf(client.get(path)), "act": "dismiss"})
        for client, path in (
            (administrator, f"/accounts/{other.id}"),
            (enter("department"), f"/accounts/{before.id}"),
        )
    ]

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda each: each[0].post(each[1], data=each[2]), pressed))

    left = [each.id for each in auth.accounts.all() if each.administers]
    auth.accounts.keep(before, was=account(app, before.login))
    auth.accounts.keep(department, was=account(app, department.login))
    assert sorted(each.status_code for each in answers) == [303, 422]
    refused = next(each for each in answers if each.status_code == 422)
    assert "마지막 계정 관리자" in refused.text
    assert left == [[before, other][answers.index(refused) ^ 1].id]


def test_without_the_registry_an_account_is_locked_and_somebody_invited_all_the_same(
    administrator: FlaskClient, app: Flask, desk: Desk
) -> None:
    invite(administrator, "hong6@partner.test")
    path = f"/accounts/{account(app, 'hong6@partner.test').id}"
    desk.neighbours.registry.is_down = True

    shown = administrator.get(path)
    locked = post(administrator, path, act="lock")
    after = administrator.get(locked.location)
    invited = invite(administrator, "hong7@partner.test")

    assert shown.status_code == after.status_code == 200
    assert "빠진 것: 부서" in shown.text
    assert "hong6@partner.test" in after.text
    assert account(app, "hong6@partner.test").state == "locked"
    assert invited.status_code == 303
    assert account(app, "hong7@partner.test").state == "invited"


@pytest.mark.parametrize("mail", ["away", "refuses", "unreached"])
def test_how_the_letter_stands_is_shown(
    administrator: FlaskClient, app: Flask, desk: Desk, mail: str
) -> None:
    desk.neighbours.said["mail"] = mail
    desk.neighbours.notify.is_down = mail == "unreached"
    login = f"hong-{mail}@partner.test"

    page = invite(administrator, login)
    letters(app, desk)

    shown = administrator.get(page.headers["Location"]).text
    assert ("주소가 받지 않음" if mail == "refuses" else "보내는 중") in shown


@pytest.mark.parametrize("act", ["", "burn", "위"])
def test_an_act_that_there_is_not_changes_nothing(
    administrator: FlaskClient, app: Flask, act: str
) -> None:
    before = wired(app).auth.accounts.all()

    answer = post(administrator, f"/accounts/{account(app, 'auditor@ieum.example').id}", act=act)

    assert answer.status_code == 400
    assert wired(app).auth.accounts.all() == before


def test_what_asks_for_the_head_of_a_page_does_nothing_whatever_it_carries(
    administrator: FlaskClient, app: Flask
) -> None:
    before = wired(app).auth.accounts.all()
    path = f"/accounts/{account(app, 'auditor@ieum.example').id}"
    new = {"name": "홍길동", "login": "hong9@partner.test", "role": "auditor"}

    assert administrator.head(path, data={"act": "lock"}).status_code == 200
    assert administrator.head("/accounts/new", data=new).status_code == 200

    assert wired(app).auth.accounts.all() == before


def test_an_account_that_there_is_not_is_not_found(administrator: FlaskClient) -> None:
    assert administrator.get(f"/accounts/{UUID(int=1)}").status_code == 404
    assert administrator.get("/accounts/new?at=nobody").status_code == 404
