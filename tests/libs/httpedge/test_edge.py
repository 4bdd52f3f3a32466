"""What every service does at its edge: rules, problems in two languages, ids, health, documents."""

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from httpedge.access import RuleMissing, allow, caller, require_rules
from httpedge.caller import KeyRing, Signer
from httpedge.edge import make_edge
from httpedge.metrics import MOST_LOOKS, Figure, SourceFigures, install_metrics
from httpedge.problem import Problem, ProblemText
from httpedge.problems import install_problems
from tests.libs.httpedge.test_caller import write_keys

TABLE = {
    "tea.cold": ProblemText(409, "차가 식었습니다", "The tea is cold",
                            "{cup}을 데우십시오.", "Warm the {cup}.")
}  # fmt: skip


class Count(Schema):
    """A number."""

    number = fields.Integer(required=True)


def make_app(folder: Path, check: Callable[[], None]) -> Flask:
    edge = make_edge(
        "registry",
        title="T",
        problems=TABLE,
        keys=KeyRing(folder / "keys"),
        checks={"database": check},
    )
    routes = Blueprint("things", "things", url_prefix="/v1")

    @routes.route("/count", methods=["POST"])
    @routes.arguments(Count)
    @routes.response(200, Count)
    @allow("office")
    def count(body: dict[str, int]) -> dict[str, int]:
        return body

    @routes.route("/tea")
    @routes.response(200, Count)
    @allow("public")
    def tea() -> dict[str, int]:
        raise Problem("tea.cold", {"cup": "cup"})

    @routes.route("/fault")
    @routes.response(200, Count)
    @allow("public")
    def fault() -> dict[str, int]:
        raise RuntimeError("a secret detail")

    @routes.route("/me")
    @allow("public")
    def me() -> dict[str, str]:
        return {"role": caller().role}

    edge.api.register_blueprint(routes)
    require_rules(edge.app)
    return edge.app


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return Signer(write_keys(tmp_path, "portal", ["office", "auditor"]))


@pytest.fixture
def client(signer: Signer, tmp_path: Path) -> FlaskClient:
    return make_app(tmp_path, lambda: None).test_client()


def bearer(signer: Signer, role: str) -> dict[str, str]:
    token = signer.token(role, ["registry"], now=datetime.now(UTC))  # type: ignore[arg-type]  # Any role.
    return {"Authorization": f"Bearer {token}"}


def test_a_route_without_a_rule_keeps_the_service_from_starting(tmp_path: Path) -> None:
    app = make_app(tmp_path, lambda: None)
    app.add_url_rule("/open", "open", lambda: "")

    with pytest.raises(RuleMissing, match="/open"):
        require_rules(app)


def test_only_the_roles_named_come_in(client: FlaskClient, signer: Signer) -> None:
    answers = [
        client.post("/v1/count", json={"number": 1}, headers=headers)
        for headers in ({}, bearer(signer, "auditor"), bearer(signer, "office"))
    ]

    assert [answer.status_code for answer in answers] == [401, 403, 200]
    assert [answer.get_json()["code"] for answer in answers[:2]] == [
        "token.required",
        "role.not_allowed",
    ]


def test_a_public_route_still_refuses_a_bad_token(client: FlaskClient) -> None:
    answer = client.get("/v1/me", headers={"Authorization": "Bearer nonsense"})

    assert (answer.status_code, answer.get_json()["code"]) == (401, "token.refused")


def test_problems_speak_the_readers_language(client: FlaskClient) -> None:
    korean = client.get("/v1/tea")
    english = client.get("/v1/tea", headers={"Accept-Language": "en-GB"})

    assert korean.content_type == "application/problem+json"
    assert (korean.status_code, korean.get_json()["detail"]) == (409, "cup을 데우십시오.")
    assert english.get_json()["detail"] == "Warm the cup."


def test_a_wrong_shape_names_the_place(client: FlaskClient, signer: Signer) -> None:
    answer = client.post(
        "/v1/count", json={"number": "x", "extra": 1}, headers=bearer(signer, "office")
    )

    assert answer.status_code == 422
    assert {(each["pointer"], each["detail"]) for each in answer.get_json()["errors"]} == {
        ("/number", "정수로 적어야 합니다."),
        ("/extra", "알 수 없는 항목입니다. 이름을 확인하거나 빼십시오."),
    }


def test_malformed_json_is_told_apart(client: FlaskClient, signer: Signer) -> None:
    headers = {**bearer(signer, "office"), "Content-Type": "application/json"}

    assert client.post("/v1/count", data='{"a', headers=headers).status_code == 400


def test_an_oversized_body_is_refused(client: FlaskClient, signer: Signer) -> None:
    answer = client.post(
        "/v1/count", json={"number": "9" * 1_100_000}, headers=bearer(signer, "office")
    )

    assert (answer.status_code, answer.get_json()["code"]) == (413, "request.too_large")


def test_a_fault_of_ours_tells_nothing_of_our_inside(client: FlaskClient) -> None:
    client.application.testing = False
    answer = client.get("/v1/fault")

    assert answer.status_code == 500
    assert "secret" not in answer.get_data(as_text=True)


def test_a_request_id_is_kept_and_given_back(client: FlaskClient) -> None:
    given = client.get("/healthz", headers={"X-Request-Id": "abcdefgh-1"})
    forged = client.get("/healthz", headers={"X-Request-Id": "a b"})

    assert given.headers["X-Request-Id"] == "abcdefgh-1"
    assert forged.headers["X-Request-Id"] != "a b"


def test_readiness_names_what_is_missing(tmp_path: Path) -> None:
    def no_database() -> None:
        raise ConnectionError("refused")

    write_keys(tmp_path, "portal", ["office"])
    answer = make_app(tmp_path, no_database).test_client().get("/readyz")

    assert answer.status_code == 503
    assert answer.get_json()["checks"]["database"]["reason"] == "ConnectionError: refused"


def test_the_document_and_its_page_need_no_other_host(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    page = client.get("/docs").get_data(as_text=True)

    assert document["openapi"] == "3.1.0"
    assert "/v1/count" in document["paths"]
    assert "http" not in page
    assert client.get("/docs/assets/swagger-ui-bundle.js").status_code == 200


def test_requests_are_counted_by_route(client: FlaskClient) -> None:
    client.get("/v1/tea")

    figures = client.get("/metrics").get_data(as_text=True)
    assert 'ieum_requests_total{method="GET",route="/v1/tea",status="409"} 1.0' in figures


def test_methods_that_a_caller_makes_up_are_counted_as_one(client: FlaskClient) -> None:
    for method in ("BREW", "GETS", "X" * 500, "PROPFIND"):
        client.open("/v1/tea", method=method)
    client.open("/v1/tea", method="DELETE")

    lines = client.get("/metrics").get_data(as_text=True).splitlines()
    counted = [line for line in lines if line.startswith("ieum_requests_total{")]
    methods = {found for line in counted for found in re.findall(r'method="([^"]*)"', line)}
    assert methods == {"DELETE", "other"}
    of_other = [line for line in counted if 'method="other"' in line]
    assert sum(float(line.rpartition(" ")[2]) for line in of_other) == 4


def test_few_are_told_the_figures_at_the_same_time() -> None:
    app = Flask(__name__)
    figures = install_metrics(app)
    install_problems(app, {})
    goes_on, begun = threading.Event(), threading.Semaphore(0)

    def read() -> list[Figure]:
        begun.release()
        goes_on.wait(60)
        return []

    figures.register(SourceFigures("database", read))
    told: list[int] = []
    looking = [
        threading.Thread(target=lambda: told.append(app.test_client().get("/metrics").status_code))
        for _ in range(MOST_LOOKS)
    ]
    for thread in looking:
        thread.start()
    for _ in looking:
        begun.acquire(timeout=60)

    refused = app.test_client().get("/metrics")
    goes_on.set()
    for thread in looking:
        thread.join()

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "1")
    assert told == [200] * MOST_LOOKS
