"""Every answer of every service carries what keeps a browser from misusing it."""

import importlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import OKPKey
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from docs.generate import sample_settings
from httpedge.caller import ROLES, Signer

SERVICES = ("registry", "graph", "notify", "portal")
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "PROPFIND")
SOME_ID = "0198c0de-0000-7000-8000-000000000001"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Settings of every service, with a key that the operator signs with."""
    folder = tmp_path_factory.mktemp("settings")
    key = OKPKey.generate_key("Ed25519", parameters={"kid": "operator"}, private=True)
    public = {"kid": "operator", "issuer": "operator", "roles": ROLES}
    record = public | {"jwk": key.as_dict(private=False)}
    (folder / "operator.json").write_text(json.dumps(record))
    found = sample_settings(folder)
    (folder / "operator.key").write_text(json.dumps(key.as_dict(private=True)))
    return found | {
        "IEUM_SIGNING_KEY": str(folder / "operator.key"),
        "IEUM_PORTAL_LISTEN": "127.0.0.1:1",
        "IEUM_PORTAL_URL": "https://ieum.example",
        "IEUM_PORTAL_DATABASE": f"sqlite:///{folder}/portal.db",
        "IEUM_PORTAL_SECRET_FILE": str(folder / "secret"),
        "IEUM_FIRST_ACCOUNTS_FILE": str(folder / "first-accounts.json"),
    }


def make(service: str, environment: dict[str, str]) -> Flask:
    """Make a service over an empty database; the graph stands without its Neo4j."""
    if service != "graph":
        storage = importlib.import_module(f"ieum_{service}.storage.migrate")
        storage.STEPS.migrate(environment[f"IEUM_{service.upper()}_DATABASE"])
    module = importlib.import_module(f"ieum_{service}.app")
    app: Flask = module.create_app(module.read_settings(environment))
    return app


def answers(app: Flask, *bearers: str) -> Iterator[tuple[str, TestResponse]]:
    """Ask every route by every method in the name of each, and what is no route."""
    for bearer in bearers:
        client = app.test_client()
        authorization = {"Authorization": bearer} if bearer else {}
        for path in [*sorted({filled(rule) for rule in app.url_map.iter_rules()}), "/no-such"]:
            for method in METHODS:
                answer = client.open(
                    path, method=method, headers=authorization, base_url="https://ieum.example"
                )
                yield f"{method} {path} → {answer.status_code}", answer


def filled(rule: Rule) -> str:
    """Give an address that a route takes."""
    path = rule.rule
    for name in rule.arguments:
        for kind in ("uuid:", "path:", "int:", ""):
            value = "1" if kind == "int:" else SOME_ID
            path = path.replace(f"<{kind}{name}>", value)
    return path


@pytest.mark.parametrize("service", SERVICES)
def test_no_answer_is_bare(service: str, environment: dict[str, str]) -> None:
    app = make(service, environment)
    signer = Signer(Path(environment["IEUM_SIGNING_KEY"]))
    token = signer.token("office", [service], now=datetime.now(UTC), subject="x")
    office = f"Bearer {token}"
    # Each answer of the graph waits a while for the Neo4j that is not there.
    asking = (office,) if service == "graph" else ("", office, "Bearer nonsense")
    statuses = set()

    for asked, answer in answers(app, *asking):
        statuses.add(answer.status_code)
        headers = answer.headers
        assert headers.getlist("X-Content-Type-Options") == ["nosniff"], asked
        assert headers.getlist("X-Frame-Options") == ["DENY"], asked
        [policy] = headers.getlist("Content-Security-Policy")
        assert "frame-ancestors 'none'" in policy, asked
        assert "default-src" in policy, asked
        [kept] = headers.getlist("Cache-Control")
        assert kept, asked
        assert headers.getlist("Referrer-Policy"), asked
        assert headers.getlist("Cross-Origin-Resource-Policy") == ["same-origin"], asked

    assert {200, 404, 405} <= statuses


def test_the_documentation_is_framed_by_nobody_and_loads_nothing_from_afar(
    environment: dict[str, str],
) -> None:
    client: FlaskClient = make("graph", environment).test_client()

    policy = client.get("/docs").headers["Content-Security-Policy"]

    assert "frame-ancestors 'none'" in policy
    assert "default-src 'self'" in policy
    assert "http" not in policy


def test_only_what_never_changes_is_kept_by_everybody(environment: dict[str, str]) -> None:
    client = make("portal", environment).test_client()

    page = client.get("/sign-in", base_url="https://ieum.example")
    [style] = [part for part in page.text.split('"') if part.startswith("/static/v/")][:1]
    sheet = client.get(style, base_url="https://ieum.example")

    assert page.headers["Cache-Control"] == "no-store"
    assert "immutable" in sheet.headers["Cache-Control"]
