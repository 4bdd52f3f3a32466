"""An empty house is begun by whoever holds the link, once; then every page leads on."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ieum_portal.app import main
from ieum_portal.domain.first_run import code_of
from ieum_portal.pages.register import SCREENS
from ieum_portal.storage.accounts import StoredAccounts
from sqlstore.engine import open_engine
from tests.portal.desk import app_at, settings_for
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import csrf, try_sign_in
from tests.portal.pages.test_register import address
from tests.registry.desk import DATA

LOGIN, PASSWORD = "kim@city.example", "사과 다리 우산 셋"
TYPED = {
    "house": "나래광역시",
    "house_en": "Narae City",
    "office": "협력총괄과",
    "office_en": "",
    "telephone": "062-000-0199",
    "name": "김하늘",
    "login": LOGIN,
    "password": PASSWORD,
    "again": PASSWORD,
}
TAKES_NOTHING = [
    each for each in SCREENS if "office" in each.roles and each.endpoint != "first_run.choose"
]


@pytest.fixture
def empty(tmp_path: Path, database: str, neighbours: Neighbours) -> Flask:
    """A portal without accounts beside a registry without records."""
    neighbours.registry.hold_only({})
    settings = settings_for(tmp_path, database, neighbours)
    return app_at(settings)


@pytest.fixture
def link(empty: Flask) -> str:
    return f"/first-run/{code_of(empty.extensions['ieum'].auth.pepper)}"


def begin(app: Flask, link: str, **typed: str) -> FlaskClient:
    client = app.test_client()
    form = TYPED | {"csrf_token": csrf(client.get(link))} | typed
    answer = client.post(link, data=form)
    assert (answer.status_code, answer.headers.get("Location")) == (303, "/start"), answer.text
    return client


def facts(neighbours: Neighbours, subject_type: str) -> list[Any]:  # Facts, of whatever shape.
    return [
        each.body
        for each in neighbours.registry.changes()
        if each.subject_type == subject_type and each.body is not None
    ]


def test_the_first_administrator_says_whose_house_it_is(
    empty: Flask, link: str, neighbours: Neighbours
) -> None:
    client = begin(empty, link)

    (own,) = facts(neighbours, "partner")
    (office,) = facts(neighbours, "department")
    (person,) = facts(neighbours, "contact")
    (seat,) = facts(neighbours, "seat")
    assert (own["own"], own["name"]) == (True, {"ko": "나래광역시", "en": "Narae City"})
    assert (office["office"], office["name"]) == (True, {"ko": "협력총괄과", "en": None})
    assert seat["holders"] == [{"contact_id": person["id"], "from": "2026-11-23", "to": None}]
    first = client.get("/").text
    assert "김하늘" in first
    assert "062-000-0199" in first
    account = empty.extensions["ieum"].auth.accounts.by_login(LOGIN)
    assert account.administers
    assert str(account.contact_id) == person["id"]
    assert try_sign_in(empty.test_client(), LOGIN, PASSWORD).status_code == 303


def test_the_link_opens_once_and_to_nobody_else(empty: Flask, link: str) -> None:
    stranger = empty.test_client()

    assert stranger.get(f"/first-run/{'A' * 32}").status_code == 410
    assert "ieum portal first-run" in stranger.get("/sign-in").text
    token = csrf(stranger.get(link))
    begin(empty, link)

    assert stranger.get(link).status_code == 410
    late = TYPED | {"csrf_token": token, "login": "lee@city.example"}
    assert stranger.post(link, data=late).status_code == 410
    assert len(empty.extensions["ieum"].auth.accounts.all()) == 1
    assert "ieum portal first-run" not in stranger.get("/sign-in").text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"house": " "}, "비어 있습니다. 적으십시오."),
        ({"telephone": ""}, "비어 있습니다. 적으십시오."),
        ({"office": "가" * 201}, "너무 깁니다. 200자까지 적으십시오."),
        ({"name": "김\u202e하늘"}, "보이지 않는 글자가 있습니다."),
        ({"login": "kim"}, "전자우편 주소여야 합니다."),
        ({"again": "다른 것을 적었다"}, "서로 다릅니다."),
        ({"password": "짧다", "again": "짧다"}, "비밀번호가 짧습니다."),
    ],
)
def test_what_does_not_fit_is_told_and_changes_nothing(
    empty: Flask, link: str, neighbours: Neighbours, typed: dict[str, str], told: str
) -> None:
    client = empty.test_client()

    answer = client.post(link, data=TYPED | typed | {"csrf_token": csrf(client.get(link))})

    assert answer.status_code == 422
    assert told in answer.text
    assert f'value="{(TYPED | typed)["office_en"]}"' in answer.text
    assert neighbours.registry.changes() == []
    assert not empty.extensions["ieum"].auth.accounts.are_there()


def test_a_registry_that_is_away_leaves_the_link_open(
    empty: Flask, link: str, neighbours: Neighbours
) -> None:
    client = empty.test_client()
    form = TYPED | {"csrf_token": csrf(client.get(link))}
    neighbours.registry.is_down = True

    away = client.post(link, data=form)
    assert away.status_code == 503
    assert all(f'value="{TYPED[each]}"' in away.text for each in ("house", "office", "login"))
    assert TYPED["password"] not in away.text

    neighbours.registry.is_down = False
    begin(empty, link)
    assert len(facts(neighbours, "department")) == 1


def test_who_was_cut_off_before_the_account_was_made_goes_on_where_they_were(
    empty: Flask, link: str, neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = empty.extensions["ieum"].auth.accounts

    def die(_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as cut:
        cut.setattr(type(accounts), "add_first", lambda *_: die(None))
        with pytest.raises(SystemExit):
            begin(empty, link)

    client = empty.test_client()
    page = client.get(link)
    assert 'name="house"' not in page.text
    assert TYPED["telephone"] in page.text  # In the foot, as the first try said.
    only = {each: TYPED[each] for each in ("name", "login", "password", "again")}
    client.post(link, data=only | {"csrf_token": csrf(page)})

    [account] = accounts.all()
    assert str(account.contact_id) == facts(neighbours, "contact")[0]["id"]


def test_a_record_that_was_brought_along_keeps_its_office(
    empty: Flask, link: str, neighbours: Neighbours
) -> None:
    neighbours.registry.hold()
    client = empty.test_client()
    before = len(neighbours.registry.changes())

    page = client.get(link)
    assert 'name="house"' not in page.text
    only = {each: TYPED[each] for each in ("name", "login", "password", "again")}
    answer = client.post(link, data=only | {"csrf_token": csrf(page)})

    assert answer.status_code == 303
    assert len(neighbours.registry.changes()) == before


def test_the_sample_comes_in_on_that_choice_alone(
    empty: Flask, link: str, neighbours: Neighbours
) -> None:
    client = begin(empty, link)
    assert "견본 불러오기" not in client.get("/start").text
    empty.extensions["ieum"] = replace(empty.extensions["ieum"], samples=DATA)
    page = client.get("/start")
    assert "견본 불러오기" in page.text
    assert facts(neighbours, "agreement") == []

    answer = client.post("/start/sample", data={"csrf_token": csrf(page)})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert len(facts(neighbours, "agreement")) == 1
    offices = [each["name"]["ko"] for each in facts(neighbours, "department") if each["office"]]
    assert offices == ["협력총괄과"]


def test_every_page_of_an_empty_house_leads_on(empty: Flask, link: str) -> None:
    client = begin(empty, link)
    stuck = []
    for screen in TAKES_NOTHING:
        if next(empty.url_map.iter_rules(screen.endpoint)).arguments:
            continue
        path = address(empty, screen)
        for language in ("ko", "en"):
            client.set_cookie("ieum_language", language)
            page = client.get(path, follow_redirects=True)
            body = page.text.partition("<main")[2].partition("</main>")[0]
            leads = set(re.findall(r'href="(/[^"#]*)', body)) - {path, "/"}
            acts = re.findall(r'<form[^>]* (?:method="post"|role="search")', body)
            is_list = 'class="sheet listing"' in body
            if page.status_code != 200 or (not leads and (is_list or not acts)):
                stuck.append((path, language, page.status_code))

    assert stuck == []


def test_the_operator_gets_the_link_until_somebody_has_begun(
    empty: Flask,
    link: str,
    database: str,
    tmp_path: Path,
    neighbours: Neighbours,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = settings_for(tmp_path, database, neighbours)
    (tmp_path / "secret").write_text(settings.secret, encoding="utf-8")
    for name, value in {
        "IEUM_PORTAL_LISTEN": "127.0.0.1:8400",
        "IEUM_PORTAL_DATABASE": database,
        "IEUM_PORTAL_URL": "http://127.0.0.1:8400",
        "IEUM_REGISTRY_URL": settings.registry_url,
        "IEUM_GRAPH_URL": settings.graph_url,
        "IEUM_NOTIFY_URL": settings.notify_url,
        "IEUM_SIGNING_KEY": str(settings.signing_key),
        "IEUM_PORTAL_SECRET_FILE": str(tmp_path / "secret"),
        "IEUM_FIRST_ACCOUNTS_FILE": str(tmp_path / "accounts.json"),
    }.items():
        monkeypatch.setenv(name, value)

    assert main(["first-run"]) == 0
    assert capsys.readouterr().out == f"http://127.0.0.1:8400{link}\n"
    begin(empty, link)
    assert main(["first-run"]) == 0
    assert capsys.readouterr().out == ""
    assert StoredAccounts(open_engine(database)).are_there()
