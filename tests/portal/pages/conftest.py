"""A browser without a window and without scripts: Flask's own client, signed in as a role."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from httpedge.access import ACCESS_LOG
from httpedge.access_record import AccessLog
from ieum_portal.domain.websession import WebSession
from ieum_portal.operations.sign_in import forget_failures, hash_of
from ieum_portal.pages.entry import new_token
from ieum_portal.storage.access_records import StoredAccess
from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.drafts import StoredDrafts
from sqlstore.engine import open_engine
from tests.portal.desk import NOON, PASSWORD, Desk, app_at
from tests.portal.pages.browsing import look as look
from tests.portal.pages.browsing import visit as visit
from tests.portal.pages.browsing import window as window

Enter = Callable[..., FlaskClient]


@pytest.fixture(scope="session")
def running_app(running_desk: Desk) -> Flask:
    return app_at(running_desk.settings)


@pytest.fixture
def app(running_app: Flask, desk: Desk) -> Flask:
    assert desk.settings
    # Of the tests before this one.
    forget_failures(running_app.extensions["ieum"].auth)
    StoredDrafts(open_engine(desk.settings.database)).forget(datetime.max.replace(tzinfo=UTC))
    running_app.extensions[ACCESS_LOG].flush()
    kept = StoredAccess(open_engine(desk.settings.database))
    kept.forget_before(datetime.max.replace(tzinfo=UTC))
    # Its clock stands: with the old one all denials of all tests would be of the same minute.
    running_app.extensions[ACCESS_LOG] = AccessLog(kept.keep)
    return running_app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def enter(app: Flask, desk: Desk) -> Enter:
    """Give a browser that is signed in already; the way in itself is tested in its own place."""

    def sign_in(role: str = "office", language: str = "ko") -> FlaskClient:
        account = StoredAccounts(open_engine(desk.settings.database)).by_login(
            f"{role}@ieum.example"
        )
        assert account is not None
        token = new_token()
        sessions = app.extensions["ieum"].auth.sessions
        sessions.add(WebSession(hash_of(token), account.id, began_at=NOON, seen_at=NOON))
        client = app.test_client()
        client.set_cookie("ieum_session", token)
        client.set_cookie("ieum_language", language)
        return client

    return sign_in


def csrf(page: TestResponse) -> str:
    """Give the token that the page's form carries."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found is not None
    return found.group(1)


def try_sign_in(
    client: FlaskClient, login: str, password: str = PASSWORD, **more: str
) -> TestResponse:
    """Fill in the form and send it."""
    form = {"login": login, "password": password, "csrf_token": csrf(client.get("/sign-in"))}
    return client.post("/sign-in", data=form | more)


def say_why(
    client: FlaskClient, address: str, reason: str = "12월 협약식 초청장 발송"
) -> TestResponse:
    """Fill in the page that a download leads to."""
    asked = unescape(client.get(address).text).partition('action="/reason"')[2]
    held = dict(
        re.findall(
            r'<input type="hidden" name="([^"]+)" value="([^"]*)">', asked.partition("</form>")[0]
        )
    )
    return client.post("/reason", data={**held, "reason": reason})
