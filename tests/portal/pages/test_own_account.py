"""Everybody sees where their account is signed in, and keeps password and language."""

import re

from flask import Flask

from tests.portal.desk import PASSWORD
from tests.portal.pages.conftest import Enter, try_sign_in
from tests.portal.pages.inviting import NEW, account, post, wired


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


def test_who_guesses_the_old_password_waits_as_at_the_door(enter: Enter, app: Flask) -> None:
    client = enter("auditor")
    for _ in range(5):
        wrong = post(client, "/account", act="password", old="x", password=NEW, again=NEW)
        assert wrong.status_code == 422

    held = post(client, "/account", act="password", old=PASSWORD, password=NEW, again=NEW)

    assert (held.status_code, held.headers["Retry-After"]) == (429, "900")
    assert "15분 뒤에" in held.text
    assert try_sign_in(app.test_client(), "auditor@ieum.example").status_code == 429
