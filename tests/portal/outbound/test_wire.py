"""One question to the graph or to notify, and how each kind of failure is told."""

import math

import pytest
import requests
import responses

from ieum_portal.domain.errors import NeighbourDown, NeighbourRefused, NeighbourSlow, NotFound
from ieum_portal.outbound.wire import Wire

HOME = "http://127.0.0.1:9402"


def wire(left_s: float = math.inf) -> Wire:
    return Wire(
        "graph",
        HOME,
        requests.Session(),
        token=lambda: "T",
        language="en",
        headers=lambda: {"X-Request-Id": "abcd1234"},
        left_s=lambda: left_s,
    )


@responses.activate
def test_a_question_carries_token_language_and_request_id() -> None:
    responses.get(f"{HOME}/v1/projection", json={"state": "following"})

    said, _ = wire().get("projection")

    sent = responses.calls[0].request.headers
    assert said == {"state": "following"}
    assert sent["Authorization"] == "Bearer T"
    assert sent["Accept-Language"] == "en"
    assert sent["X-Request-Id"] == "abcd1234"


@responses.activate
@pytest.mark.parametrize(
    ("status", "error"),
    [(404, NotFound), (403, NeighbourRefused), (302, NeighbourRefused), (503, NeighbourDown)],
)
def test_each_answer_is_told_apart(status: int, error: type[Exception]) -> None:
    responses.get(f"{HOME}/v1/projection", status=status, json={"code": "x"})

    with pytest.raises(error):
        wire().get("projection")


@responses.activate
def test_what_is_no_json_is_no_answer() -> None:
    responses.get(f"{HOME}/v1/projection", body="<html>")

    with pytest.raises(NeighbourDown):
        wire().get("projection")


@responses.activate
def test_a_broken_line_is_no_answer() -> None:
    responses.get(f"{HOME}/v1/projection", body=requests.ConnectionError("gone"))

    with pytest.raises(NeighbourDown):
        wire().get("projection")


@responses.activate
def test_a_call_waits_no_longer_than_its_page_and_says_who_was_slow() -> None:
    responses.get(f"{HOME}/v1/projection", body=requests.ReadTimeout("nothing came"))

    with pytest.raises(NeighbourSlow):
        wire(1.25).get("projection")

    assert responses.calls[0].request.req_kwargs["timeout"] == (1.25, 1.25)  # type: ignore[attr-defined]


@responses.activate
def test_once_no_time_is_left_nobody_is_asked() -> None:
    with pytest.raises(NeighbourSlow):
        wire(0.0).get("projection")

    assert len(responses.calls) == 0
