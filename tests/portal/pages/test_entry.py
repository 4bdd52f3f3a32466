"""The front door: nobody passes without a session, no form without its token, no answer bare."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ieum_portal.pages.entry import own_path
from tests.portal.desk import NOON, Desk, app_at
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter, csrf, try_sign_in
from tests.portal.sample import identity

PAGES = ["/", "/partners", f"/partners/{identity('naver')}"]


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_led_to_the_sign_in_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


def test_after_signing_in_the_page_asked_for_opens(client: FlaskClient) -> None:
    led_to = client.get("/partners?q=ㄱ").location

    form = client.get(led_to)
    answer = try_sign_in(client, "office@ieum.example", next="/partners?q=ㄱ")

    assert 'name="next" value="/partners?q=ㄱ"' in form.text
    assert answer.location.startswith("/partners?q=")


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("/partners?q=1", "/partners?q=1"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("partners", "/"),
        ("", "/"),
        (None, "/"),
    ],
)
def test_nobody_is_sent_elsewhere(written: str | None, path: str) -> None:
    assert own_path(written) == path


@pytest.mark.parametrize("role", ["office", "department", "liaison", "auditor"])
@pytest.mark.parametrize("path", PAGES)
def test_every_role_has_the_pages(enter: Enter, role: str, path: str) -> None:
    assert enter(role).get(path).status_code == 200


def test_whoever_is_signed_in_needs_no_sign_in_page(enter: Enter) -> None:
    assert enter().get("/sign-in?next=/partners").location == "/partners"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient) -> None:
    cookies = try_sign_in(client, "office@ieum.example").headers.getlist("Set-Cookie")

    (kept,) = [each for each in cookies if each.startswith("ieum_session=")]
    assert "HttpOnly" in kept
    assert "SameSite=Lax" in kept
    assert "Path=/" in kept
    assert "Expires" not in kept


def test_behind_https_cookies_are_bound_to_this_host(desk: Desk) -> None:
    settings = replace(desk.settings, portal_url="https://ieum.gwangju.example")
    client = app_at(settings).test_client()
    with client:
        page = client.get("/sign-in", base_url="https://ieum.gwangju.example")
        form = {
            "login": "office@ieum.example",
            "password": "이음 이음 2026",
            "csrf_token": csrf(page),
        }
        answer = client.post(
            "/sign-in",
            data=form,
            base_url="https://ieum.gwangju.example",
            headers={"Referer": "https://ieum.gwangju.example/sign-in"},
        )

    kept = [each for each in answer.headers.getlist("Set-Cookie") if "Expires" not in each]
    assert all(each.startswith("__Host-ieum_") for each in kept)
    assert all("Secure" in each for each in kept)
    assert "max-age" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
def test_a_form_without_its_token_is_refused(enter: Enter, path: str) -> None:
    answer = enter().post(path, data={"login": "a", "password": "b"})

    assert answer.status_code == 400
    assert "양식이 오래되었습니다" in answer.text


def test_a_form_of_before_signing_in_is_worth_nothing_after_it(client: FlaskClient) -> None:
    before = csrf(client.get("/sign-in"))
    try_sign_in(client, "office@ieum.example")

    assert client.post("/sign-out", data={"csrf_token": before}).status_code == 400


def test_signing_out_ends_the_session_itself(enter: Enter, app: Flask) -> None:
    client = enter()
    cookie = client.get_cookie("ieum_session")
    assert cookie is not None

    answer = client.post("/sign-out", data={"csrf_token": csrf(client.get("/"))})

    thief = app.test_client()
    thief.set_cookie("ieum_session", cookie.value)
    assert answer.location == "/sign-in?left=1"
    assert "로그아웃했습니다" in client.get(answer.location).text
    assert thief.get("/").status_code == 303


def test_signing_out_by_a_link_is_not_possible(enter: Enter) -> None:
    client = enter()

    assert client.get("/sign-out").status_code == 405
    assert client.get("/").status_code == 200


def test_signing_out_everywhere_ends_other_browsers(enter: Enter) -> None:
    here, there = enter("auditor"), enter("auditor")

    here.post("/sign-out", data={"csrf_token": csrf(here.get("/")), "everywhere": "1"})

    assert there.get("/").status_code == 303


def test_an_idle_session_is_closed(enter: Enter, desk: Desk) -> None:
    cookie = enter().get_cookie("ieum_session")
    assert cookie is not None
    later = app_at(desk.settings, NOON + timedelta(hours=1)).test_client()
    later.set_cookie("ieum_session", cookie.value)

    assert later.get("/").status_code == 303


@pytest.mark.parametrize("path", [*PAGES, "/sign-in", "/nowhere"])
def test_every_answer_carries_its_headers(enter: Enter, path: str) -> None:
    headers = enter().get(path).headers

    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'; script-src 'self'; object-src 'none'")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Request-Id"]


WRITTEN_IN = re.compile(r"<script(?! type=\"module\" src=)|<script[^>]*>[^<]|\son[a-z]+=")
"""A script in a page that is no file of its own."""


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_kept_by_no_cache_and_carry_no_inline_style_or_script(
    enter: Enter, path: str
) -> None:
    answer = enter().get(path)

    assert answer.headers["Cache-Control"] == "no-store"
    assert WRITTEN_IN.search(answer.text) is None
    assert " style=" not in answer.text
    assert "<style" not in answer.text


def test_the_neighbours_hear_the_request_id(enter: Enter, neighbours: Neighbours) -> None:
    answer = enter().get("/partners", headers={"X-Request-Id": "abcd1234abcd"})

    assert answer.headers["X-Request-Id"] == "abcd1234abcd"
    assert neighbours.registry.asked


def test_a_liaison_without_a_seat_is_told_what_to_do(desk: Desk, neighbours: Neighbours) -> None:
    neighbours.registry.hold(seat=[])
    client = app_at(desk.settings).test_client()
    try_sign_in(client, "liaison@ieum.example")

    answer = client.get("/")

    assert answer.status_code == 403
    assert "지금 담당하는 협약기관이 없습니다" in answer.text


def test_health_and_figures_need_nobody(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz").get_json()
    assert ready["checks"]["database"]["ok"]
    assert client.get("/metrics").status_code == 200
