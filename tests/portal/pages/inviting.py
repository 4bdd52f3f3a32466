"""Inviting people by the pages, and looking at what came of it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ieum_portal.domain.account import Account
from ieum_portal.operations.accounts import end_account
from ieum_portal.pages.wired import desk_of
from tests.portal.desk import NOON, Desk
from tests.portal.pages.conftest import Enter, csrf

NEW = "물결 우산 감자 2026"


@pytest.fixture
def administrator(enter: Enter, app: Flask) -> FlaskClient:
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
