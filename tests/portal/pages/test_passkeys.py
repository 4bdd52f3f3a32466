"""A passkey lets in its owner alone, on this site, over a challenge of this once."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete
from uuid_utils.compat import uuid7
from werkzeug.test import TestResponse

from ieum_portal.domain.passkey import RelyingParty, relying_party_at
from ieum_portal.operations.accounts import (
    NewAccount,
    add_account,
    end_account,
    lock_account,
    unlock_account,
)
from ieum_portal.pages.entry import new_token
from ieum_portal.storage.tables import PASSKEY
from sqlstore.engine import open_engine
from tests.portal.desk import NOON, PASSWORD, Desk
from tests.portal.pages.conftest import Enter, csrf
from tests.portal.pages.device import PRESENT, Device
from tests.portal.pages.test_access_records import records

SITE = RelyingParty("desk.city.example", "https://desk.city.example")


@pytest.fixture
def site(app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The portal under a name, and nobody has a passkey yet."""
    with open_engine(desk.settings.database).begin() as connection:
        connection.execute(delete(PASSKEY))
    monkeypatch.setitem(app.extensions, "ieum", replace(app.extensions["ieum"], site=SITE))
    return app


@pytest.fixture
def device() -> Device:
    return Device(SITE.origin, SITE.id)


def asked(page: TestResponse) -> dict[str, Any]:
    found = re.search(r'data-options="([^"]+)"', page.text)
    assert found is not None
    told: dict[str, Any] = json.loads(unescape(found[1]))
    return told


def add(client: FlaskClient, device: Device, old: str = PASSWORD) -> TestResponse:
    page = client.get("/account")
    form = {"csrf_token": csrf(page), "act": "passkey_add", "name": "노트북", "old": old}
    return client.post("/account", data=form | {"credential": device.made(asked(page))})


def enter_with(
    client: FlaskClient, said: Callable[[dict[str, Any]], str], **form: str
) -> TestResponse:
    page = client.get("/sign-in?next=/agreements")
    told = {"csrf_token": csrf(page), "credential": said(asked(page)), "next": "/agreements"}
    return client.post("/sign-in/passkey", data=told | form)


def test_a_passkey_is_added_with_the_password_and_lets_its_owner_in(
    site: Flask, enter: Enter, device: Device
) -> None:
    client = enter("auditor")

    guessed = add(client, device, "아닌 비밀번호")
    added = add(client, device)
    entered = enter_with(browser := site.test_client(), device.used)

    assert (guessed.status_code, added.status_code) == (422, 303)
    assert "노트북" in client.get("/account").text
    assert (entered.status_code, entered.location) == (303, "/agreements")
    assert "의회 열람자" in browser.get("/account").text
    acts = {(each["act"], each["outcome"]) for each in records(client)}
    assert {("passkey_added", "password"), ("passkey_added", "ok")} <= acts
    assert ("passkey_sign_in", "ok") in acts


def test_the_page_of_signing_in_names_nobody(site: Flask) -> None:
    told = asked(site.test_client().get("/sign-in"))

    assert not told.get("allowCredentials")
    assert (told["rpId"], told["userVerification"]) == (SITE.id, "required")


def _elsewhere(device: Device) -> None:
    device.origin = "https://desk.city.example.evil.example"


def _other_site(device: Device) -> None:
    device.site = "evil.example"


def _unverified(device: Device) -> None:
    device.flags = PRESENT


@pytest.mark.parametrize("forge", [_elsewhere, _other_site, _unverified])
def test_what_is_not_for_this_site_by_its_owner_is_neither_kept_nor_taken(
    site: Flask, enter: Enter, device: Device, forge: Callable[[Device], None]
) -> None:
    client = enter("auditor")
    add(client, device)
    forge(device)
    browser = site.test_client()

    refused = enter_with(browser, device.used)
    another = Device(device.origin, device.site, device.flags)
    not_kept = add(client, another)

    assert (refused.status_code, not_kept.status_code) == (422, 422)
    assert 'name="password"' in refused.text
    assert browser.get("/account").status_code == 303


def test_a_copy_that_counts_less_is_not_taken(site: Flask, enter: Enter, device: Device) -> None:
    add(enter("auditor"), device)
    for _ in range(3):
        assert enter_with(site.test_client(), device.used).status_code == 303

    device.counter = 1

    assert enter_with(site.test_client(), device.used).status_code == 422


def test_a_challenge_counts_once_in_its_browser_and_some_minutes(
    site: Flask, enter: Enter, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(enter("auditor"), device)
    mine, other = site.test_client(), site.test_client()
    page = mine.get("/sign-in")
    said, form_cookie = device.used(asked(page)), mine.get_cookie("ieum_form")
    assert form_cookie is not None

    stolen = enter_with(other, lambda _: said)
    first = enter_with(site.test_client(), device.used)
    told = {"csrf_token": csrf(page), "credential": said}
    mine_ = mine.post("/sign-in/passkey", data=told)
    again = site.test_client()
    again.set_cookie("ieum_form", form_cookie.value)
    replayed = again.post("/sign-in/passkey", data=told)

    assert (stolen.status_code, first.status_code, replayed.status_code) == (422, 303, 422)
    assert mine_.status_code == 422  # The device has counted on since.

    late = site.test_client()
    page = late.get("/sign-in")
    later = replace(site.extensions["ieum"], now=lambda: NOON + timedelta(minutes=5))
    monkeypatch.setitem(site.extensions, "ieum", later)
    told = {"csrf_token": csrf(page), "credential": device.used(asked(page))}
    assert late.post("/sign-in/passkey", data=told).status_code == 422


def test_challenges_that_ran_out_keep_nobody_of_the_same_place_out(
    site: Flask, enter: Enter, device: Device
) -> None:
    add(enter("auditor"), device)

    for _ in range(6):
        browser = site.test_client()
        told = {"csrf_token": csrf(browser.get("/sign-in"))}
        with browser.session_transaction() as kept:
            kept.pop("passkey")
        answer = browser.post("/sign-in/passkey", data=told | {"credential": "{}"})
        assert (answer.status_code, "시간이 지났습니다" in answer.text) == (422, True)

    assert enter_with(site.test_client(), device.used).status_code == 303


@pytest.mark.parametrize("said", ["", "x", "{}", '{"id": 1}', "[]", '{"id":"YQ","rawId":"YQ"}'])
def test_what_no_device_says_is_refused_plainly(site: Flask, enter: Enter, said: str) -> None:
    client = enter("auditor")
    page = client.get("/account")
    form = {"csrf_token": csrf(page), "act": "passkey_add", "old": PASSWORD, "credential": said}

    assert client.post("/account", data=form).status_code == 422
    assert enter_with(site.test_client(), lambda _: said).status_code == 422


@pytest.mark.parametrize("deep", ["[", '{"a":'])
def test_what_is_deeper_than_any_device_speaks_is_refused_plainly(
    site: Flask, enter: Enter, deep: str
) -> None:
    client = enter("auditor")
    form = {"csrf_token": csrf(client.get("/account")), "act": "passkey_add", "old": PASSWORD}

    assert client.post("/account", data=form | {"credential": deep * 20_000}).status_code == 422


def test_locked_accounts_stay_out_and_ended_ones_lose_their_passkeys(
    site: Flask, device: Device, enter: Enter
) -> None:
    auth, login = site.extensions["ieum"].auth, "leaving@ieum.example"
    account, password = add_account(
        NewAccount(login, "떠날 사람", "auditor"),
        auth=auth,
        new_id=uuid7,
        new_password=new_token,
        now=NOON,
    )
    client = site.test_client()
    form = {"csrf_token": csrf(client.get("/sign-in")), "login": login, "password": password}
    client.post("/sign-in", data=form)
    add(client, device, password)

    lock_account(login, auth=auth, now=NOON)
    assert enter_with(site.test_client(), device.used).status_code == 422
    tried = {(each["account"], each["act"], each["outcome"]) for each in records(enter("auditor"))}
    assert (f"portal:{account.id}", "passkey_sign_in", "wrong") in tried
    unlock_account(login, auth=auth, now=NOON)
    end_account(account, auth=auth, now=NOON)

    assert site.extensions["ieum"].passkeys.of(account.id) == []
    assert enter_with(site.test_client(), device.used).status_code == 422


def test_ones_own_passkey_is_removed_and_the_last_way_in_is_not(
    site: Flask, enter: Enter, device: Device, desk: Desk
) -> None:
    client, passkeys = enter("auditor"), site.extensions["ieum"].passkeys
    accounts = site.extensions["ieum"].auth.accounts
    account = accounts.by_login("auditor@ieum.example")
    add(client, device)
    [own] = passkeys.of(account.id)
    act = {"act": "passkey_remove", "passkey": own.id}

    stranger = enter("office")
    stranger.post("/account", data=act | {"csrf_token": csrf(stranger.get("/account"))})
    assert len(passkeys.of(account.id)) == 1

    accounts.set_password_hash(account.id, "")
    without = site.test_client()
    enter_with(without, device.used)
    refused = without.post("/account", data=act | {"csrf_token": csrf(without.get("/account"))})
    accounts.set_password_hash(account.id, account.password_hash)
    assert refused.status_code == 422
    assert "로그인할 길이 없습니다" in refused.text
    assert len(passkeys.of(account.id)) == 1

    removing = enter("auditor")
    removing.post("/account", data=act | {"csrf_token": csrf(removing.get("/account"))})
    assert passkeys.of(account.id) == []


@pytest.mark.parametrize(
    ("url", "site_id"),
    [
        ("https://desk.city.example", "desk.city.example"),
        ("https://desk.city.example:8443", "desk.city.example"),
        ("http://localhost:8400", "localhost"),
        ("http://desk.city.example", None),
        ("http://127.0.0.1:8400", None),
        ("https://10.2.0.7", None),
    ],
)
def test_passkeys_are_for_a_site_with_a_name_and_https(url: str, site_id: str | None) -> None:
    found = relying_party_at(url)

    assert (None if found is None else found.id) == site_id


def test_a_passkey_is_called_otherwise_by_its_owner_alone(
    site: Flask, enter: Enter, device: Device
) -> None:
    client, other = enter("auditor"), enter("office")
    add(client, device)
    page = client.get("/account")
    found = re.search(r'name="passkey" value="([^"]+)"', page.text)
    assert found is not None
    form = {"act": "passkey_rename", "passkey": found[1], "name": "  새 노트북 "}

    nameless = client.post("/account", data={**form, "csrf_token": csrf(page), "name": " "})
    other.post("/account", data={**form, "csrf_token": csrf(other.get("/account"))})
    assert (nameless.status_code, "노트북</strong>" in nameless.text) == (422, True)
    assert "새 노트북" not in client.get("/account").text
    answer = client.post("/account", data={**form, "csrf_token": csrf(page)})

    assert answer.status_code == 303
    renamed = client.get(answer.location).text
    assert "<strong>새 노트북</strong>" in renamed
    assert "이름을 바꾸었습니다" in renamed
    assert enter_with(site.test_client(), device.used).status_code == 303
