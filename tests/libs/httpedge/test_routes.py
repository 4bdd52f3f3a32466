"""A body nested without end is refused like any other that cannot be read."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from marshmallow import Schema, fields

from httpedge.access import allow
from httpedge.bodies import Sender, install_body_limit
from httpedge.caller import KeyRing
from httpedge.edge import make_edge
from httpedge.routes import DEEPEST, Routes


class Anything(Schema):
    it = fields.Raw(required=True)


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    edge = make_edge("graph", title="T", problems={}, keys=KeyRing(tmp_path), checks={})
    install_body_limit(edge.app, known=lambda: Sender("person", "an account"))
    routes = Routes("things", __name__, url_prefix="/things")

    @routes.route("", methods=["POST"])
    @routes.arguments(Anything)
    @routes.response(200, Anything)
    @allow("public")
    def take(told: dict[str, Any]) -> dict[str, Any]:
        return told

    edge.api.register_blueprint(routes)
    return edge.app


@pytest.mark.parametrize("levels", [DEEPEST, 2_000, 100_000])
@pytest.mark.parametrize(("opens", "shuts"), [("[", "]"), ('{"a":', "}")])
def test_a_body_nested_without_end_is_malformed(
    app: Flask, levels: int, opens: str, shuts: str
) -> None:
    body = f'{{"it": {opens * levels}1{shuts * levels}}}'

    answer = app.test_client().post("/things", data=body, content_type="application/json")

    assert (answer.status_code, answer.get_json()["code"]) == (400, "request.malformed")


def test_a_body_as_deep_as_any_of_ours_is_read(app: Flask) -> None:
    deep: object = "text"
    for _ in range(12):
        deep = {"a": [deep]}

    answer = app.test_client().post("/things", json={"it": deep})

    assert answer.get_json() == {"it": deep}


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("9" * 5_000, "/it"),
        ("-" + "9" * 100_000, "/it"),
        ('[1, {"a": 9007199254740992}]', "/it/1/a"),
        ("[0, 1e999]", "/it/1"),
        ("NaN", "/it"),
        ('{"a/b": -Infinity}', "/it/a~1b"),
        ('"half \\ud800 a pair"', "/it"),
        ('{"\\udfff": 1}', "/it"),
        ('["", "zero \\u0000"]', "/it/1"),
    ],
    ids=range(9),
)
def test_what_python_or_a_database_would_choke_on_is_refused_by_place(
    app: Flask, text: str, pointer: str
) -> None:
    answer = app.test_client().post(
        "/things", data=f'{{"it": {text}}}', content_type="application/json"
    )

    body = answer.get_json()
    assert (answer.status_code, body["code"]) == (422, "request.invalid")
    assert [(each["in"], each["pointer"]) for each in body["errors"]] == [("json", pointer)]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe\x00", b'{"it": 01}'])
def test_what_is_no_json_is_malformed(app: Flask, data: bytes) -> None:
    answer = app.test_client().post("/things", data=data, content_type="application/json")

    assert (answer.status_code, answer.get_json()["code"]) == (400, "request.malformed")


def test_the_largest_numbers_and_any_text_are_taken_as_they_are(app: Flask) -> None:
    it = [2**53 - 1, -(2**53 - 1), 1.5, True, None, "이음 \U0001f91d"]

    answer = app.test_client().post("/things", json={"it": it})

    assert answer.get_json() == {"it": it}


def test_what_comes_in_is_read_by_one_shape_for_all_requests(tmp_path: Path) -> None:
    made: list[Schema] = []

    class Counted(Anything):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

    edge = make_edge("graph", title="T", problems={}, keys=KeyRing(tmp_path), checks={})
    routes = Routes("things", __name__, url_prefix="/things")

    @routes.route("", methods=["POST"])
    @routes.arguments(Counted)
    @allow("public")
    def take(told: dict[str, Any]) -> dict[str, Any]:
        return told

    edge.api.register_blueprint(routes)
    client, before = edge.app.test_client(), len(made)

    answers = [client.post("/things", json={"it": each}).get_json() for each in (1, [2], None, 3)]

    assert [each.get("it") for each in answers] == [1, [2], None, 3]
    assert len(made) == before


def test_what_a_view_is_documented_with_stands_beside_what_it_reads(tmp_path: Path) -> None:
    class Query(Schema):
        name = fields.String(required=True)

    edge = make_edge("graph", title="T", problems={}, keys=KeyRing(tmp_path), checks={})
    routes = Routes("things", __name__, url_prefix="/things")

    @routes.route("", methods=["POST"])
    @routes.arguments(Query, location="query")
    @routes.doc(parameters=[{"in": "header", "name": "If-Match", "schema": {"type": "string"}}])
    @allow("public")
    def take(told: dict[str, Any]) -> dict[str, Any]:
        return told

    edge.api.register_blueprint(routes)

    [path] = edge.api.spec.to_dict()["paths"].values()
    taken = [(each["in"], each["name"]) for each in path["post"]["parameters"]]
    assert taken == [("query", "name"), ("header", "If-Match")]
