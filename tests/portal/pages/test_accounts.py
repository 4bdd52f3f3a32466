"""An administrator lets people in, and out, by pages alone; the invited choose their password."""

import re
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ieum_portal.domain.account import Account
from ieum_portal.operations.accounts import end_account
from ieum_portal.pages.wired import desk_of
from tests.portal.desk import NOON, PASSWORD, Desk
from tests.portal.pages.conftest import Enter, csrf, try_sign_in
from tests.portal.sample import identity

NEW = "물결 우산 감자 2026"


@pytest.fixture
def office(enter: Enter, app: Flask) -> FlaskClient:
    """An administrator's browser; who was invited by another test is gone."""
    auth = wired(app).auth
    for each in auth.accounts.all():
        if each.made_at != NOON or each.name == "홍길동":
            end_account(each, auth=auth, now=NOON)
    return enter()


wired = desk_of


def post(client: FlaskClient, path: str, **form: str) -> TestResponse:
    return client.post(path, data={"csrf_token": csrf(client.get(path)), **form})


def letters(app: Flask, desk: Desk) -> list[dict[str, str]]:
    """Give the letters that notify was asked to send, once the round is over."""
    wired(app).letters.wait()  # type: ignore[attr-defined]  # The real one's own, for tests.
    found: list[dict[str, str]] = desk.neighbours.said.get("account_letters", [])
    return found


def invite(client: FlaskClient, login: str, **form: str) -> TestResponse:
    asked = {"name": "홍길동", "login": login, "role": "auditor", "language": "ko", **form}
    return post(client, "/accounts/new", **asked)


def account(app: Flask, login: str) -> Account:
    found = wired(app).auth.accounts.by_login(login)
    assert found is not None
    return found


def test_who_is_invited_gets_a_letter_chooses_a_password_and_works(
    office: FlaskClient, app: Flask, desk: Desk
) -> None:
    answer = invite(office, "hong1@partner.test")

    assert answer.status_code == 303
    page = office.get(answer.headers["Location"]).text
    assert "초대했습니다" in page
    [letter] = letters(app, desk)
    assert (letter["email"], letter["purpose"]) == ("hong1@partner.test", "invitation")
    assert letter["inviter"] == "총괄부서 담당자"
    path = letter["link"].removeprefix("http://127.0.0.1")
    browser = app.test_client()
    assert "hong1@partner.test" in browser.get(path).text
    assert browser.get(path).status_code == 200  # To look at it uses nothing up.
    chosen = post(browser, path, password=NEW, again=NEW)
    assert chosen.headers["Location"] == "/sign-in?chosen=1"
    assert "비밀번호를 정했습니다" in browser.get("/sign-in?chosen=1").text
    assert try_sign_in(browser, "hong1@partner.test", NEW).status_code == 303
    assert browser.get("/").status_code == 200
    assert app.test_client().get(path).status_code == 410


def test_a_password_that_does_not_do_says_so_at_its_field(
    office: FlaskClient, app: Flask, desk: Desk
) -> None:
    invite(office, "hong2@partner.test")
    path = letters(app, desk)[-1]["link"].removeprefix("http://127.0.0.1")
    browser = app.test_client()

    for typed, again, said in (
        ("짧다", "짧다", "10자 이상으로"),
        (NEW, NEW + "?", "서로 다릅니다"),
        ("password 12345", "password 12345", "쉽게 맞힐"),
    ):
        answer = post(browser, path, password=typed, again=again)
        assert answer.status_code == 422
        assert said in answer.text
        assert typed not in answer.text
    assert account(app, "hong2@partner.test").state == "invited"


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
    office: FlaskClient, app: Flask, form: dict[str, str], said: str
) -> None:
    before = wired(app).auth.accounts.all()

    answer = invite(office, **{"login": "hong3@partner.test", **form})

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="홍길동"' in answer.text or form.get("name")
    assert wired(app).auth.accounts.all() == before


def test_a_liaison_is_invited_from_its_partners_page(
    office: FlaskClient, app: Flask, desk: Desk
) -> None:
    partner = identity("gist")
    assert f"/accounts/new?at={partner}" in office.get(f"/partners/{partner}").text
    path = f"/accounts/new?at={partner}"
    offered = re.findall(r'name="contact" value="([^"]+)"', office.get(path).text)
    assert offered == [identity("gist-liaison")]
    naver = office.get(f"/accounts/new?at={identity('naver')}").text
    assert "초대할 사람이 없습니다" in naver  # The one person there has an account.

    answer = post(office, path, role="liaison", contact=offered[0], login="hong4@partner.test")

    assert answer.status_code == 303
    made = account(app, "hong4@partner.test")
    assert (made.role, made.contact_id) == ("liaison", UUID(offered[0]))
    assert (made.name, made.language) == ("Jamie Park", "en")
    assert letters(app, desk)[-1]["email"] == "hong4@partner.test"
    end_account(made, auth=wired(app).auth, now=NOON)


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
    office: FlaskClient, app: Flask, desk: Desk
) -> None:
    invite(office, "hong5@partner.test")
    path = f"/accounts/{account(app, 'hong5@partner.test').id}"

    for act, state in (("lock", "locked"), ("unlock", "invited")):
        assert post(office, path, act=act).status_code == 303
        assert account(app, "hong5@partner.test").state == state
    assert post(office, path, act="send").status_code == 303
    assert len(letters(app, desk)) == 2
    refused = post(office, path, act="end")
    assert refused.status_code == 422
    assert "되돌릴 수 없습니다" in refused.text
    assert post(office, path, act="end", sure="1").status_code == 303
    assert wired(app).auth.accounts.by_login("hong5@partner.test") is None
    assert post_again(office, path, "lock").status_code == 422


def post_again(client: FlaskClient, path: str, act: str) -> TestResponse:
    """Send what an ended account's page offers no more."""
    token = csrf(client.get("/account"))
    return client.post(path, data={"csrf_token": token, "act": act})


@pytest.mark.parametrize("form", [{"act": "lock"}, {"act": "dismiss"}, {"act": "end", "sure": "1"}])
def test_the_last_administrator_stays(
    office: FlaskClient, app: Flask, form: dict[str, str]
) -> None:
    before = account(app, "office@ieum.example")

    answer = post(office, f"/accounts/{before.id}", **form)

    assert answer.status_code == 422
    assert "마지막 계정 관리자" in answer.text
    assert account(app, "office@ieum.example") == before
    assert office.get("/").status_code == 200


@pytest.mark.parametrize("mail", ["away", "refuses"])
def test_how_the_letter_stands_is_shown(
    office: FlaskClient, app: Flask, desk: Desk, mail: str
) -> None:
    desk.neighbours.said["mail"] = mail
    login = f"hong-{mail}@partner.test"

    page = invite(office, login)
    letters(app, desk)

    shown = office.get(page.headers["Location"]).text
    assert ("보내는 중" if mail == "away" else "주소가 받지 않음") in shown


@pytest.mark.parametrize("act", ["", "burn", "위"])
def test_an_act_that_there_is_not_changes_nothing(
    office: FlaskClient, app: Flask, act: str
) -> None:
    before = wired(app).auth.accounts.all()

    answer = post(office, f"/accounts/{account(app, 'auditor@ieum.example').id}", act=act)

    assert answer.status_code == 400
    assert wired(app).auth.accounts.all() == before


def test_an_account_that_there_is_not_is_not_found(office: FlaskClient) -> None:
    assert office.get(f"/accounts/{UUID(int=1)}").status_code == 404
    assert office.get("/accounts/new?at=nobody").status_code == 404


@pytest.mark.parametrize("login", ["office@ieum.example", "nobody@ieum.example"])
def test_whoever_forgot_a_password_is_told_the_same_whoever_they_are(
    app: Flask, desk: Desk, login: str
) -> None:
    client = app.test_client()

    answer = post(client, "/forgot", login=login)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/forgot?asked=1")
    assert "몇 분 안에 편지가" in client.get("/forgot?asked=1").text
    sent = letters(app, desk)
    assert [each["email"] for each in sent] == ([login] if login.startswith("office") else [])


def test_an_empty_login_is_asked_for(app: Flask) -> None:
    assert post(app.test_client(), "/forgot", login=" ").status_code == 422


@pytest.mark.parametrize("text", ["x", "0" * 32, f"{'0' * 32}.{'A' * 43}", "가나"])
def test_a_link_that_nobody_made_opens_nothing(app: Flask, text: str) -> None:
    answer = app.test_client().get(f"/join/{text}")

    assert answer.status_code == 410
    assert "더 들어올 수 없습니다" in answer.text


def test_ones_own_page_shows_where_one_is_signed_in_and_ends_others(
    enter: Enter, app: Flask
) -> None:
    here, there = enter("auditor"), enter("auditor")
    page = here.get("/account").text

    assert "이 기기" in page
    others = re.findall(r'name="session" value="([0-9a-f]{64})"', page)
    for each in others:
        assert post(here, "/account", act="session", session=each).status_code == 303

    assert there.get("/").headers.get("Location", "").startswith("/sign-in")
    assert here.get("/").status_code == 200


def test_a_session_of_somebody_else_is_not_ended(enter: Enter, app: Flask) -> None:
    auditor, office = enter("auditor"), enter("office")
    [own] = [
        each.token_hash
        for each in wired(app).auth.sessions.of(account(app, "office@ieum.example").id)
    ][:1]

    post(auditor, "/account", act="session", session=own)

    assert office.get("/").status_code == 200


def test_a_password_is_changed_by_who_knows_it(enter: Enter, app: Flask) -> None:
    client = enter("department")

    wrong = post(client, "/account", act="password", old="x", password=NEW, again=NEW)
    assert wrong.status_code == 422
    assert "지금 비밀번호가 맞지 않습니다" in wrong.text

    done = post(client, "/account", act="password", old=PASSWORD, password=NEW, again=NEW)
    assert done.headers["Location"] == "/sign-in?chosen=1"
    assert client.get("/").status_code == 303
    assert try_sign_in(app.test_client(), "department@ieum.example", NEW).status_code == 303
    back = account(app, "department@ieum.example")
    wired(app).auth.accounts.set_password_hash(back.id, wired(app).auth.passwords.hash(PASSWORD))


def test_ones_language_is_changed_for_pages_and_letters(enter: Enter, app: Flask) -> None:
    client = enter("auditor")

    answer = post(client, "/account", act="language", language="en")

    assert account(app, "auditor@ieum.example").language == "en"
    assert "My account" in client.get(answer.headers["Location"]).text
    post(client, "/account", act="language", language="ko")
    assert account(app, "auditor@ieum.example").language == "ko"
    assert post(client, "/account", act="language", language="xx").status_code == 400


def test_what_was_done_with_ones_account_is_shown_without_codes(enter: Enter, app: Flask) -> None:
    client = app.test_client()
    try_sign_in(client, "auditor@ieum.example", "아님")
    try_sign_in(client, "auditor@ieum.example")

    page = client.get("/account").text

    rows = page.partition('aria-labelledby="entries-title"')[2]
    assert "틀림" in rows
    assert "sign_in" not in rows
