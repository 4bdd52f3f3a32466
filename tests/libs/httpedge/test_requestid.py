"""What belongs together is found by one trace id in the logs of all services."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
from flask import Flask

from httpedge.logs import configure_logs, install_request_log
from httpedge.requestid import install_request_ids, one_pass, outgoing_headers, trail


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level, hook = root.handlers[:], root.level, sys.excepthook
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    configure_logs("registry")
    yield written
    root.handlers[:], sys.excepthook = before, hook
    root.setLevel(level)


def told(lines: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_each_pass_of_a_worker_has_a_trail_of_its_own_and_hands_it_on(lines: io.StringIO) -> None:
    seen = []
    for _ in range(2):
        with one_pass() as found:
            logging.getLogger("work").info("copied")
            seen.append((found.trace_id, outgoing_headers()["traceparent"].split("-")[1]))

    assert [each["trace_id"] for each in told(lines)] == [trace for trace, _ in seen]
    assert all(trace == handed for trace, handed in seen)
    assert seen[0] != seen[1]
    assert trail() is None
    assert outgoing_headers() == {}


def test_a_pass_within_a_pass_is_the_same_one() -> None:
    with one_pass() as outer, one_pass() as inner:
        assert inner == outer


def test_a_request_is_logged_under_the_trace_that_it_came_with(lines: io.StringIO) -> None:
    app = Flask("asked")
    install_request_ids(app)
    install_request_log(app)
    with one_pass() as found:
        headers = outgoing_headers()

    app.test_client().get("/v1/x?q=홍길동", headers=headers)

    [line] = told(lines)
    assert (line["trace_id"], line["request_id"]) == (found.trace_id, found.request_id)
    assert "홍길동" not in lines.getvalue()


def test_what_ends_a_process_is_a_line_like_all_others(lines: io.StringIO) -> None:
    sys.excepthook(RuntimeError, RuntimeError("gone"), None)

    [line] = told(lines)
    assert (line["level"], line["event"]) == ("critical", "ended by a fault")
    assert "RuntimeError: gone" in str(line["exception"])
