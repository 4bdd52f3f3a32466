"""A container's health check says what the service says, without any program of its image."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from flask import Flask

from httpedge.health import install_health
from httpedge.ready import readiness_address

pytestmark = pytest.mark.usefixtures("other_processes")


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def fault() -> list[str]:
    return []


@pytest.fixture
def port(fault: list[str]) -> Iterator[int]:
    def look() -> None:
        if fault:
            raise RuntimeError(fault[0])

    app = Flask("asked")
    install_health(app, {"database": look})
    server = make_server("127.0.0.1", 0, app, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def ask(**environment: str) -> "subprocess.CompletedProcess[str]":
    outside = {name: text for name, text in os.environ.items() if not name.startswith("IEUM_")}
    return subprocess.run(
        [sys.executable, "-m", "httpedge.ready"],
        env=outside | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_ready_service_is_healthy(port: int) -> None:
    assert ask(IEUM_GRAPH_LISTEN=f"0.0.0.0:{port}").returncode == 0


def test_what_is_missing_is_told(port: int, fault: list[str]) -> None:
    fault.append("no database today")

    done = ask(IEUM_GRAPH_LISTEN=f"0.0.0.0:{port}")

    assert done.returncode == 1
    assert "no database today" in done.stderr


def test_a_service_that_does_not_listen_is_not_healthy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]

    done = ask(IEUM_GRAPH_LISTEN=f"127.0.0.1:{free}")

    assert done.returncode == 1
    assert "refused" in done.stderr


@pytest.mark.parametrize(
    "environment",
    [{}, {"IEUM_GRAPH_LISTEN": "127.0.0.1:1", "IEUM_NOTIFY_LISTEN": "127.0.0.1:2"}],
)
def test_it_must_be_plain_which_service_is_meant(environment: dict[str, str]) -> None:
    with pytest.raises(LookupError):
        readiness_address(environment)
