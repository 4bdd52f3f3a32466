"""The application on both databases, and tokens of every role."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from joserfc.jwk import OKPKey

from httpedge.caller import Role, Signer
from ieum_notify.app import create_app
from ieum_notify.settings import Settings

Headers = Callable[[Role], Mapping[str, str]]


@pytest.fixture
def signing_key(tmp_path: Path) -> Path:
    """A key that may claim every role; its public half lies in `tmp_path/keys`."""
    key = OKPKey.generate_key("Ed25519", {"kid": "operator"})
    keys = tmp_path / "keys"
    keys.mkdir()
    record = {
        "kid": "operator",
        "issuer": "operator",
        "roles": list(get_args(Role)),
        "jwk": key.as_dict(private=False),
    }
    (keys / "operator.json").write_text(json.dumps(record))
    private = tmp_path / "operator.key.json"
    private.write_text(json.dumps(key.as_dict(private=True)))
    return private


@pytest.fixture
def settings(tmp_path: Path, database: str, signing_key: Path) -> Settings:
    return Settings(
        listen=("127.0.0.1", 0),
        processes=1,
        database=database,
        keys=tmp_path / "keys",
        signing_key=signing_key,
        registry_url="http://127.0.0.1:1",
        smtp_url="smtp://127.0.0.1:1",
        mail_from="이음 <ieum@gwangju.example>",
        portal_url="http://127.0.0.1:8400",
    )


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return create_app(settings).test_client()


@pytest.fixture
def as_role(signing_key: Path) -> Headers:
    signer = Signer(signing_key)

    def headers(role: Role) -> Mapping[str, str]:
        partners = [uuid4()] if role == "liaison" else []
        token = signer.token(role, ["notify"], now=datetime.now(UTC), partners=partners)
        return {"Authorization": f"Bearer {token}"}

    return headers
