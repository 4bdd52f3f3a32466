"""Takes the screenshots in docs/pictures: `python -m tests.pictures [FOLDER]`.

The named ones show what README and reviews speak of; `pages/` holds every page of the register as
the office sees it, its first two screens, small enough to be kept.

The desk runs in this process over the sample of its tests, on a day that stands still, so that the
same pages give the same pictures. Chromium and its fonts come with `make deps-system`. The letter
is a mail and no page: it is taken of a running installation's mailbox, by hand.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, sync_playwright

from ieum_portal.storage.migrate import STEPS
from tests.portal.desk import Desk, app_at, run_desk
from tests.portal.neighbours import neighbours_in
from tests.portal.pages.browsing import new_session_of
from tests.portal.pages.test_register import SIGNED_IN, address
from tests.portal.sample import AGREEMENT, identity

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
UNDER = f"/agreements/{identity(AGREEMENT)}"
NAVER = f"/partners/{identity('naver')}"

TAKEN = {
    "today": ("/", 1280, "light"),
    "partners": ("/partners", 1280, "light"),
    "partner": (NAVER, 1280, "light"),
    "agreement": (UNDER, 1280, "light"),
    "coverage": ("/coverage", 1280, "light"),
    "event": (f"/events/{identity('expo')}", 1280, "light"),
    "history": ("/history", 1280, "light"),
    "agreement-form": ("/agreements/new", 1280, "light"),
    "import": (f"/imports/{identity('ledger')}", 1280, "light"),
    "help": ("/help/agreement.show", 1280, "light"),
    "today-dark": ("/", 1280, "dark"),
    "partner-contrast": (NAVER, 1280, "contrast"),
    "agreement-phone": (UNDER, 390, "light"),
    "coverage-phone": ("/coverage", 390, "dark"),
}
"""Name → address, width in pixels, theme; of a phone, what its first screen and a half show."""


def main(folder: Path) -> None:
    """Take them all."""
    chromium = shutil.which("chromium")
    with TemporaryDirectory() as given, pytest.MonkeyPatch.context() as patch:
        kept = Path(given)
        (kept / "neighbours").mkdir()
        neighbours = neighbours_in(kept / "neighbours")
        neighbours.begin()
        patch.setattr("ieum_portal.app.new_session", neighbours.session)
        database = f"sqlite:///{kept}/portal.db"
        STEPS.migrate(database)
        with run_desk(kept, database, neighbours) as desk, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"]
            )
            for name in TAKEN:
                take(name, folder, desk, browser)
            take_pages(folder / "pages", desk, browser)
            browser.close()
        neighbours.registry.end()


def take_pages(folder: Path, desk: Desk, browser: Browser) -> None:
    """Take the first two screens of every page."""
    folder.mkdir(exist_ok=True)
    app = app_at(desk.settings)
    context = browser.new_context(
        viewport={"width": 1280, "height": 1600}, locale="ko-KR", timezone_id="Asia/Seoul"
    )
    cookies = {"ieum_language": "ko", "ieum_session": new_session_of(desk, "office")}
    context.add_cookies(
        [{"name": key, "value": value, "url": desk.url} for key, value in cookies.items()]
    )
    page = context.new_page()
    for screen in SIGNED_IN:
        page.goto(desk.url + address(app, screen))
        page.evaluate("document.fonts.ready")
        there = folder / f"{screen.endpoint}.jpg"
        page.screenshot(path=there, type="jpeg", quality=45)
        print(there)
    context.close()


def take(name: str, folder: Path, desk: Desk, browser: Browser) -> None:
    """Take one."""
    path, width, theme = TAKEN[name]
    context = browser.new_context(
        viewport={"width": width, "height": 1200}, locale="ko-KR", timezone_id="Asia/Seoul"
    )
    cookies = {
        "ieum_language": "ko",
        "ieum_theme": theme,
        "ieum_session": new_session_of(desk, "office"),
    }
    context.add_cookies(
        [{"name": key, "value": value, "url": desk.url} for key, value in cookies.items()]
    )
    page = context.new_page()
    page.goto(desk.url + path)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=folder / f"{name}.png", full_page=width > 1000)
    context.close()
    print(folder / f"{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES)
