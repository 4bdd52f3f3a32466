"""The city's provider of OpenID Connect lets people in, and none who forges its word."""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import ECKey, RSAKey
from sqlalchemy import delete
from uuid_utils.compat import uuid7
from werkzeug.test import TestResponse

from changefeed.session import house_session
from httpedge.environ import SettingsMissing
from ieum_portal.domain.oidc import Provider
from ieum_portal.operations.accounts import (
    NewAccount,
    add_account,
    end_account,
    lock_account,
    unlock_account,
)
from ieum_portal.outbound.oidc import OidcOverHttp
from ieum_portal.pages.entry import new_token
from ieum_portal.settings import read_settings
from ieum_portal.storage.tables import OIDC_IDENTITY
from sqlstore.engine import open_engine
from tests.portal.desk import NOON, Desk
from tests.portal.pages.conftest import Enter, try_sign_in
from tests.portal.pages.provider import CLIENT, SECRET, TestProvider, providing
from tests.portal.pages.test_access_records import records

BACK = "http://127.0.0.1/sign-in/oidc/back"
BEGIN = "/sign-in/oidc?next=/agreements"


@pytest.fixture(scope="module")
def running_provider() -> Iterator[TestProvider]:
    with providing(NOON) as running:
        yield running


@pytest.fixture
def provider(
    running_provider: TestProvider, app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> TestProvider:
    """The provider as it is at first, named in the settings, and nobody's account bound yet."""
    provider = running_provider
    provider.over, provider.sign, provider.is_down = {}, None, False
    with open_engine(desk.settings.database).begin() as connection:
        connection.execute(delete(OIDC_IDENTITY))
    named = Provider(provider.issuer, CLIENT, SECRET, "시 통합로그인")
    behind = app.extensions["ieum"]

    def now() -> datetime:
        told: datetime = app.extensions["ieum"].now()
        return told

    sign_on = OidcOverHttp(named, BACK, house_session(), now)
    monkeypatch.setitem(app.extensions, "ieum", replace(behind, sign_on=sign_on))
    return provider


def through(client: FlaskClient, provider: TestProvider) -> TestResponse:
    """Go there and come back."""
    return client.get(provider.sign_in(client.get(BEGIN).location))


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def outcomes(enter: Enter) -> set[tuple[str, str]]:
    found = records(enter("auditor"))
    return {(each["outcome"], each["role"]) for each in found if each["act"] == "oidc_sign_in"}


def test_whom_the_provider_knows_comes_to_the_page_that_was_asked_for(
    app: Flask, provider: TestProvider, enter: Enter
) -> None:
    client = app.test_client()

    page = client.get("/sign-in?next=/agreements").text
    led = client.get(BEGIN)
    back = client.get(provider.sign_in(led.location))

    assert 'href="/sign-in/oidc?next=/agreements"' in page
    assert "시 통합로그인" in page
    asked = parse_qs(urlsplit(led.location).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [BACK]
    assert len({asked["state"][0], asked["nonce"][0], asked["code_challenge"][0]}) == 3
    assert (back.status_code, back.location) == (303, "/agreements")
    assert is_in(client)
    assert outcomes(enter) == {("ok", "office")}


def test_the_account_stays_the_subjects_whatever_address_it_has_later(
    app: Flask, provider: TestProvider
) -> None:
    through(app.test_client(), provider)

    provider.over = {"email": "married@ieum.example"}
    renamed = app.test_client()
    through(renamed, provider)
    provider.over = {"sub": "another", "email": "office@ieum.example"}
    inheritor = app.test_client()
    refused = through(inheritor, provider)

    assert is_in(renamed)
    assert refused.status_code == 403
    assert not is_in(inheritor)


def _unsigned(claims: dict[str, Any]) -> str:
    return f"{_part({'alg': 'none'})}.{_part(claims)}."


def _part(told: object) -> str:
    return urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode()


def _confused(provider: TestProvider) -> Any:  # noqa: ANN401  A way to sign.
    """Sign with the public key as if it were a secret."""

    def sign(claims: dict[str, Any]) -> str:
        text = f"{_part({'alg': 'HS256', 'kid': 'first'})}.{_part(claims)}"
        secret = provider.keys[0].as_pem(private=False)
        mac = hmac.new(secret, text.encode(), sha256).digest()
        return f"{text}.{urlsafe_b64encode(mac).rstrip(b'=').decode()}"

    return sign


AT = int(NOON.timestamp())


@pytest.mark.parametrize(
    "over",
    [
        {"aud": "another"},
        {"aud": ["another", CLIENT]},
        {"azp": "another"},
        {"iss": "https://evil.example"},
        {"nonce": "of another asking"},
        {"nonce": None},
        {"exp": AT - 61},
        {"exp": None},
        {"iat": AT + 61},
        {"iat": AT - 3600},
        {"nbf": AT + 61},
        {"sub": None},
        {"sub": "x\0"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": None},
        {"email": "nobody@ieum.example"},
        {"email": "ｏffice@ieum.example"},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_us_and_now_lets_nobody_in(
    app: Flask, provider: TestProvider, over: dict[str, Any]
) -> None:
    client, provider.over = app.test_client(), over

    answer = through(client, provider)

    assert answer.status_code == 403
    assert 'name="password"' in answer.text
    assert not is_in(client)


@pytest.mark.parametrize("how", ["none", "confused", "other key", "garbage"])
def test_a_token_that_the_providers_key_did_not_sign_lets_nobody_in(
    app: Flask, provider: TestProvider, how: str, enter: Enter
) -> None:
    stranger = TestProvider("", NOON, [RSAKey.generate_key(2048, {"kid": "first"})])
    provider.sign = {
        "none": _unsigned,
        "confused": _confused(provider),
        "other key": stranger.signed,
        "garbage": lambda _: "a.b.c",
    }[how]
    client = app.test_client()

    assert through(client, provider).status_code == 403
    assert not is_in(client)
    assert outcomes(enter) == {("token", "public")}


def test_clocks_that_differ_by_less_than_a_minute_do_no_harm(
    app: Flask, provider: TestProvider
) -> None:
    for over in ({"iat": AT + 50, "exp": AT + 300}, {"exp": AT - 50}):
        provider.over, client = over, app.test_client()
        through(client, provider)
        assert is_in(client)


def test_an_answer_counts_once_and_in_the_browser_that_asked(
    app: Flask, provider: TestProvider, enter: Enter
) -> None:
    mine, other = app.test_client(), app.test_client()
    back = provider.sign_in(mine.get(BEGIN).location)
    other.get(BEGIN)

    stolen = other.get(back)
    first, again = mine.get(back), mine.get(back)
    mixed = app.test_client()
    elsewhere = provider.sign_in(mixed.get(BEGIN).location).partition("&iss=")[0]

    assert (stolen.status_code, first.status_code, again.status_code) == (403, 303, 403)
    assert not is_in(other)
    assert mixed.get(f"{elsewhere}&iss=https://evil.example").status_code == 403
    assert app.test_client().get("/sign-in/oidc/back").status_code == 403
    assert outcomes(enter) == {("state", "public"), ("ok", "office")}


def test_a_code_that_was_taken_already_lets_nobody_in(app: Flask, provider: TestProvider) -> None:
    client = app.test_client()
    back = provider.sign_in(client.get(BEGIN).location)
    provider.codes.clear()

    assert client.get(back).status_code == 403
    assert not is_in(client)


def test_while_the_provider_is_away_passwords_let_people_in(
    app: Flask, provider: TestProvider
) -> None:
    client = app.test_client()
    back = provider.sign_in(client.get(BEGIN).location)
    provider.is_down = True

    answers = [client.get(back), app.test_client().get(BEGIN)]

    assert answers[0].status_code == 503
    assert "지금 답하지 않습니다" in answers[0].text
    assert answers[1].status_code in (303, 503)  # What it says of itself is known for an hour.
    for _ in range(6):  # However many of an office come back meanwhile, nobody has to wait.
        provider.is_down = False
        another = app.test_client()
        back = provider.sign_in(another.get(BEGIN).location)
        provider.is_down = True
        assert another.get(back).status_code == 503
    assert try_sign_in(client, "office@ieum.example").status_code == 303


def test_a_provider_changes_its_keys(
    app: Flask, provider: TestProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    through(app.test_client(), provider)
    first = list(provider.keys)
    provider.keys = [ECKey.generate_key("P-256", {"kid": "second"})]
    later = replace(app.extensions["ieum"], now=lambda: NOON + timedelta(minutes=2))
    monkeypatch.setitem(app.extensions, "ieum", later)
    client = app.test_client()

    through(client, provider)
    provider.keys = first

    assert is_in(client)


def test_locked_accounts_stay_out_and_ended_ones_are_forgotten(
    app: Flask, provider: TestProvider, enter: Enter
) -> None:
    auth = app.extensions["ieum"].auth
    login = "leaving@ieum.example"
    account, _ = add_account(
        NewAccount(login, "떠날 사람", "auditor"),
        auth=auth,
        new_id=uuid7,
        new_password=new_token,
        now=NOON,
    )
    provider.over = {"sub": "leaving", "email": login}
    through(app.test_client(), provider)

    lock_account(login, auth=auth, now=NOON)
    locked = through(app.test_client(), provider)
    tried = {(each["account"], each["act"], each["outcome"]) for each in records(enter("auditor"))}
    unlock_account(login, auth=auth, now=NOON)
    end_account(account, auth=auth, now=NOON)
    ended = through(app.test_client(), provider)

    assert "계정이 잠겨 있습니다" in locked.text
    assert "이음에 계정이 없습니다" in ended.text
    assert (f"portal:{account.id}", "oidc_sign_in", "locked") in tried
    assert {each for each, _ in outcomes(enter)} == {"ok", "locked", "unknown"}
    assert auth.accounts.by_login(login) is None


def test_without_a_provider_there_is_no_such_way(app: Flask) -> None:
    assert app.test_client().get(BEGIN).status_code == 404
    assert "/sign-in/oidc" not in app.test_client().get("/sign-in").text


def test_settings_that_are_not_whole_or_not_safe_keep_the_portal_from_starting() -> None:
    issuer, client = "https://login.city.example", "ieum"
    for named in (
        {"IEUM_OIDC_ISSUER": issuer},
        {"IEUM_OIDC_ISSUER": "http://login.city.example", "IEUM_OIDC_CLIENT_ID": client},
    ):
        with pytest.raises(SettingsMissing) as missing:
            read_settings(named)
        assert any(each.startswith("IEUM_OIDC_") for each in missing.value.faults)
