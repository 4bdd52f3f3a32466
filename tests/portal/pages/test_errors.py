"""What is shown instead of a page: in both languages, with the next step, and nothing within."""

from dataclasses import replace

import pytest

from httpedge.access import allow
from tests.portal.desk import Desk, app_at
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.sample import AGREEMENT, identity

NAVER = f"/partners/{identity('naver')}"


@pytest.mark.parametrize(
    ("path", "status", "ko", "en"),
    [
        ("/nowhere", 404, "찾을 수 없습니다", "Not found"),
        (f"/partners/{identity('nobody')}", 404, "찾을 수 없습니다", "Not found"),
        ("/partners/no-uuid", 404, "찾을 수 없습니다", "Not found"),
        ("/?on=2026-13-01", 400, "기준일을 읽을 수 없습니다", "The day cannot be read"),
        ("/?on=1200-01-01", 400, "기준일을 읽을 수 없습니다", "The day cannot be read"),
        ("/events?after=x", 400, "목록에 그런 자리가 없습니다", "The list has no such place"),
        ("/partners?after=x", 400, "목록에 그런 자리가 없습니다", "The list has no such place"),
        ("/sign-out", 405, "요청을 처리할 수 없습니다", "The request cannot be handled"),
    ],
)
def test_a_wrong_address_is_told_in_both_languages(
    enter: Enter, path: str, status: int, ko: str, en: str
) -> None:
    for language, text in (("ko", ko), ("en", en)):
        answer = enter(language=language).get(path)
        assert answer.status_code == status
        assert f"<h1>{text}</h1>" in answer.text
        assert answer.headers["X-Request-Id"] in answer.text


@pytest.mark.parametrize(
    ("path", "away"),
    [
        ("/", "notify"),
        ("/partners", "registry"),
        (NAVER, "graph"),
        ("/agreements", "registry"),
        (f"/agreements/{identity(AGREEMENT)}", "/v1/history"),
        ("/coverage", "registry"),
        ("/events", "registry"),
        (f"/events/{identity('expo')}", "graph"),
        ("/history", "registry"),
    ],
)
def test_a_page_that_lacks_a_part_says_its_request_number(
    enter: Enter, neighbours: Neighbours, path: str, away: str
) -> None:
    client = enter()
    if away.startswith("/"):
        neighbours.registry.fails_on = away
    else:
        getattr(neighbours, away).is_down = True

    answer = client.get(path)

    number = answer.headers["X-Request-Id"]
    assert f"운영자에게 요청 번호를 알려 주십시오: {number}</p>" in answer.text


def test_a_registry_that_is_down_is_named(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    neighbours.registry.is_down = True

    answer = client.get(NAVER)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert "대장(registry)" in answer.text


@pytest.mark.parametrize(("code", "status"), [("role.not_allowed", 403), ("token.refused", 503)])
def test_a_registry_that_refuses_is_told(
    enter: Enter, neighbours: Neighbours, code: str, status: int
) -> None:
    client = enter()
    neighbours.registry.refuses = code

    assert client.get(NAVER).status_code == status


def test_a_fault_of_ours_shows_nothing_of_it(desk: Desk) -> None:
    def broken() -> str:
        raise RuntimeError("inner secret")

    app = app_at(desk.settings)
    app.view_functions["sign_in.show"] = allow("public")(broken)

    answer = app.test_client().get("/sign-in")

    assert answer.status_code == 500
    assert "inner secret" not in answer.text
    assert "처리하지 못했습니다" in answer.text


def test_a_database_that_is_away_is_no_fault_of_ours(desk: Desk) -> None:
    settings = replace(desk.settings, database="sqlite:////nowhere/at/all/portal.db")
    client = app_at(settings).test_client()
    client.set_cookie("ieum_session", "some token")

    answer = client.get("/")

    assert answer.status_code == 503
    assert "지금은 보여 드릴 수 없습니다" in answer.text
    assert "nowhere" not in answer.text
    assert client.get("/readyz").status_code == 503
