"""How long a page waits, and what it shows of neighbours that hang."""

import math
from collections.abc import Iterator

import pytest
from flask import Flask

from ieum_portal.pages import waiting
from ieum_portal.pages.waiting import FILE_WAITS_S, PAGE_WAITS_S, take_time, waiting_left_s
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.sample import identity


@pytest.fixture(autouse=True)
def patient() -> None:
    """Let pages wait no longer than they do: here that is what is tried."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Give the clock that waiting goes by: it stands unless the test moves it."""
    found = [100.0]
    monkeypatch.setattr(waiting, "monotonic", lambda: found[0])
    return found


@pytest.fixture
def hanging(neighbours: Neighbours, clock: list[float]) -> Iterator[Neighbours]:
    """Give neighbours of which a test may let some hang: each wait is then cut by itself."""
    assert clock
    yield neighbours
    for each in (neighbours.registry, neighbours.graph, neighbours.notify):
        each.let_go()


def test_all_that_a_page_asks_shares_one_span_of_time(app: Flask, clock: list[float]) -> None:
    with app.test_request_context("/"):
        first = waiting_left_s()
        clock[0] += 1.5
        second = waiting_left_s()
        clock[0] += 1.5

        assert first == PAGE_WAITS_S
        assert second == PAGE_WAITS_S - 1.5
        assert waiting_left_s() < 0
    with app.test_request_context("/"):
        assert waiting_left_s() == PAGE_WAITS_S


def test_a_file_takes_its_time(app: Flask, clock: list[float]) -> None:
    with app.test_request_context("/partners.csv"):
        take_time()
        clock[0] += PAGE_WAITS_S

        assert waiting_left_s() == FILE_WAITS_S - PAGE_WAITS_S


def test_what_is_sent_is_not_cut_short(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        assert waiting_left_s() == math.inf
    assert waiting_left_s() == math.inf


def test_a_desk_whose_graph_and_post_room_hang_has_the_rest(
    enter: Enter, hanging: Neighbours
) -> None:
    hanging.graph.hangs_on = hanging.notify.hangs_on = "/v1/"

    page = enter().get("/?whose=all")

    assert page.status_code == 200
    assert "디지털 트윈 시연" in page.text
    assert "그래프(graph)의 답이 늦어 더 기다리지 않았습니다. 빠진 것: 그래프 상태" in page.text
    assert "알림(notify)의 답이 늦어 더 기다리지 않았습니다." in page.text
    assert "답을 받지 못했습니다" not in page.text
    assert len(hanging.graph.asked) == 1
    assert len(hanging.notify.asked) == 2  # Side by side: the second did not wait for the first.


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (f"/partners/{identity('naver')}", "메타도시 플랫폼 개발 및 실증"),
        (f"/events/{identity('expo')}", "미국 서부 융합현실 전시회"),
    ],
)
def test_a_page_whose_graph_hangs_has_the_rest(
    enter: Enter, hanging: Neighbours, path: str, told: str
) -> None:
    hanging.graph.hangs_on = "/v1/"

    page = enter().get(path)

    assert page.status_code == 200
    assert told in page.text
    assert "그래프(graph)의 답이 늦어 더 기다리지 않았습니다." in page.text
    assert "대장(registry)의" not in page.text


@pytest.mark.parametrize("path", [f"/partners/{identity('naver')}", "/questions"])
def test_a_page_about_what_nobody_tells_in_time_says_who_is_slow(
    enter: Enter, hanging: Neighbours, path: str
) -> None:
    hanging.registry.hangs_on = "/v1/partners/"
    hanging.graph.hangs_on = "/v1/questions"

    page = enter().get(path)

    assert page.status_code == (503 if path.startswith("/partners") else 200)
    assert "제때 답이 오지 않았습니다" in page.text or "답이 늦어" in page.text


def test_without_time_left_a_neighbour_is_not_asked(
    enter: Enter, neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = enter()
    monkeypatch.setattr(waiting, "PAGE_WAITS_S", -1.0)

    page = client.get("/")

    assert page.status_code == 200
    assert "대장(registry)의 답이 늦어 더 기다리지 않았습니다." in page.text
    assert neighbours.registry.asked == []
