"""Signing in, failing to, and pages denied are recorded, without what was typed."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.portal.pages.conftest import Enter, csrf, try_sign_in


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
        assert enter("auditor").get(f"/access-records?after={cursor}").status_code in (400, 404)
