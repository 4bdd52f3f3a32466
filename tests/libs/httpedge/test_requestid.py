"""What belongs together is found by one trace id in the logs of all services."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask

from httpedge.logs import Lines, configure_logs, install_request_log
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


def test_a_request_is_a_line_in_the_form_of_all_others(lines: io.StringIO) -> None:
    app = Flask("ieum_registry")
    install_request_ids(app)
    install_request_log(app)
    app.before_request(lambda: logging.getLogger("inside").info("asked"))

    app.test_client().open("/v1/x", method='G"E\\T\n한')

    of_log, of_request = told(lines)
    ours = ("method", "route", "status", "ms")
    assert set(of_request) == {*of_log, *ours}
    assert {name: of_request[name] for name in ("event", "level", "logger")} == {
        "event": "request", "level": "info", "logger": "request"
    }  # fmt: skip
    assert (of_request["method"], of_request["route"]) == ('G"E\\T\n한', None)
    assert (of_request["status"], of_request["service"]) == (404, "registry")
    assert of_request["trace_id"] == of_log["trace_id"]
    moments = [datetime.fromisoformat(str(each["timestamp"])) for each in (of_log, of_request)]
    assert moments == sorted(moments)
    assert all(str(each["timestamp"]).endswith("Z") for each in (of_log, of_request))


def test_an_answer_is_given_though_its_line_finds_no_room(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(28, "No space left on device")

    app = Flask("ieum_registry")
    install_request_log(app)
    handler = next(each for each in logging.getLogger().handlers if isinstance(each, Lines))
    monkeypatch.setattr(handler, "stream", Full())

    assert app.test_client().get("/v1/x").status_code == 404
    assert lines.getvalue() == ""


def test_what_ends_a_process_is_a_line_like_all_others(lines: io.StringIO) -> None:
    sys.excepthook(RuntimeError, RuntimeError("gone"), None)

    [line] = told(lines)
    assert (line["level"], line["event"]) == ("critical", "ended by a fault")
    assert "RuntimeError: gone" in str(line["exception"])
