"""One exchange with the registry: what is sent, and how each kind of failure is told."""

from tempfile import TemporaryFile
from typing import cast

import pytest
import requests
import responses

from registryclient.errors import RegistryRefused, RegistryTooSlow, RegistryUnavailable
from registryclient.wire import Wire, new_session

HOME = "http://127.0.0.1:9401"


def a_wire() -> Wire:
    return Wire(HOME, lambda: "T", language="en", headers=lambda: {"X-Request-Id": "abcd1234"})


@responses.activate
def test_a_request_carries_token_language_and_request_id() -> None:
    responses.get(f"{HOME}/v1/head", json={"seq": 1, "hash": "00"})

    assert a_wire().get("head") == {"seq": 1, "hash": "00"}

    sent = responses.calls[0].request.headers
    assert sent["Authorization"] == "Bearer T"
    assert sent["Accept-Language"] == "en"
    assert sent["X-Request-Id"] == "abcd1234"


@responses.activate
def test_without_a_token_the_public_asks() -> None:
    responses.get(f"{HOME}/v1/head", json={})

    Wire(HOME, None).get("head")

    assert "Authorization" not in responses.calls[0].request.headers


@responses.activate
@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_bad_moment_is_not_a_refusal(status: int) -> None:
    responses.get(f"{HOME}/v1/partners", status=status, json={"code": "service.fault"})

    with pytest.raises(RegistryUnavailable):
        Wire(HOME, None, session=requests.Session()).get("partners")


@responses.activate
def test_a_success_that_is_no_json_is_no_answer() -> None:
    responses.get(f"{HOME}/v1/partners", body="<html>")

    with pytest.raises(RegistryUnavailable):
        a_wire().get("partners")


@responses.activate
def test_a_refusal_carries_the_problem_as_reported() -> None:
    body = {"code": "load.refused", "title": "t", "detail": "d", "errors": [{"line": 3}, "odd"]}
    responses.post(f"{HOME}/v1/loads", status=422, json=body | {"request_id": "r"})

    with pytest.raises(RegistryRefused) as caught:
        a_wire().write("POST", "loads", {})

    problem = caught.value.problem
    assert (problem.status, problem.code, problem.detail) == (422, "load.refused", "d")
    assert problem.errors == [{"line": 3}]
    assert problem.request_id == "r"
    assert not caught.value.is_not_found


@responses.activate
def test_a_refusal_without_json_is_still_a_refusal() -> None:
    responses.get(f"{HOME}/v1/partners/x", status=404, body="not here")

    with pytest.raises(RegistryRefused) as caught:
        a_wire().get("partners/x")

    assert caught.value.problem.code == "http.404"
    assert caught.value.is_not_found


def test_a_closed_port_is_unavailable_within_two_seconds() -> None:
    wire = Wire("http://127.0.0.1:1", None, session=new_session())

    with pytest.raises(RegistryUnavailable, match="GET head"):
        wire.get("head")


@responses.activate
def test_a_redirect_is_refused_so_that_no_token_follows_it() -> None:
    responses.get(f"{HOME}/v1/head", status=302, headers={"Location": "http://other.example/"})

    with pytest.raises(RegistryRefused):
        a_wire().get("head")
    assert len(responses.calls) == 1


def merged_into(location: str) -> None:
    responses.get(f"{HOME}/v1/partners/old", status=307, headers={"Location": location})
    responses.get(f"{HOME}/v1/partners/new", json={"id": "new"})


@responses.activate
@pytest.mark.parametrize("location", ["/v1/partners/new", f"{HOME}/v1/partners/new"])
def test_the_id_of_a_merged_partner_leads_to_who_stands_for_it(location: str) -> None:
    merged_into(location)

    assert a_wire().get("partners/old", {"as_of": 3}) == {"id": "new"}

    assert responses.calls[1].request.url == f"{HOME}/v1/partners/new"
    assert responses.calls[1].request.headers["Authorization"] == "Bearer T"


@responses.activate
@pytest.mark.parametrize(
    "location",
    [
        "http://other.example/v1/partners/new",
        "//other.example/v1/partners/new",
        "http://127.0.0.1:9402/v1/partners/new",
        "http://127.0.0.1:9401@other.example/v1/partners/new",
        "https://127.0.0.1:9401/v1/partners/new",
        "/v1/../metrics",
        "",
    ],
)
def test_no_token_goes_where_a_merged_partner_cannot_be(location: str) -> None:
    merged_into(location)

    with pytest.raises(RegistryRefused):
        a_wire().get("partners/old")

    assert {each.request.url for each in responses.calls} == {f"{HOME}/v1/partners/old"}


@responses.activate
def test_a_merged_partner_is_followed_once_and_no_write_follows_it() -> None:
    responses.get(f"{HOME}/v1/partners/a", status=307, headers={"Location": "/v1/partners/b"})
    responses.get(f"{HOME}/v1/partners/b", status=307, headers={"Location": "/v1/partners/a"})
    responses.patch(f"{HOME}/v1/partners/a", status=307, headers={"Location": "/v1/partners/b"})

    with pytest.raises(RegistryRefused):
        a_wire().get("partners/a")
    with pytest.raises(RegistryRefused):
        a_wire().write("PATCH", "partners/a", {}, seen=1)

    assert [each.request.method for each in responses.calls] == ["GET", "GET", "PATCH"]


@responses.activate
def test_a_file_goes_out_as_it_is_and_from_its_beginning_also_the_second_time() -> None:
    sent: list[bytes] = []

    def take(request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
        assert request.headers["Content-Type"] == "application/octet-stream"
        sent.append(cast("bytes", request.body))
        return (401 if len(sent) == 1 else 201), {"X-Change-Seq": "4"}, "{}"

    responses.add_callback("POST", f"{HOME}/v1/documents", take)
    with TemporaryFile() as file:
        file.write("협약서".encode())
        answer = Wire(HOME, Kept()).write("POST", "documents", file, once="k")

    assert sent == ["협약서".encode()] * 2
    assert (answer[0], answer[1]["X-Change-Seq"]) == ({}, "4")


@responses.activate
def test_a_file_is_read_whole_or_in_pieces_and_a_refusal_of_it_is_one() -> None:
    responses.get(f"{HOME}/v1/file", body=b"PK")
    responses.get(f"{HOME}/v1/gone", status=409, json={"code": "document.missing"})
    wire = a_wire()

    assert wire.file("file") == b"PK"
    with wire.stream("file") as answer:
        assert b"".join(answer.iter_content(1)) == b"PK"
    for read in (wire.file, wire.stream):
        with pytest.raises(RegistryRefused, match="missing"):
            read("gone")
        with pytest.raises(RegistryTooSlow):
            getattr(Wire(HOME, None, left_s=lambda: 0.0), read.__name__)("file")


@responses.activate
def test_what_is_erased_answers_with_nothing() -> None:
    responses.delete(f"{HOME}/v1/imports/x", status=204)

    assert a_wire().write("DELETE", "imports/x", None, seen=3)[0] is None

    assert responses.calls[0].request.headers["If-Match"] == '"3"'


class Kept:
    """Tokens that are kept until somebody asks for others."""

    def __init__(self) -> None:
        self.number = 1

    def __call__(self) -> str:
        return f"token-{self.number}"

    def renew(self) -> None:
        self.number += 1


@responses.activate
def test_a_token_that_is_not_accepted_is_signed_anew_and_a_write_goes_out_once_more() -> None:
    responses.post(f"{HOME}/v1/loads", status=401, json={"code": "token.not_yet_valid"})
    responses.post(f"{HOME}/v1/loads", json={"ok": True})

    assert Wire(HOME, Kept()).write("POST", "loads", b"all of it")[0] == {"ok": True}

    assert [each.request.body for each in responses.calls] == [b"all of it"] * 2
    shown = [each.request.headers["Authorization"] for each in responses.calls]
    assert shown == ["Bearer token-1", "Bearer token-2"]


@responses.activate
def test_a_reader_who_can_wait_no_longer_is_told_that_the_registry_is_slow() -> None:
    responses.get(f"{HOME}/v1/partners", body=requests.ReadTimeout("nothing came"))
    responses.post(f"{HOME}/v1/partners", json={})

    with pytest.raises(RegistryTooSlow):
        Wire(HOME, None, session=requests.Session(), left_s=lambda: 1.25).get("partners")
    with pytest.raises(RegistryTooSlow):
        Wire(HOME, None, left_s=lambda: 0.0).get("partners")
    Wire(HOME, None, left_s=lambda: 0.0).write("POST", "partners", {})  # Is done or is not.

    assert [each.request.method for each in responses.calls] == ["GET", "POST"]
    kept = [each.request.req_kwargs["timeout"] for each in responses.calls]  # type: ignore[attr-defined]
    assert kept == [(1.25, 1.25), (2.0, 10.0)]
