"""The service over HTTP, on a real graph."""

import json as json_text
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import OKPKey
from werkzeug.test import TestResponse

from httpedge.caller import Role, Signer
from ieum_graph.app import create_app
from ieum_graph.settings import Settings
from tests.graph.conftest import Graph
from tests.graph.makers import id_of
from tests.neo4j import Server

Ask = Callable[..., TestResponse]


@pytest.fixture
def registry() -> Iterator[str]:
    """Give the address of a registry whose newest entry is the hundredth."""

    class Head(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"seq": 100, "hash": ""}')

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Head)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    """Make keys that may claim every role."""
    return make_keys(tmp_path)


@pytest.fixture
def app(graph: Graph, neo4j_server: Server, registry: str, signer: Signer, tmp_path: Path) -> Flask:
    """Give the application over the test's graph."""
    settings = Settings(
        listen=("127.0.0.1", 0),
        processes=1,
        keys=tmp_path,
        signing_key=tmp_path / "none",
        registry_url=registry,
        neo4j_url=neo4j_server.url,
        neo4j_user="neo4j",
        neo4j_password=neo4j_server.password,
    )
    return create_app(settings)


@pytest.fixture
def ask(app: Flask, signer: Signer) -> Ask:
    """Give a call to the service; `role` makes a token, `json` or its text `data` a POST."""
    client: FlaskClient = app.test_client()

    def call(
        path: str,
        role: Role | None = "office",
        partners: tuple[str, ...] = (),
        *,
        json: object = None,
        data: str | None = None,
        **headers: str,
    ) -> TestResponse:
        if role is not None:
            of = [UUID(id_of(each)) for each in partners]
            token = signer.token(role, ["graph"], now=datetime.now(UTC), partners=of)
            headers["Authorization"] = f"Bearer {token}"
        if json is None and data is None:
            return client.get(path, headers=headers)
        if data is not None:
            headers["Content-Type"] = "application/json"
        return client.post(path, json=json, data=data, headers=headers)

    return call


def make_keys(folder: Path) -> Signer:
    key = OKPKey.generate_key("Ed25519", {"kid": "operator"}, private=True)
    private = folder / "operator.key.json"
    private.write_text(json_text.dumps(key.as_dict(private=True)), encoding="utf-8")
    record = {
        "kid": "operator",
        "issuer": "operator",
        "roles": ["office", "liaison", "auditor", "department", "service"],
        "jwk": key.as_dict(private=False),
    }
    (folder / "operator.json").write_text(json_text.dumps(record), encoding="utf-8")
    return Signer(private)
