"""A real browser at the desk, signed in as a role, and what is looked at in it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request

from ieum_portal.domain.websession import WebSession
from ieum_portal.operations.sign_in import hash_of
from ieum_portal.pages.entry import new_token
from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.sessions import StoredSessions
from sqlstore.engine import open_engine
from tests.portal.desk import NOON, Desk

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BROKEN_RULES = """async tags => (await axe.run(document, {
    resultTypes: ['violations'], runOnly: {type: 'tag', values: tags}
})).violations"""
"""What holds is neither worked out in full nor sent here: that cost more than the looking."""

Visit = Callable[..., Page]
ANSWERED = re.compile("status of (404|412|422|503)")
"""Chromium tells of each page that is answered so; those answers are meant."""


@pytest.fixture
def visit(desk: Desk, context: BrowserContext, page: Page) -> Iterator[Visit]:
    """Open a page as a role; whatever leaves the host or complains fails the test at its end."""
    with _opening(desk, context, page) as open_page:
        yield open_page


@pytest.fixture(scope="session")
def window(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """One window for all tests that look and leave nothing behind: it has styles and fonts."""
    with browser.new_context(**browser_context_args) as context:
        yield context.new_page()


@pytest.fixture
def look(desk: Desk, window: Page) -> Iterator[Visit]:
    """Open a page as `visit` does, to be measured alone, at a third of the cost."""
    window.context.clear_cookies()
    window.emulate_media(media="null", color_scheme="null", contrast="null", forced_colors="null")
    with _opening(desk, window.context, window) as open_page:
        yield open_page


@contextmanager
def _opening(desk: Desk, context: BrowserContext, page: Page) -> Iterator[Visit]:
    elsewhere: list[str] = []
    complaints: list[str] = []

    def see(request: Request) -> None:
        if urlsplit(request.url).hostname != "127.0.0.1":
            elsewhere.append(request.url)

    def hear(text: str) -> None:
        if not ANSWERED.search(text):
            complaints.append(text)

    def hear_message(message: ConsoleMessage) -> None:
        hear(message.text)

    def hear_error(error: Error) -> None:
        hear(str(error))

    page.on("request", see)
    page.on("console", hear_message)
    page.on("pageerror", hear_error)

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
    page.remove_listener("request", see)
    page.remove_listener("console", hear_message)
    page.remove_listener("pageerror", hear_error)
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
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE + ";0")
    broken: list[dict[str, Any]] = page.evaluate(BROKEN_RULES, TAGS)
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in broken
        for node in each["nodes"]
    ]
