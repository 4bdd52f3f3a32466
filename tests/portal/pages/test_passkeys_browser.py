"""A passkey is added, lets its owner in, and is removed, in a real browser with its own device."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from ieum_portal.domain.passkey import RelyingParty
from tests.portal.desk import PASSWORD, Desk, app_at

SOON = 30_000
LOGIN = "auditor@ieum.example"


@pytest.fixture
def url(desk: Desk) -> Iterator[str]:
    """The portal under a name: browsers know no passkeys of an address in figures."""
    app = app_at(desk.settings)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    url = f"http://localhost:{server.port}"
    app.extensions["ieum"] = replace(app.extensions["ieum"], site=RelyingParty("localhost", url))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield url
    server.shutdown()
    server.server_close()
    thread.join()


def sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/sign-in?next=/account")
    page.locator("#login").fill(LOGIN)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    expect(page.locator("h1")).to_have_text("내 계정", timeout=SOON)


def test_a_passkey_is_added_lets_in_and_is_removed(page: Page, url: str) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    made = device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page, url)

    page.locator("#passkey-name").fill("사무실 노트북")
    page.locator("#passkey-old").fill("아닌 비밀번호")
    page.get_by_role("button", name="이 기기에 패스키 만들기").click()
    expect(page.get_by_text("비밀번호가 맞지 않습니다. 다시")).to_be_visible(timeout=SOON)
    device.send("WebAuthn.clearCredentials", {"authenticatorId": made["authenticatorId"]})
    page.locator("#passkey-name").fill("사무실 노트북")
    page.locator("#passkey-old").fill(PASSWORD)
    page.get_by_role("button", name="이 기기에 패스키 만들기").click()
    expect(page.get_by_text("패스키를 추가했습니다")).to_be_visible(timeout=SOON)
    expect(page.locator("#passkeys li")).to_contain_text("사무실 노트북")

    page.context.clear_cookies()
    page.goto(f"{url}/sign-in?next=/account")
    page.get_by_role("button", name="패스키로 로그인").click()
    expect(page.locator("h1")).to_have_text("내 계정", timeout=SOON)
    expect(page.locator("#passkeys li")).to_contain_text("마지막으로 쓴 때")

    # A device that is not unlocked by its owner lets nobody in.
    told = {"authenticatorId": made["authenticatorId"], "isUserVerified": False}
    page.context.clear_cookies()
    device.send("WebAuthn.setUserVerified", told)
    page.goto(f"{url}/sign-in?next=/account")
    page.get_by_role("button", name="패스키로 로그인").click()
    expect(page.get_by_text("패스키를 쓰지 못했습니다")).to_be_visible(timeout=SOON)
    device.send("WebAuthn.setUserVerified", told | {"isUserVerified": True})

    sign_in(page, url)
    page.get_by_role("button", name="지우기 사무실 노트북").click()
    expect(page.get_by_text("패스키를 지웠습니다")).to_be_visible(timeout=SOON)
    page.context.clear_cookies()
    page.goto(f"{url}/sign-in")
    page.get_by_role("button", name="패스키로 로그인").click()
    expect(page.get_by_text("이음에서 쓸 수 있는 패스키가 아닙니다")).to_be_visible(timeout=SOON)
