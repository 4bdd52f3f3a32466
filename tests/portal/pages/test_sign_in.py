"""What the sign-in page says when it does not let somebody in."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.portal.pages.conftest import csrf, try_sign_in


@pytest.mark.parametrize("login", ["nobody@ieum.example", "office@ieum.example"])
def test_a_wrong_password_and_an_unknown_login_read_alike(client: FlaskClient, login: str) -> None:
    answer = try_sign_in(client, login, "아님")

    assert answer.status_code == 422
    assert "아이디와 비밀번호가 맞지 않습니다" in answer.text
    assert "<title>오류" in answer.text
    assert f'value="{login}"' in answer.text
    assert "아님" not in answer.text


def test_empty_fields_are_named(client: FlaskClient) -> None:
    answer = try_sign_in(client, " ", "x")

    assert answer.status_code == 422
    assert "모두 입력하십시오" in answer.text


def test_too_many_attempts_are_told_how_long_to_wait(app: Flask) -> None:
    client = app.test_client()
    for _ in range(5):
        try_sign_in(client, "guessed@ieum.example", "아님")

    answer = try_sign_in(client, "guessed@ieum.example", "아님")

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "15분 뒤에" in answer.text


def test_what_was_typed_cannot_break_the_page(client: FlaskClient) -> None:
    answer = try_sign_in(client, '"><script>x</script>', "아님")

    assert "<script>" not in answer.text


def test_a_browser_that_signed_in_before_is_let_in_whatever_others_do(app: Flask) -> None:
    known, stranger = app.test_client(), app.test_client()
    entered = try_sign_in(known, "office@ieum.example")
    [cookie] = [each for each in entered.headers.getlist("Set-Cookie") if "ieum_device" in each]
    known.post("/sign-out", data={"csrf_token": csrf(known.get("/"))})
    for _ in range(20):
        for number in range(3):
            try_sign_in(stranger, f"somebody{number}@ieum.example", "아님")
        try_sign_in(stranger, "office@ieum.example", "아님")

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "office" not in cookie
    assert try_sign_in(known, "office@ieum.example").status_code == 303
    assert try_sign_in(stranger, "office@ieum.example").status_code == 429
