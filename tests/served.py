"""An application behind the real server, and clients that speak to it byte by byte."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse


@dataclass(frozen=True)
class Served:
    """A server on the loopback address."""

    port: int

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def connect(self, begin: bytes) -> socket.socket:
        """Open a connection and send how a request begins."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        connection.sendall(begin)
        return connection

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> HTTPResponse:
        """Ask once, on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        return connection.getresponse()


@contextmanager
def serving(target: str, environment: Mapping[str, str], processes: int = 1) -> Iterator[Served]:
    """Serve an application until the end.

    Args:
        target: `module:factory`.
        environment: What its process finds besides the test's own.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        served = Served(free.getsockname()[1])
    listen = f"('127.0.0.1', {served.port})"
    code = f"from httpedge.serving import serve; serve({target!r}, {listen}, {processes})"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        stderr=subprocess.DEVNULL,
    )
    try:
        _await_answer(served, process)
        yield served
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def senders(served: Served, begins: list[bytes]) -> Iterator[list[socket.socket]]:
    """Hold a connection for each beginning, none of which is ever continued."""
    with ExitStack() as stack:
        yield [stack.enter_context(served.connect(begin)) for begin in begins]


def head(method: str, path: str, *lines: str) -> bytes:
    """Write the head of a request."""
    return "\r\n".join((f"{method} {path} HTTP/1.1", "Host: x", *lines, "", "")).encode()


def status_of(connection: socket.socket) -> int:
    """Read the status of the next answer."""
    return int(connection.recv(12).split()[1])


def _await_answer(served: Served, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", served.port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not begin")
