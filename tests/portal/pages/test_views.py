"""Saved views: a list's address under a name, one's own or the office's."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete
from werkzeug.test import TestResponse

from ieum_portal.storage.tables import OPENING_VIEW, SAVED_VIEW
from sqlstore.engine import open_engine
from tests.portal.desk import Desk
from tests.portal.pages.conftest import Enter, csrf
from tests.portal.sample import identity


@pytest.fixture(autouse=True)
def nothing_kept(desk: Desk) -> None:
    """Begin without the views of tests before this one."""
    with open_engine(desk.settings.database).begin() as connection:
        connection.execute(delete(OPENING_VIEW))
        connection.execute(delete(SAVED_VIEW))


def save(client: FlaskClient, address: str, name: str, **more: str) -> TestResponse:
    """Keep the view that an address shows, as the form on its page does."""
    page = client.get(address)
    form = re.search(
        r'<form method="post" action="(/views/[a-z]+)">(.*?)</form>', page.text, re.DOTALL
    )
    assert form is not None
    query = re.search(r'name="query" value="([^"]*)"', form[2])
    assert query is not None
    sent = {"csrf_token": csrf(page), "query": unescape(query[1]), "name": name} | more
    return client.post(form[1], data=sent)


def act(client: FlaskClient, address: str, doing: str, **more: str) -> TestResponse:
    """Press one of the buttons of the view that is open."""
    page = client.get(address)
    [path] = re.findall(r'action="(/views/[a-z]+/[0-9a-f-]+)"', page.text)
    return client.post(path, data={"csrf_token": csrf(page), "act": doing} | more)


def tabs(page: str) -> dict[str, str]:
    """Give the views above a list: their words, and where they lead."""
    found = re.search(r'<nav class="views".*?</nav>', page, re.DOTALL)
    if found is None:
        return {}
    links = re.findall(r'<a class="chip" href="([^"]*)"[^>]*>(.*?)</a>', found[0], re.DOTALL)
    said = ((re.sub(r"<[^>]+>", "", text), unescape(link)) for link, text in links)
    return {" ".join(text.split()): link for text, link in said}


def test_a_view_is_kept_and_opened_again(enter: Enter) -> None:
    client = enter()

    address = "/agreements?state=in_force&sort=title&page=2&on=2026-01-05"
    kept = save(client, address, " 유효  협약 ")
    assert kept.status_code == 303
    page = client.get(kept.location).text

    assert set(tabs(page)) == {"전체 보기", "유효 협약"}
    address = tabs(page)["유효 협약"]
    assert address.startswith("/agreements?state=in_force&sort=title&view=")
    assert client.get(address).text.count('aria-current="true">유효 협약') == 1
    assert "조건 바뀜" in client.get(f"{address}&kind=mou").text
    assert tabs(client.get("/partners").text) == {}
    # Reloading the page after saving keeps nothing again.
    assert tabs(client.get(kept.location).text) == tabs(page)


def test_a_view_is_renamed_opened_first_and_deleted(enter: Enter) -> None:
    client = enter()
    address = save(client, "/agreements?kind=moa", "합의각서").location

    renamed = act(client, address, "rename", name="MOA만").location
    assert "MOA만" in tabs(client.get(renamed).text)
    act(client, renamed, "open")
    opened = client.get("/agreements")
    assert opened.status_code == 303
    assert opened.location.startswith("/agreements?kind=moa&view=")
    assert client.get("/agreements?on=2026-01-05").location.endswith(opened.location[-36:])
    everything = client.get("/agreements?view=all")
    assert "총 1건" in everything.text
    # Whoever takes the last condition away is not sent back to it.
    shown = client.get(opened.location).text
    [off] = re.findall(r'<a class="chip chip-on" href="([^"]*)"', shown)
    assert client.get(unescape(off)).status_code == 200
    act(client, opened.location, "open_not")
    assert client.get("/agreements").status_code == 200
    act(client, opened.location, "open")
    gone = act(client, opened.location, "delete")
    assert tabs(client.get(gone.location).text) == {}
    assert client.get("/agreements").status_code == 200
    # Deleting once more from a window that stood open says so.
    page = client.get("/agreements?view=all")
    view_id = opened.location[-36:]
    late = client.post(
        f"/views/agreements/{view_id}", data={"csrf_token": csrf(page), "act": "delete"}
    )
    assert "이미 지워졌습니다" in client.get(late.location).text


def test_the_offices_views_are_its_own_and_others_names_are_not_seen(enter: Enter) -> None:
    office, liaison = enter(), enter("liaison")
    save(office, "/agreements?kind=mou", "공용 보기", shared="1")
    save(office, "/agreements?kind=mou", "내 보기")
    save(liaison, "/agreements?kind=mou", "내 보기")

    assert set(tabs(office.get("/agreements").text)) == {
        "전체 보기",
        "공용 보기 공용",
        "내 보기",
    }
    for role in ("department", "auditor"):
        seen = enter(role).get("/agreements").text
        assert tabs(seen) == {}
        assert "공용 보기" not in seen
    assert set(tabs(liaison.get("/agreements").text)) == {"전체 보기", "내 보기"}
    refused = save(liaison, "/agreements?kind=mou", "몰래", shared="1")
    assert "총괄부서만" in liaison.get(refused.location).text
    # Another's view is as if it were not there.
    theirs = tabs(office.get("/agreements").text)["내 보기"][-36:]
    page = liaison.get("/agreements")
    for doing in ("rename", "delete", "open"):
        late = liaison.post(
            f"/views/agreements/{theirs}",
            data={"csrf_token": csrf(page), "act": doing, "name": "훔침"},
        )
        assert "이미 지워졌습니다" in liaison.get(late.location).text
    assert "내 보기" in tabs(office.get("/agreements").text)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "이름이 비어 있습니다"),
        ("\u200b \u3164", "이름이 비어 있습니다"),
        ("가" * 61, "60자까지입니다"),
        ("있는 것", "이미 있습니다"),
    ],
)
def test_a_view_that_is_not_kept_says_why_and_keeps_what_was_typed(
    enter: Enter, name: str, said: str
) -> None:
    client = enter()
    save(client, "/agreements?kind=mou", "있는 것")

    refused = save(client, "/agreements?kind=moa", name)
    page = client.get(refused.location).text

    assert refused.status_code == 303
    assert "kind=moa" in refused.location
    assert said in page
    assert set(tabs(page)) == {"전체 보기", "있는 것"}


def test_an_account_keeps_fifty(enter: Enter) -> None:
    client = enter()
    for number in range(50):
        save(client, "/agreements?kind=mou", f"보기 {number:02}")

    refused = client.get(save(client, "/partners?kind=company", "하나 더").location).text
    shared = client.get(save(client, "/partners?kind=company", "하나 더", shared="1").location).text

    assert "50개까지" in refused
    assert set(tabs(refused)) == set()
    assert "하나 더 공용" in tabs(shared)


def test_a_view_of_what_is_no_more_says_so_and_opens_with_the_rest(enter: Enter) -> None:
    client = enter()
    gone = "/agreements?kind=mou&colour=red&state=asleep&columns=number,shape&sort=smell"
    address = save(client, gone, "옛 보기").location

    page = client.get(address).text

    assert "나머지로 엽니다: colour, columns=shape, sort, state" in page
    assert "총 1건" in page
    assert "나머지로 엽니다" not in client.get("/agreements?kind=mou&colour=red").text


def test_who_may_no_longer_ask_by_people_opens_the_rest(enter: Enter) -> None:
    client = enter("liaison")
    officer = identity("naver-liaison")
    address = save(client, f"/agreements?kind=mou&officer={officer}", "담당자").location

    assert "나머지로 엽니다: officer" in client.get(address).text


def test_only_lists_that_are_there_have_views(enter: Enter) -> None:
    client = enter("auditor")
    token = csrf(client.get("/agreements"))

    for of in ("nonsense", "people", "today"):
        answer = client.post(f"/views/{of}", data={"csrf_token": token, "name": "가"})
        assert answer.status_code == 404, of
    assert client.post("/views/agreements", data={"name": "가"}).status_code == 400
