"""A password is chosen by a link of a letter; nobody learns who has an account."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.portal.desk import Desk
from tests.portal.pages.inviting import NEW, account, administrator, invite, letters, post

__all__ = ["administrator"]  # A fixture.


def test_a_password_that_does_not_do_says_so_at_its_field(
    administrator: FlaskClient, app: Flask, desk: Desk
) -> None:
    invite(administrator, "hong2@partner.test")
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


@pytest.mark.parametrize("login", ["office@ieum.example", "nobody@ieum.example"])
def test_whoever_forgot_a_password_is_told_the_same_whoever_they_are(
    app: Flask, desk: Desk, login: str
) -> None:
    client = app.test_client()

    answer = post(client, "/forgot", login=login)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/forgot?asked=1")
    assert "몇 분 안에 메일이" in client.get("/forgot?asked=1").text
    sent = letters(app, desk)
    assert [each["email"] for each in sent] == ([login] if login.startswith("office") else [])


def test_an_empty_login_is_asked_for(app: Flask) -> None:
    assert post(app.test_client(), "/forgot", login=" ").status_code == 422


@pytest.mark.parametrize("text", ["x", "0" * 32, f"{'0' * 32}.{'A' * 43}", "가나"])
def test_a_link_that_nobody_made_opens_nothing(app: Flask, text: str) -> None:
    answer = app.test_client().get(f"/join/{text}")

    assert answer.status_code == 410
    assert "더 들어올 수 없습니다" in answer.text
