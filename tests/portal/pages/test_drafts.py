"""What is typed into a form lies on the server: nothing that happens to the browser loses it."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from sqlstore.engine import open_engine
from tests.portal.desk import NOON, Desk, app_at
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter, csrf, try_sign_in
from tests.portal.pages.test_changing import (
    CONTACT,
    CONTACT_FACTS,
    DONE,
    END,
    PROOF,
    START,
    address,
    hidden,
    open_form,
    opened,
    preview,
    send,
    sent,
)
from tests.portal.sample import identity

TYPED = "시연 결과 보고서"


@pytest.fixture(autouse=True)
def _no_drafts_of_other_tests(desk: Desk) -> None:
    with open_engine(desk.settings.database).begin() as connection:
        connection.execute(text("DELETE FROM drafts"))


def stored(desk: Desk) -> str:
    with open_engine(desk.settings.database).connect() as connection:
        return str(connection.execute(text("SELECT * FROM drafts")).all())


def draft_in(location: str) -> str:
    return parse_qs(urlsplit(location).query)["draft"][0]


def later(desk: Desk, client: FlaskClient, **ahead: int) -> FlaskClient:
    """Give the same browser some time later."""
    other = app_at(desk.settings, NOON + timedelta(**ahead)).test_client()
    for name in ("ieum_session", "ieum_language", "ieum_form"):
        if cookie := client.get_cookie(name):
            other.set_cookie(name, cookie.value)
    return other


@pytest.mark.parametrize(
    "typed",
    [PROOF, PROOF | {"done_on": "언젠가"}, PROOF | {"proof": "거\x07짓"}, PROOF | {"proof": ""}],
    ids=["well", "at fault", "refused", "empty"],
)
def test_whatever_comes_of_a_form_reload_shows_it_again(
    enter: Enter, typed: dict[str, str]
) -> None:
    client = enter()

    where = send(client, open_form(client, DONE), "preview", **typed).location

    first, again = client.get(where), client.get(where)
    assert first.status_code == again.status_code == 200
    form = opened(client.get(address(first)))
    assert {name: form[name] for name in typed} == typed


def test_two_windows_opened_side_by_side_are_two_drafts(enter: Enter) -> None:
    client = enter()
    one, two = open_form(client, DONE), open_form(client, DONE)

    send(client, one, "preview", proof="하나")
    send(client, two, "preview", proof="둘")

    assert opened(client.get(address(one)))["proof"] == "하나"
    assert opened(client.get(address(two)))["proof"] == "둘"


def test_one_draft_in_two_windows_loses_neither_typing(enter: Enter) -> None:
    client = enter()
    page = open_form(client, DONE)
    send(client, page, "preview", proof="먼저 적은 것")

    second = sent(client, page, "keep", proof="나중에 적은 것")

    assert "다른 창에서 고친 것이 있어 따로 두었습니다" in second.text
    assert opened(second)["proof"] == "나중에 적은 것"
    assert opened(client.get(address(page)))["proof"] == "먼저 적은 것"


def test_what_another_window_changed_is_looked_at_before_it_is_recorded(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    shown = preview(client, DONE, **PROOF)
    head = neighbours.registry.head()
    sent(client, client.get(address(shown)), "preview", **PROOF | {"proof": "다른 창에서 고친 것"})

    looked = sent(client, shown, "record")

    assert neighbours.registry.head() == head
    assert "그사이 다른 창에서 고쳤습니다" in looked.text
    assert "다른 창에서 고친 것" in looked.text
    assert "recorded=" in send(client, looked, "record").location


def test_another_language_keeps_what_is_typed(enter: Enter) -> None:
    client = enter()
    page = open_form(client, DONE)
    way = re.search(r'<button class="tongue"[^>]*formaction="([^"]+)"', page.text)
    assert way is not None

    form = opened(page) | {"step": "form"}
    form["proof"] = TYPED
    answer = client.post(way.group(1).replace("&amp;", "&"), data=form)
    page = client.get(answer.location)

    assert answer.status_code == 303
    assert '<html lang="en"' in page.text
    assert opened(page)["proof"] == TYPED


def test_a_session_that_ran_out_costs_nothing_typed(enter: Enter, desk: Desk) -> None:
    client = enter()
    page = open_form(client, DONE)
    other = later(desk, client, hours=2)

    form = opened(page) | {"step": "preview"}
    form["proof"] = TYPED
    answer = other.post(address(page), data=form)
    signed_in = try_sign_in(
        other, "office@ieum.example", next=parse_qs(urlsplit(answer.location).query)["next"][0]
    )

    assert (answer.status_code, answer.location.split("?")[0]) == (303, "/sign-in")
    assert TYPED not in other.get(answer.location).text
    assert TYPED in other.get(signed_in.location).text
    assert opened(other.get(address(page)))["proof"] == TYPED


def test_an_old_window_goes_on_after_its_account_has_signed_in_again(
    client: FlaskClient, desk: Desk
) -> None:
    try_sign_in(client, "office@ieum.example")
    page = open_form(client, DONE)
    other = later(desk, client, hours=2)
    try_sign_in(other, "office@ieum.example")

    kept = sent(other, page, "keep", proof=TYPED)

    assert opened(kept)["proof"] == TYPED


def test_a_session_that_was_ended_keeps_nothing_for_anybody(enter: Enter, desk: Desk) -> None:
    client = enter()
    page = open_form(client, DONE)
    form = opened(page) | {"step": "preview"}
    form["proof"] = TYPED
    cookies = {each: client.get_cookie(each) for each in ("ieum_session", "ieum_form")}
    client.post("/sign-out", data={"csrf_token": csrf(client.get("/"))})
    for name, cookie in cookies.items():
        assert cookie is not None
        client.set_cookie(name, cookie.value)

    assert client.post(address(page), data=form).location == "/sign-in"
    assert TYPED not in stored(desk)


def test_a_form_without_its_token_is_not_kept_though_its_session_ran_out(
    enter: Enter, desk: Desk
) -> None:
    client = enter()
    page = open_form(client, DONE)
    other = later(desk, client, hours=2)

    assert other.post(address(page), data={"proof": TYPED}).status_code == 400
    assert TYPED not in stored(desk)


@pytest.mark.parametrize("method", ["get", "post"])
def test_anothers_draft_is_not_there(
    enter: Enter, desk: Desk, neighbours: Neighbours, method: str
) -> None:
    mine = enter()
    page = preview(mine, DONE, **PROOF)
    with open_engine(desk.settings.database).begin() as connection:
        connection.execute(
            text("UPDATE drafts SET account_id = (SELECT id FROM account WHERE role = 'auditor')")
        )
    head = neighbours.registry.head()

    answer = (
        mine.get(address(page))
        if method == "get"
        else mine.post(address(page), data=hidden(page) | {"step": "record"})
    )
    mine.post(
        f"/drafts/{draft_in(address(page))}/discard",
        data={"csrf_token": hidden(page)["csrf_token"]},
    )

    assert answer.status_code == 404
    assert TYPED not in answer.text
    assert TYPED in stored(desk)
    assert neighbours.registry.head() == head


@pytest.mark.parametrize("draft", ["x", "", str(UUID(int=1)), "' OR 1=1"])
def test_a_draft_that_is_not_there_is_not_found(enter: Enter, draft: str) -> None:
    answer = enter().get(DONE, query_string={"draft": draft})

    assert answer.status_code == 404
    assert "작성 중인 것이 없습니다" in answer.text


def test_a_draft_is_of_one_form_alone(enter: Enter) -> None:
    client = enter()
    draft = draft_in(address(preview(client, DONE, **PROOF)))

    assert client.get(END, query_string={"draft": draft}).status_code == 404


def test_unfinished_forms_are_listed_and_gone_on_with(enter: Enter) -> None:
    client = enter()
    open_form(client, END)
    shown = preview(client, DONE, **PROOF)

    page = client.get("/").text
    listed = page[page.index('id="drafts"') :]

    assert page.count(">이어 쓰기") == 1
    assert "완료 기록" in listed
    assert "2026-11-23 (월) 12:00" in listed
    way = re.search(r'href="([^"]+)">이어 쓰기', listed)
    assert way is not None
    assert client.get(way.group(1).replace("&amp;", "&")).text.count(TYPED) == 1
    assert way.group(1).replace("&amp;", "&").startswith(address(shown))
    assert 'id="drafts"' not in enter("auditor").get("/").text


def test_the_list_stands_though_the_registry_is_away(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    preview(client, DONE, **PROOF)
    neighbours.set_all_down()

    assert ">이어 쓰기" in client.get("/").text


@pytest.mark.parametrize("where", ["the form", "the preview", "the list"])
def test_a_draft_is_thrown_away(enter: Enter, desk: Desk, where: str) -> None:
    client = enter()
    shown = preview(client, DONE, **PROOF)
    draft = draft_in(address(shown))

    if where == "the list":
        answer = client.post(f"/drafts/{draft}/discard", data={"csrf_token": csrf(client.get("/"))})
    else:
        page = shown if where == "the preview" else client.get(address(shown))
        answer = send(client, page, "discard")

    assert answer.status_code == 303
    assert TYPED not in stored(desk)
    assert client.get(address(shown)).status_code == 404


def test_what_is_recorded_is_kept_no_longer_and_pressing_again_leads_to_it(
    enter: Enter, desk: Desk, neighbours: Neighbours
) -> None:
    client = enter()
    shown = preview(client, DONE, **PROOF)

    one = send(client, shown, "record")
    head = neighbours.registry.head()
    two, back = send(client, shown, "record"), client.get(address(shown))

    assert one.location == two.location == back.location
    assert neighbours.registry.head() == head
    assert TYPED not in stored(desk)
    assert 'id="drafts"' not in client.get("/").text


def test_a_draft_lasts_for_fourteen_days(enter: Enter, desk: Desk) -> None:
    client = enter()
    shown = preview(client, DONE, **PROOF)
    token = client.get_cookie("ieum_session")
    assert token is not None

    for days, status in ((13, 200), (14, 404)):
        other = app_at(desk.settings, NOON + timedelta(days=days)).test_client()
        try_sign_in(other, "office@ieum.example")
        assert other.get(address(shown)).status_code == status


def test_an_account_has_so_many_drafts_and_no_more(
    enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ieum_portal.operations.drafts.MOST", 3)
    client = enter()
    for _ in range(3):
        send(client, open_form(client, CONTACT), "keep", name="김이음")

    refused = open_form(client, CONTACT)

    assert refused.status_code == 409
    assert "작성 중인 것이 너무 많습니다" in refused.text


def test_no_log_line_holds_what_was_typed(
    enter: Enter, neighbours: Neighbours, capfd: pytest.CaptureFixture[str]
) -> None:
    client = enter()
    shown = preview(client, CONTACT, **CONTACT_FACTS)
    neighbours.registry.is_down = True
    client.get(address(shown))
    neighbours.registry.is_down = False
    send(client, shown, "record")

    told = capfd.readouterr()
    for each in ("김이음", "new@naver.example"):
        assert each not in told.out + told.err


def test_a_refused_new_commitment_is_kept(enter: Enter) -> None:
    client = enter()

    page = preview(client, START, partner_id=identity("gist"), starts_on="", reason="추진 회의")

    assert '<a href="#starts_on">' in page.text
    assert opened(page)["reason"] == "추진 회의"


def test_every_page_says_until_when_one_is_signed_in(enter: Enter, desk: Desk) -> None:
    client = enter()

    assert "13:00까지 로그인" in client.get("/").text
    half_an_hour_on = later(desk, client, minutes=30).get("/").text
    assert "13:30까지 로그인" in half_an_hour_on


def test_the_working_days_end_cannot_be_put_off(enter: Enter, desk: Desk) -> None:
    client = enter()
    for minutes in range(50, 720, 50):
        page = later(desk, client, minutes=minutes).get("/").text

    assert "00:00까지 로그인" in page
    assert "/session/extend" not in page
    assert "12시간까지" in page


def test_a_session_is_extended_by_a_button(enter: Enter, desk: Desk) -> None:
    client = enter()
    page = client.get("/partners?q=ㄴ")
    other = later(desk, client, seconds=50)

    answer = other.post(
        "/session/extend", data={"csrf_token": csrf(page), "next": "/partners?q=ㄴ"}
    )

    assert answer.status_code == 303
    assert answer.location.startswith("/partners")
    assert later(desk, client, minutes=60, seconds=30).get("/").status_code == 200


def test_extending_at_a_form_keeps_what_is_typed(enter: Enter) -> None:
    client = enter()
    page = open_form(client, DONE)
    assert re.search(r'form="fill" name="step" value="keep">연장', page.text)

    kept = sent(client, page, "keep", proof=TYPED)

    assert opened(kept)["proof"] == TYPED
    assert "저장했습니다" in kept.text
