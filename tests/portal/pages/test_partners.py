"""The list of partners as it reads."""

import re
from html import unescape
from unicodedata import normalize

from tests.portal import sample
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter


def names(page: str) -> list[str]:
    return re.findall(r'scope="row"><a href="/partners/[^"]+">([^<]+)</a>', page)


def next_of(page: str) -> str:
    """Give the address of the page after this one."""
    [found] = re.findall(r'href="([^"]+)">다음 쪽</a>', page)
    return unescape(found)


def test_all_are_listed_with_what_is_in_force(enter: Enter) -> None:
    page = enter().get("/partners").text

    assert len(names(page)) == 24
    assert "총 24건" in page
    naver = re.search(r"NAVER.*?</tr>", page, re.DOTALL)
    assert naver is not None
    assert 'data-label="진행 중인 협력"><span>2</span>' in naver.group()


def test_initial_consonants_decomposed_text_and_aliases_find(enter: Enter) -> None:
    client = enter()

    assert names(client.get("/partners?q=ㄱㅈㄱ").text) == ["광주과학기술원"]
    assert names(client.get("/partners", query_string={"q": normalize("NFD", "지스트")}).text) == [
        "광주과학기술원"
    ]
    assert names(client.get("/partners?q=naver").text) == ["네이버"]


def test_what_was_looked_for_stays_in_the_form(enter: Enter) -> None:
    page = enter().get("/partners?q=대&kind=university").text

    assert 'value="대"' in page
    assert '<option value="university" selected>' in page
    assert "조건 지우기" in page


def test_nothing_found_says_what_to_do(enter: Enter) -> None:
    assert "글자를 줄이거나" in enter().get("/partners?q=없는기관").text


def test_an_unknown_kind_is_left_aside(enter: Enter) -> None:
    assert len(names(enter().get("/partners?kind=club").text)) == 24


def test_a_long_or_odd_search_is_no_fault(enter: Enter, neighbours: Neighbours) -> None:
    answer = enter().get("/partners", query_string={"q": "가\x00" * 500})

    assert answer.status_code == 200


def test_a_long_list_has_a_next_page_that_keeps_the_search(
    enter: Enter, neighbours: Neighbours
) -> None:
    many = [
        sample.PARTNERS[1] | {"id": sample.identity(f"p{each}"), "key": None} for each in range(60)
    ]
    neighbours.registry.hold(partner=many)

    first = enter().get("/partners?kind=company").text

    assert "총 60건 · 1/2쪽" in first
    following = next_of(first)
    assert "kind=company" in following
    second = enter().get(following).text
    assert len(names(second)) == 10
    assert "총 60건 · 2/2쪽" in second
    assert "처음으로" in second


def test_a_registry_that_is_down_leaves_the_search_form(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    neighbours.registry.is_down = True

    page = client.get("/partners")

    assert page.status_code == 200
    assert 'role="search"' in page.text
    assert "지금은 목록을 보여 드릴 수 없습니다" in page.text


def test_an_empty_record_says_what_will_fill_it(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.registry.hold(partner=[])

    assert "아직 기록된 것이 없습니다" in enter().get("/partners").text
