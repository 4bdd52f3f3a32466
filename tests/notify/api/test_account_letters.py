"""Letters about accounts go out at once, by the portal's word alone, and are kept nowhere."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from joserfc.jwk import OKPKey

from httpedge.caller import Role, Signer
from ieum_notify.app import create_app
from ieum_notify.domain.account_letter import AccountLetter, Purpose
from ieum_notify.domain.words import Language
from ieum_notify.outbound.typeset import LETTERS
from ieum_notify.settings import Settings
from tests.notify.api.conftest import Headers
from tests.smtp import Mailbox

LINK = "http://127.0.0.1:8400/join/a-secret"


def body(**other: object) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "purpose": "invitation",
        "email": "hong@partner.test",
        "name": "홍길동",
        "language": "ko",
        "login": "hong@partner.test",
        "role": "liaison",
        "inviter": "김담당",
        "link": LINK,
        "until": "2026-12-07T09:00:00+00:00",
        **other,
    }


@pytest.fixture
def portal(tmp_path: Path, signing_key: Path) -> Callable[[], Mapping[str, str]]:
    """Tokens as the portal signs them."""
    assert signing_key.exists()
    key = OKPKey.generate_key("Ed25519", {"kid": "portal"})
    record = {
        "kid": "portal",
        "issuer": "portal",
        "roles": ["service"],
        "jwk": key.as_dict(private=False),
    }
    (tmp_path / "keys" / "portal.json").write_text(json.dumps(record))
    private = tmp_path / "portal.key.json"
    private.write_text(json.dumps(key.as_dict(private=True)))
    signer = Signer(private)

    def headers() -> Mapping[str, str]:
        token = signer.token("service", ["notify"], now=datetime.now(UTC), subject="portal")
        return {"Authorization": f"Bearer {token}"}

    return headers


@pytest.fixture
def sending(settings: Settings, smtp_server: Mailbox) -> FlaskClient:
    return create_app(replace(settings, smtp_url=smtp_server.url)).test_client()


def test_an_invitation_reaches_the_mail_server(
    sending: FlaskClient, portal: Callable[[], Mapping[str, str]], smtp_server: Mailbox
) -> None:
    asked = body()

    answers = [sending.post("/v1/account-letters", json=asked, headers=portal()) for _ in range(2)]

    assert [each.status_code for each in answers] == [200, 200]
    first, again = smtp_server.messages
    text = first.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # It has one.
    assert LINK in text
    assert "김담당 님이 이음의 연락담당자 계정을 만들었습니다" in text
    assert "2026. 12. 7.(월) 18:00 (UTC+9)" in text
    assert first["To"].addresses[0].addr_spec == "hong@partner.test"
    assert first["Message-ID"] == again["Message-ID"] == answers[0].get_json()["message_id"]


def test_a_reset_names_nobody_who_asked(
    sending: FlaskClient, portal: Callable[[], Mapping[str, str]], smtp_server: Mailbox
) -> None:
    asked = body(purpose="reset", language="en", inviter=None)

    answer = sending.post("/v1/account-letters", json=asked, headers=portal())

    assert answer.status_code == 200
    [mail] = smtp_server.messages
    assert mail["Subject"] == "[Ieum] Choose a new password for Ieum"


@pytest.mark.parametrize("role", ["office", "liaison", "auditor", "service"])
def test_nobody_but_the_portal_sends_them(
    sending: FlaskClient, as_role: Headers, smtp_server: Mailbox, role: Role
) -> None:
    answer = sending.post("/v1/account-letters", json=body(), headers=as_role(role))

    assert answer.status_code == 403
    assert smtp_server.messages == []


@pytest.mark.parametrize(
    ("other", "pointer"),
    [
        ({"link": "https://elsewhere.test/join/x"}, "/link"),
        ({"link": "http://127.0.0.1:84001/join/x"}, "/link"),
        ({"inviter": None}, "/inviter"),
        ({"role": "king"}, "/role"),
        ({"until": "soon"}, "/until"),
    ],
)
def test_what_cannot_be_written_says_where(
    sending: FlaskClient,
    portal: Callable[[], Mapping[str, str]],
    smtp_server: Mailbox,
    other: dict[str, Any],
    pointer: str,
) -> None:
    answer = sending.post("/v1/account-letters", json=body(**other), headers=portal())

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.get_json()["errors"]] == [pointer]
    assert smtp_server.messages == []


def test_a_mail_server_that_is_away_says_to_try_again(
    sending: FlaskClient, portal: Callable[[], Mapping[str, str]], smtp_server: Mailbox
) -> None:
    smtp_server.stop()

    answer = sending.post("/v1/account-letters", json=body(), headers=portal())

    assert (answer.status_code, answer.get_json()["code"]) == (503, "mail.away")
    assert answer.headers["Retry-After"] == "60"


@pytest.mark.parametrize(
    ("reply", "status", "code"),
    [("550 5.1.1 no such user", 422, "mail.refused"), ("451 4.3.0 later", 503, "mail.away")],
)
def test_a_refused_address_is_told_apart_from_a_busy_server(
    sending: FlaskClient,
    portal: Callable[[], Mapping[str, str]],
    smtp_server: Mailbox,
    reply: str,
    status: int,
    code: str,
) -> None:
    smtp_server.on_rcpt["hong@partner.test"].append(reply)

    answer = sending.post("/v1/account-letters", json=body(), headers=portal())

    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert "hong@partner.test" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("purpose", ["invitation", "reset"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_letters_values_are_exactly_those_of_its_sample(
    purpose: Purpose, language: Language
) -> None:
    wanted = AccountLetter(
        uuid4(),
        purpose,
        *("a@b.test", "홍길동", language, "a@b.test", "office", "김담당", LINK),
        datetime(2026, 12, 7, 9, tzinfo=UTC),
    )
    sample = json.loads((LETTERS / f"account_{purpose}" / "sample.json").read_text())

    assert set(wanted.letter("x.test").values) | {"recipient"} == set(sample[language])
