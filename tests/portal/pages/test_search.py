"""통합 검색: what it finds for whom, why, and what it says of what cannot be searched for."""

import re
import unicodedata
from html import unescape
from urllib.parse import quote

import pytest

from tests.portal import sample
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.sample import AGREEMENT, identity, words

ALL = ("office", "department", "liaison", "auditor")


def look(enter: Enter, q: str, role: str = "office", language: str = "ko") -> str:
    answer = enter(role, language).get(f"/search?q={quote(q)}")
    assert answer.status_code == 200
    return answer.text


def section(page: str, kind: str) -> str:
    """Give what stands under one kind; empty if nothing does."""
    return page.partition(f'aria-labelledby="hits-{kind}"')[2].partition("</section>")[0]


def links(part: str) -> dict[str, str]:
    found = re.findall(r'<li>\s*<a href="([^"]+)">(.*?)</a>', part)
    return {re.sub(r"<[^>]+>", "", text): unescape(address) for address, text in found}


def marked(part: str) -> list[str]:
    return re.findall(r"<mark>([^<]+)</mark>", part)


def test_every_page_has_the_box_that_leads_here(enter: Enter) -> None:
    for role in ALL:
        page = enter(role).get("/").text
        [form] = re.findall(r'<form class="find".*?</form>', page, re.DOTALL)
        assert 'method="get" action="/search" role="search"' in form
        assert 'id="search" name="q"' in form
    assert 'id="search"' not in enter().application.test_client().get("/sign-in").text


def test_a_partner_is_found_by_initials_and_its_place_is_marked(enter: Enter) -> None:
    part = section(look(enter, "ㄱㅈㄱㅎ"), "partner")

    assert links(part) == {"광주과학기술원": f"/partners/{identity('gist')}"}
    assert marked(part) == ["광주과학"]
    assert f"/partners?q={quote('ㄱㅈㄱㅎ')}" in part


def test_an_old_name_finds_the_partner_and_its_agreement_and_the_page_says_so(
    enter: Enter, neighbours: Neighbours
) -> None:
    [gist] = [each for each in sample.PARTNERS if each["id"] == identity("gist")]
    neighbours.registry.change("partner", gist, name=words("새솔기술원", "Saesol"))

    page = look(enter, "광주과학")
    assert links(section(page, "partner")) == {"새솔기술원": f"/partners/{identity('gist')}"}
    assert "옛 이름: <mark>광주과학</mark>기술원" in section(page, "partner")
    agreements = section(page, "agreement")
    assert list(links(agreements).values()) == [f"/agreements/{identity(AGREEMENT)}"]
    assert "근거 파트너 새솔기술원 – 옛 이름: <mark>광주과학</mark>기술원" in agreements


def test_pages_and_questions_are_found_by_what_they_are_called(enter: Enter) -> None:
    page = look(enter, "과제")
    assert links(section(page, "screens"))["과제 현황"] == "/coverage"
    assert section(page, "questions")
    assert links(section(look(enter, "ㅎㅅㅇㅈ"), "screens")) == {"행사 일정": "/events"}
    assert "연락 기록" in links(section(look(enter, "연락"), "screens"))
    assert "연락 기록" not in links(section(look(enter, "연락", "liaison"), "screens"))


def test_people_are_found_by_right_alone(enter: Enter) -> None:
    [holder] = [each for each in sample.CONTACTS if each["id"] == identity("naver-liaison")]

    for role in ALL:
        part = section(look(enter, holder["name"], role), "contact")
        assert (holder["name"] in part) == (role in ("office", "liaison")), role


def test_letters_are_found_by_subject_and_recipient_for_who_may_see_them(enter: Enter) -> None:
    by_subject = section(look(enter, "트윈 시연"), "letters")
    assert "이행과제 기한 알림" in by_subject
    assert marked(by_subject)[:2] == ["트윈", "시연"]
    assert "받는 곳: <mark>" in section(look(enter, "네이버"), "letters")
    assert section(look(enter, "트윈 시연", "liaison"), "letters") == ""


def test_a_page_asks_each_neighbour_once(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    client.get("/")
    for each in (neighbours.registry, neighbours.graph, neighbours.notify):
        each.asked.clear()
    client.get(f"/search?q={quote('메타버스')}")

    assert neighbours.registry.asked == ["/v1/search?q=메타버스&limit=20"]
    assert neighbours.graph.asked == ["/v1/questions"]
    assert neighbours.notify.asked == ["/v1/preview?days=90"]


def test_the_record_is_found_while_the_others_are_away(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.notify.is_down = neighbours.graph.is_down = True

    page = look(enter, "네이버")
    assert links(section(page, "partner"))
    assert "알림(notify)에서 답을 받지 못했습니다." in page
    assert "빠진 것: 보낼 알림" in page


def test_pages_are_found_while_the_record_is_away(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.registry.is_down = True

    page = look(enter, "협약")
    assert "협약" in links(section(page, "screens"))
    assert "빠진 것: 대장에서 찾은 것" in page


@pytest.mark.parametrize("q", ["", "   ", "!?", "%_%", "-·"])
def test_nothing_is_asked_for_by_signs(enter: Enter, q: str) -> None:
    page = look(enter, q)

    assert ("빈칸과 기호만으로는 찾지 않습니다" in page) == bool(q.strip())
    assert "hits-" not in page


def test_too_many_letters_are_told(enter: Enter) -> None:
    assert "찾을 말은 100자까지입니다" in look(enter, "가" * 10_000)


@pytest.mark.parametrize(
    "q", ["네\x00이버", "네이버\u200f", "\u202e네이버", unicodedata.normalize("NFD", "네이버")]
)
def test_what_nobody_sees_does_not_hinder(enter: Enter, q: str) -> None:
    page = look(enter, q)

    assert identity("naver") in section(page, "partner")


@pytest.mark.parametrize("q", ["%ED%A0%80", "%FF", "%ED%A0%80%EB%84%A4", "%F0%9F%98%80"])
def test_bytes_that_are_no_text_get_a_page(enter: Enter, q: str) -> None:
    assert enter().get(f"/search?q={q}").status_code == 200


def test_text_in_the_address_is_never_markup(enter: Enter) -> None:
    assert "<b>네이버" not in look(enter, "<b>네이버")
