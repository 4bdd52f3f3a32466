"""A real browser at the desk, signed in as a role, and what is looked at in it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import BrowserContext, Page

from ieum_portal.domain.websession import WebSession
from ieum_portal.operations.sign_in import hash_of
from ieum_portal.pages.entry import new_token
from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.sessions import StoredSessions
from sqlstore.engine import open_engine
from tests.portal.desk import NOON, Desk

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Visit = Callable[..., Page]
ANSWERED = re.compile("status of (404|412|422|503)")
"""Chromium tells of each page that is answered so; those answers are meant."""


@pytest.fixture
def visit(desk: Desk, context: BrowserContext, page: Page) -> Iterator[Visit]:
    """Open a page as a role; whatever leaves the host or complains fails the test at its end."""
    elsewhere: list[str] = []
    complaints: list[str] = []

    def look(address: str) -> None:
        if urlsplit(address).hostname != "127.0.0.1":
            elsewhere.append(address)

    def hear(text: str) -> None:
        if not ANSWERED.search(text):
            complaints.append(text)

    page.on("request", lambda request: look(request.url))
    page.on("console", lambda message: hear(message.text))
    page.on("pageerror", lambda error: hear(str(error)))

    def open_page(
        path: str, *, role: str | None = "office", language: str = "ko", width: int = 1280
    ) -> Page:
        cookies = {"ieum_language": language}
        if role is not None:
            cookies["ieum_session"] = new_session_of(desk, role)
        context.add_cookies(
            [{"name": name, "value": value, "url": desk.url} for name, value in cookies.items()]
        )
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(desk.url + path)
        page.evaluate("document.fonts.ready")
        return page

    yield open_page
    assert elsewhere == [], elsewhere
    assert complaints == [], complaints


def new_session_of(desk: Desk, role: str) -> str:
    """Open a session for a role and give its token."""
    engine = open_engine(desk.settings.database)
    account = StoredAccounts(engine).by_login(f"{role}@ieum.example")
    assert account is not None
    token = new_token()
    StoredSessions(engine).add(WebSession(hash_of(token), account.id, NOON, NOON))
    engine.dispose()
    return token


@contextmanager
def turned(page: Page) -> Iterator[None]:
    """Go on only once the page that a click or key asks for has loaded, styles included.

    A click is over before the answer is there: what is measured then is the page that goes.
    """
    with page.expect_navigation():
        yield


def violations(page: Page) -> list[str]:
    """Run axe; name each rule that is broken, and where.

    It is a script that waits: a browser without scripts cannot run it, and the same page with
    them is looked at by the same test.
    """
    if page.evaluate("matchMedia('(scripting: none)').matches"):
        return []
    page.evaluate(AXE + ";0")
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS
    )
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
