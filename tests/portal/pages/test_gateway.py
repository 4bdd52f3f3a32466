"""The city's sign-on gateway lets people in, from its own address alone."""

from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from socket import create_connection

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from httpedge.environ import SettingsMissing
from ieum_portal.domain.gateway import Gateway
from ieum_portal.operations.accounts import lock_account, unlock_account
from ieum_portal.settings import read_settings
from tests.portal.desk import NOON, PASSWORD
from tests.portal.pages.conftest import Enter, csrf
from tests.portal.pages.test_access_records import records
from tests.portal.served import serve_portal

HERE = "203.0.113.5"
OFFICE, AUDITOR = "office@ieum.example", "auditor@ieum.example"


@pytest.fixture
def behind(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The portal with a gateway named."""
    gateway = Gateway("RemoteUser", (ip_network(HERE),))
    monkeypatch.setitem(app.extensions, "ieum", replace(app.extensions["ieum"], gateway=gateway))
    return app


def get(
    client: FlaskClient, path: str, login: str | None, address: str = HERE, **headers: str
) -> TestResponse:
    told = {"RemoteUser": login} if login else {}
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(path, headers=told | more, environ_base={"REMOTE_ADDR": address})


def outcomes(enter: Enter) -> set[tuple[str, str, str]]:
    found = records(enter("auditor"))
    return {
        (each["outcome"], each["role"], each["address"])
        for each in found
        if each["act"] == "gateway_sign_in"
    }


def test_whom_the_gateway_vouches_for_is_led_on_to_the_page_that_was_asked_for(
    behind: Flask, enter: Enter
) -> None:
    client = behind.test_client()

    led = get(client, "/agreements?q=x", OFFICE)
    entered = get(client, led.location, "Office@IEUM.example")

    assert led.location == "/sign-in?next=%2Fagreements%3Fq%3Dx"
    assert (entered.status_code, entered.location) == (303, "/agreements?q=x")
    assert get(client, "/agreements", OFFICE).status_code == 200
    assert get(client, "/agreements", None).status_code == 200  # The session goes on.
    assert outcomes(enter) == {("ok", "office", HERE)}


def test_from_anywhere_else_the_header_is_ignored_and_that_is_on_record(
    behind: Flask, enter: Enter
) -> None:
    forged = (
        get(behind.test_client(), "/sign-in", OFFICE, "198.51.100.9"),
        get(behind.test_client(), "/sign-in", OFFICE, "198.51.100.9", X_Forwarded_For=HERE),
        get(behind.test_client(), "/sign-in", OFFICE, "198.51.100.9", Forwarded=f"for={HERE}"),
        get(behind.test_client(), "/sign-in", OFFICE, "198.51.100.9", X_Real_IP=HERE),
    )

    for answer in forged:
        assert answer.status_code == 200
        assert "ieum_session" not in str(answer.headers.getlist("Set-Cookie"))
        assert OFFICE not in answer.text
    assert outcomes(enter) == {("elsewhere", "public", "198.51.100.9")}


def test_a_header_that_is_no_single_login_lets_nobody_in(behind: Flask, enter: Enter) -> None:
    client = behind.test_client()

    for said, connection in ((f"{OFFICE},{AUDITOR}", "close"), (OFFICE, "close, RemoteUser")):
        assert get(client, "/sign-in", said, Connection=connection).status_code == 200
    assert get(client, "/", None).status_code == 303
    assert outcomes(enter) == {("unclear", "public", HERE)}


def test_who_has_no_account_or_a_locked_one_is_told_so_and_may_use_another(
    behind: Flask, enter: Enter
) -> None:
    auth = behind.extensions["ieum"].auth
    lock_account("liaison@ieum.example", auth=auth, now=NOON)
    try:
        unknown = get(behind.test_client(), "/sign-in", "<b>kim@city.example")
        locked = get(behind.test_client(), "/sign-in", "liaison@ieum.example")
    finally:
        unlock_account("liaison@ieum.example", auth=auth, now=NOON)

    assert (unknown.status_code, locked.status_code) == (403, 403)
    assert "이음에 계정이 없습니다" in unknown.text
    assert "&lt;b&gt;kim@city.example" in unknown.text
    assert "계정이 잠겨 있습니다" in locked.text
    assert 'name="password"' in unknown.text
    assert auth.accounts.by_login("<b>kim@city.example") is None
    assert outcomes(enter) == {("unknown", "public", HERE), ("locked", "liaison", HERE)}


def test_somebody_else_at_the_same_browser_acts_as_themselves(behind: Flask) -> None:
    client = behind.test_client()
    get(client, "/sign-in", OFFICE)
    page = get(client, "/account", OFFICE)

    other = client.post(
        "/account",
        data={"csrf_token": csrf(page), "act": "language", "language": "en"},
        headers={"RemoteUser": AUDITOR},
        environ_base={"REMOTE_ADDR": HERE},
    )

    assert other.location.startswith("/sign-in")
    assert behind.extensions["ieum"].auth.accounts.by_login(OFFICE).language == "ko"
    assert get(client, "/account", None).status_code == 303
    get(client, "/sign-in", AUDITOR)
    assert "의회 열람자" in get(client, "/account", AUDITOR).text


def test_who_signs_in_under_another_login_than_the_gateways_stays_in(behind: Flask) -> None:
    client, stranger = behind.test_client(), "kim@city.example"
    page = get(client, "/sign-in?next=/agreements", stranger)
    told = {"csrf_token": csrf(page), "login": AUDITOR, "password": PASSWORD}
    entered = client.post(
        "/sign-in",
        data=told,
        headers={"RemoteUser": stranger},
        environ_base={"REMOTE_ADDR": HERE},
    )

    assert entered.status_code == 303
    assert get(client, "/account", stranger).status_code == 200
    assert get(client, "/account", None).status_code == 200
    assert get(client, "/account", OFFICE).status_code == 303  # Somebody else sits there now.
    assert get(client, "/account", stranger).status_code == 303


def test_signing_out_says_that_the_gateway_still_knows_one(behind: Flask) -> None:
    client = behind.test_client()
    get(client, "/sign-in", OFFICE)
    token = csrf(get(client, "/account", OFFICE))

    left = client.post(
        "/sign-out",
        data={"csrf_token": token},
        headers={"RemoteUser": OFFICE},
        environ_base={"REMOTE_ADDR": HERE},
    )
    page = get(client, left.location, OFFICE)

    assert "시의 통합인증은 아직 로그인되어" in page.text
    assert get(client, "/account", OFFICE).status_code == 303


def test_without_a_gateway_named_the_header_means_nothing(app: Flask) -> None:
    client = app.test_client()

    assert get(client, "/sign-in", OFFICE).status_code == 200
    assert get(client, "/", OFFICE).status_code == 303


def test_settings_that_would_open_too_much_keep_the_portal_from_starting() -> None:
    for header, addresses in (
        ("X-Remote-User", HERE),
        ("RemoteUser", ""),
        ("RemoteUser", "0.0.0.0/0"),
        ("RemoteUser", "gateway.city.example"),
    ):
        with pytest.raises(SettingsMissing) as missing:
            read_settings({"IEUM_GATEWAY_HEADER": header, "IEUM_GATEWAY_ADDRESSES": addresses})
        assert any(each.startswith("IEUM_GATEWAY_") for each in missing.value.faults)


@pytest.mark.usefixtures("other_processes")
def test_the_real_server_knows_no_other_spelling_and_counts_its_own_proxies(
    tmp_path: Path,
) -> None:
    named = {"IEUM_GATEWAY_HEADER": "RemoteUser", "IEUM_GATEWAY_ADDRESSES": HERE}

    def ask(port: int, *headers: str) -> str:
        lines = ("GET /sign-in HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers)
        with create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall("".join(f"{each}\r\n" for each in (*lines, "")).encode())
            found = b""
            while more := connection.recv(65536):
                found += more
        return found.split(b"\r\n", 1)[0].decode()

    with serve_portal(tmp_path, **named) as served:
        port = served.port
        seen, user = f"X-Forwarded-For: 192.0.2.1, {HERE}", f"RemoteUser: {OFFICE}"
        assert " 303 " in ask(port, seen, user)
        for forged in (
            (seen, user, f"RemoteUser: {AUDITOR}"),
            (seen, f"Remote_User: {OFFICE}"),
            (seen, f"Remote-User: {OFFICE}"),
            (f"X-Forwarded-For: {HERE}, 192.0.2.1", user),
            (user,),
        ):
            assert " 200 " in ask(port, *forged), forged
