"""A server that is asked to stop lets long polls go and finishes what is under way."""

import contextlib
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from httpedge.serving import JsonLine

APPLICATION = """
import threading, time
from flask import Flask, request
from httpedge.bodies import install_body_limit
from httpedge.metrics import install_metrics
from httpedge.problems import install_problems
from httpedge.serving import when_stopping

def create():
    app, stop = Flask("polled"), threading.Event()
    app.add_url_rule("/poll", "poll", lambda: str(stop.wait(60)))
    app.add_url_rule("/work", "work", lambda: time.sleep(1) or "done")
    app.add_url_rule("/pid", "pid", lambda: str(__import__("os").getpid()))
    app.add_url_rule("/body", "body", lambda: str(len(request.get_data())), methods=["POST"])
    install_body_limit(app)
    install_problems(app, {})
    install_metrics(app)
    when_stopping(app, stop.set)
    return app
"""


@pytest.fixture
def processes() -> int:
    return 1


@pytest.fixture
def server(
    tmp_path: Path, processes: int, other_processes: None
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    tmp_path.joinpath("polled.py").write_text(APPLICATION)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    listen = f"('127.0.0.1', {port})"
    code = f"from httpedge.serving import serve; serve('polled:create', {listen}, {processes})"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield process, f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


def _ask(url: str, answers: list[str]) -> threading.Thread:
    def ask() -> None:
        with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - our own server
            answers.append(answer.read().decode())

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


def test_a_stop_lets_polls_go_and_finishes_what_is_under_way(
    server: tuple[subprocess.Popen[bytes], str],
) -> None:
    process, url = server
    answers: list[str] = []
    threads = [_ask(f"{url}/{path}", answers) for path in ("poll", "work")]
    time.sleep(0.5)

    process.send_signal(signal.SIGTERM)
    code = process.wait(timeout=9)
    for thread in threads:
        thread.join()

    assert code == 0
    assert sorted(answers) == ["True", "done"]


def test_a_worker_ends_with_its_server(server: tuple[subprocess.Popen[bytes], str]) -> None:
    process, url = server
    answers: list[str] = []
    _ask(f"{url}/pid", answers).join()

    process.kill()
    process.wait()

    until = time.monotonic() + 10
    while Path(f"/proc/{answers[0]}").exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert not Path(f"/proc/{answers[0]}").exists()


def _pid(url: str) -> int:
    with urllib.request.urlopen(f"{url}/pid", timeout=60) as answer:  # noqa: S310 - our own server
        return int(answer.read())


def test_the_process_that_listens_holds_no_application(
    server: tuple[subprocess.Popen[bytes], str],
) -> None:
    process, url = server
    worker = _pid(url)

    # A part of Flask that is a library of its own tells whether Flask was loaded.
    loaded = {
        pid: "/markupsafe/" in Path(f"/proc/{pid}/maps").read_text()
        for pid in (process.pid, worker)
    }

    assert loaded == {process.pid: False, worker: True}


@pytest.mark.parametrize("processes", [2])
def test_a_lost_worker_of_several_is_made_anew(
    server: tuple[subprocess.Popen[bytes], str],
) -> None:
    process, url = server
    before = _pid(url)

    os.kill(before, signal.SIGKILL)

    seen: set[int] = set()
    until = time.monotonic() + 40
    while len(seen) < 2 and time.monotonic() < until:
        with contextlib.suppress(OSError):  # What the lost one had taken in is lost with it.
            seen.add(_pid(url))
    assert process.poll() is None
    assert len(seen) == 2
    assert before not in seen


def test_the_only_workers_loss_ends_its_server(
    server: tuple[subprocess.Popen[bytes], str],
) -> None:
    process, url = server

    os.kill(_pid(url), signal.SIGKILL)

    assert process.wait(timeout=40) != 0


HEAD = b"POST /body HTTP/1.1\r\nHost: x\r\n"


def _connect(url: str, begin: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=30)
    connection.sendall(begin)
    return connection


def _status(connection: socket.socket) -> str:
    return connection.recv(200).partition(b"\r\n")[0].decode().split()[1]


@pytest.mark.parametrize(
    "begin",
    [b"", b"GET /pid HTTP/1.1\r\n", HEAD + b"Content-Length: 100\r\n\r\nabc"],
    ids=["nothing", "half a head", "half a body"],
)
def test_those_who_never_end_what_they_send_keep_no_reader_waiting(
    server: tuple[subprocess.Popen[bytes], str], begin: bytes
) -> None:
    _, url = server
    idlers = [_connect(url, begin) for _ in range(100)]

    asked = _connect(url, b"GET /pid HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

    assert _status(asked) == "200"
    for each in (asked, *idlers):
        each.close()


@pytest.mark.parametrize(
    "header", ["Accept: " + "a/b;q=0.1," * 20_000, "X-Much: " + "x" * 40_000], ids=["parts", "long"]
)
def test_a_head_above_the_limit_is_refused_before_anybody_reads_it(
    server: tuple[subprocess.Popen[bytes], str], header: str
) -> None:
    asked = f"GET /pid HTTP/1.1\r\nHost: x\r\n{header}\r\n\r\n".encode()

    sender = _connect(server[1], asked[:33_000])

    assert _status(sender) == "431"
    sender.close()


def test_a_chunked_body_above_the_limit_is_refused_in_words(
    server: tuple[subprocess.Popen[bytes], str],
) -> None:
    piece = b"10000\r\n" + b" " * 2**16 + b"\r\n"
    sender = _connect(server[1], HEAD + b"Transfer-Encoding: chunked\r\n\r\n")

    sender.sendall(piece * 40 + b"0\r\n\r\n")

    assert _status(sender) == "413"
    sender.close()


@pytest.mark.parametrize("processes", [2])
def test_several_processes_count_together_and_a_lost_one_still_counts(
    server: tuple[subprocess.Popen[bytes], str],
) -> None:
    _, url = server
    pids: list[str] = []
    _ask(f"{url}/pid", pids).join()
    os.kill(int(pids[0]), signal.SIGKILL)
    until = time.monotonic() + 60
    while len(set(pids)) < 2 and time.monotonic() < until:
        pids.append(_ask_until_answered(f"{url}/pid", until))

    figures = _ask_until_answered(f"{url}/metrics", until)

    assert len(set(pids)) == 2
    counted = f'ieum_requests_total{{method="GET",route="/pid",status="200"}} {len(pids)}.0'
    assert counted in figures


def _ask_until_answered(url: str, until: float) -> str:
    """Ask again where the connection had been given to the process that was killed."""
    while True:
        try:
            with urllib.request.urlopen(url, timeout=3) as said:  # noqa: S310 - our own server
                answer: str = said.read().decode()
                return answer
        except OSError:
            if time.monotonic() > until:
                raise


def test_what_the_server_itself_says_is_json_too() -> None:
    record = logging.LogRecord("_granian", logging.WARNING, "", 0, "Killing %s", ("w",), None)

    line = json.loads(JsonLine("registry").format(record))

    assert (line["event"], line["level"], line["service"]) == ("Killing w", "warning", "registry")
