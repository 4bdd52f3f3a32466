"""The list of events as it reads: both clocks, the next deadline, and what is called off."""

import re
from html import unescape

from tests.portal import sample
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter


def names(page: str) -> list[str]:
    return re.findall(r'scope="row"><a href="/events/[^"]+">([^<]+)</a>', page)


def text(page: str) -> str:
    """Give the words of the list, tags taken out."""
    (body,) = re.findall(r"<tbody.*?</tbody>", page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_what_is_under_way_and_ahead_is_listed_on_both_clocks(enter: Enter) -> None:
    page = enter().get("/events").text

    assert names(page) == ["해외 대표단 방문", "미국 서부 융합현실 전시회"]
    said = text(page)
    assert "2027-01-06 (수) 09:00 America/Los_Angeles (UTC-8)" in said
    assert "2027-01-07 (목) 02:00" in said
    assert "미국 라스베이거스" in said
    assert "D-45" in said
    assert "진행 중" in said


def test_the_next_deadline_counts_down(enter: Enter) -> None:
    assert "부스 신청 D-31 2026-12-23" in text(enter().get("/events").text)


def test_past_and_cancelled_have_their_own_parts(enter: Enter) -> None:
    client = enter()

    assert names(client.get("/events?when=cancelled").text) == ["걸프 디지털 도시 포럼"]
    assert "취소됨" in text(client.get("/events?when=cancelled").text)
    assert "조건에 맞는 것이 없습니다" in client.get("/events?when=past").text
    assert names(client.get("/events?when=past&on=2026-12-01").text) == ["해외 대표단 방문"]
    assert len(names(client.get("/events?when=nonsense").text)) == 2


def test_kind_and_words_narrow_and_stay_in_the_form(enter: Enter) -> None:
    client = enter()

    assert names(client.get("/events?kind=expo").text) == ["미국 서부 융합현실 전시회"]
    assert names(client.get("/events?q=대표단").text) == ["해외 대표단 방문"]
    narrowed = client.get("/events?q=없는&kind=forum&when=past").text
    assert 'value="없는"' in narrowed
    assert '<option value="forum" selected>' in narrowed
    assert '<option value="past" selected>' in narrowed
    assert "조건에 맞는 것이 없습니다" in narrowed


def test_a_long_list_has_a_next_page_without_what_came_first(
    enter: Enter, neighbours: Neighbours
) -> None:
    many = [
        sample.EVENTS[1] | {"id": sample.identity(f"e{each}"), "key": None} for each in range(60)
    ]
    neighbours.registry.hold(event=[sample.EVENTS[0], *many])

    first = enter().get("/events").text

    assert len(names(first)) == 50
    assert names(first)[0] == "해외 대표단 방문"
    [following] = re.findall(r'href="([^"]+)">다음 쪽</a>', first)
    assert len(names(enter().get(unescape(following)).text)) == 11


def test_one_question_gives_the_page(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    neighbours.registry.asked.clear()

    client.get("/events")

    assert [each for each in neighbours.registry.asked if "/events" in each] == [
        "/v1/events?limit=50&state=ahead&count=true&standing=true"
    ]


def test_an_event_still_under_way_there_is_not_past(enter: Enter, neighbours: Neighbours) -> None:
    day = {"starts_at": "2026-11-22T09:00", "ends_at": "2026-11-22T21:00"}
    due = [{"kind": "papers", "on": "2026-11-22", "at": None}]
    neighbours.registry.hold(event=[sample.EVENTS[1] | day | {"deadlines": due}])
    client = enter()

    assert "진행 중" in text(client.get("/events").text)
    assert "오늘" in text(client.get("/events").text)
    assert "조건에 맞는 것이 없습니다" in client.get("/events?when=past").text
    today = client.get("/events?when=past&on=2026-11-23").text
    assert "조건에 맞는 것이 없습니다" in today
    assert len(names(client.get("/events?when=past&on=2026-11-24").text)) == 1


def test_a_registry_that_is_down_leaves_the_form(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    neighbours.registry.is_down = True

    answer = client.get("/events")

    assert answer.status_code == 200
    assert "지금은 목록을 보여 드릴 수 없습니다" in answer.text


def test_english_is_english(enter: Enter) -> None:
    said = text(enter(language="en").get("/events").text)

    assert "West Coast Mixed Reality Expo" in said
    assert "United States Las Vegas" in said
    assert "booth application D-31" in said
