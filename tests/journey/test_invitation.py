"""Somebody is invited, chooses a password by the letter's link, and a forgotten one is replaced."""

import re
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.journey.conftest import House

Wait = Callable[..., Any]
LOGIN = "invited@journey.test"
FIRST, SECOND = "물결 우산 감자 2026", "연필 구름 자전거 7"


def link_to(house: House, subject: str) -> str | None:
    """Give the link of the letter that the invited person got under a subject; None until then."""
    for each in house.ask("GET", "mailbox", "/messages.json").json():
        if LOGIN in each["to"] and subject in each["subject"]:
            raw = house.ask("GET", "mailbox", f"/messages/{each['id']}/raw").content
            body = message_from_bytes(raw, policy=default).get_body(("plain",))
            assert body is not None
            found = re.search(r"http://127\.0\.0\.1:\d+/join/[\w.-]+", body.get_content())
            return None if found is None else found[0]
    return None


def sign_in(page: Page, house: House, login: str, password: str) -> None:
    page.goto(f"{house.portal}/sign-in")
    page.get_by_label("아이디").fill(login)
    page.get_by_label("비밀번호", exact=True).fill(password)
    page.get_by_role("button", name="로그인").click()


def choose(page: Page, link: str, password: str) -> None:
    page.goto(link)
    page.get_by_label("새 비밀번호", exact=True).fill(password)
    page.get_by_label("새 비밀번호 한 번 더").fill(password)
    page.get_by_role("button", name="이 비밀번호로 정하기").click()
    expect(page.get_by_role("status").first).to_contain_text("비밀번호를 정했습니다")


def test_from_the_invitation_to_a_forgotten_password(
    house: House, page: Page, browser: Browser, eventually: Wait
) -> None:
    sign_in(page, house, "office@ieum.example", house.accounts()["office@ieum.example"])
    page.goto(f"{house.portal}/accounts/new")
    page.get_by_label("이름").fill("초대받은 이")
    page.get_by_label("아이디").fill(LOGIN)
    page.get_by_label("의회 열람").check()
    page.get_by_role("button", name="초대 보내기").click()
    expect(page.get_by_role("status").first).to_contain_text("초대했습니다")
    link = eventually(lambda: link_to(house, "계정 초대"))

    theirs = browser.new_context(locale="ko-KR").new_page()
    choose(theirs, link, FIRST)
    sign_in(theirs, house, LOGIN, FIRST)
    expect(theirs.get_by_role("heading", level=1)).to_contain_text("할 일")
    theirs.goto(link)
    expect(theirs.get_by_role("heading", level=1)).to_contain_text("더 들어올 수 없습니다")

    theirs.goto(f"{house.portal}/forgot")
    theirs.get_by_label("아이디").fill(LOGIN)
    theirs.get_by_role("button", name="링크 받기").click()
    expect(theirs.get_by_role("status").first).to_contain_text("요청을 받았습니다")
    choose(theirs, eventually(lambda: link_to(house, "비밀번호 다시 정하기")), SECOND)
    sign_in(theirs, house, LOGIN, SECOND)
    expect(theirs.get_by_role("heading", level=1)).to_contain_text("할 일")

    page.goto(f"{house.portal}/accounts")
    page.get_by_role("link", name="초대받은 이").click()
    page.get_by_role("button", name="잠그기").click()
    theirs.goto(house.portal)
    expect(theirs.get_by_role("heading", level=1)).to_contain_text("로그인")
