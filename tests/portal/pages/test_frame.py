"""What surrounds every page: who is signed in and for whom, and who answers for the portal."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from ieum_portal.domain.office import Office
from ieum_portal.pages.frame.frame import VERSION
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.sample import PARTNERS, identity, words

OFFICE = Office("인공지능정책과", "AI Policy Division", "062-613-1234")


@pytest.fixture
def answering(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Have an office answer for the portal."""
    told = replace(app.extensions["ieum"], office=OFFICE)
    monkeypatch.setitem(app.extensions, "ieum", told)
    return OFFICE


def who(page: str) -> str:
    """Give what the head says of the reader."""
    told = page.partition('<summary><span class="me-who">')[2].partition("</summary>")[0]
    return " ".join(re.sub(r"<[^>]+>", "", told).split())


def foot(page: str) -> str:
    """Give the text of the foot."""
    told = page.partition('<footer class="foot">')[2].partition("</footer>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", told).split())


def test_a_liaison_reads_for_which_partner_it_is_here(enter: Enter, neighbours: Neighbours) -> None:
    assert who(enter("liaison").get("/").text) == "네이버 연락담당자 협약기관 연락담당자"
    english = enter("liaison", language="en").get("/partners").text
    assert who(english) == "NAVER liaison 협약기관 연락담당자"


def test_the_office_reads_its_own_name_where_it_is_told(enter: Enter, answering: Office) -> None:
    assert who(enter().get("/").text) == f"{answering.name} 총괄부서 총괄부서 담당자"


def test_without_an_organisation_the_role_stands_alone(enter: Enter) -> None:
    assert who(enter().get("/").text) == "총괄부서 총괄부서 담당자"
    assert who(enter("auditor").get("/").text) == "의회 열람 의회 열람자"


def test_a_head_that_cannot_be_filled_keeps_no_page_away(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter("liaison")
    client.get("/")
    neighbours.registry.is_down = True

    page = client.get("/")

    assert page.status_code == 200
    assert who(page.text) == "연락담당자 협약기관 연락담당자"


def test_a_renamed_partner_is_called_by_its_new_name(enter: Enter, neighbours: Neighbours) -> None:
    [naver] = [each for each in PARTNERS if each["id"] == identity("naver")]
    neighbours.registry.change("partner", naver, name=words("네이버 <주식회사>"))

    page = enter("liaison").get("/").text

    assert "네이버 &lt;주식회사&gt; 연락담당자" in who(page)


@pytest.mark.parametrize("path", ["/sign-in", "/", "/nowhere"])
def test_the_foot_says_whom_to_call(enter: Enter, app: Flask, answering: Office, path: str) -> None:
    client = app.test_client() if path == "/sign-in" else enter()

    page = client.get(path).text

    assert f"담당 부서 {answering.name} 전화 {answering.telephone}" in foot(page)
    assert 'href="tel:0626131234"' in page
    assert "Department AI Policy Division Telephone" in foot(client.get(f"{path}?lang=en").text)


def test_what_nobody_has_told_is_not_shown(enter: Enter) -> None:
    page = enter().get("/").text

    assert "담당 부서" not in foot(page)
    assert "전화" not in foot(page)
    assert "tel:" not in page


def test_the_foot_tells_the_version(enter: Enter) -> None:
    assert f"협약과 파트너 네트워크 {VERSION}" in foot(enter().get("/").text)
