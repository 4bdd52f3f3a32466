"""One server of its own for a case, asked over plain sockets by so many clients at once."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from joserfc.jwk import OKPKey

from httpedge.caller import Signer


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and the process whose children do the work."""

    port: int
    process: psutil.Process

    def processor_s(self) -> float:
        """Give the processor time used so far, children included."""
        times = [
            each.cpu_times() for each in (self.process, *self.process.children(recursive=True))
        ]
        return float(sum(each.user + each.system for each in times))

    def resident_mb(self) -> float:
        """Give the memory that is resident now, children included."""
        every = (self.process, *self.process.children(recursive=True))
        return float(sum(each.memory_info().rss for each in every)) / 1e6


def office_token(folder: Path) -> str:
    """Make a key that the registry trusts, and a token for the office."""
    key = OKPKey.generate_key("Ed25519", {"kid": "operator"}, private=True)
    private = folder / "operator.key"
    private.write_text(json.dumps(key.as_dict(private=True)), encoding="utf-8")
    public = {"kid": "operator", "issuer": "operator", "roles": ["office"]}
    folder.joinpath("operator.json").write_text(
        json.dumps({**public, "jwk": key.as_dict(private=False)}), encoding="utf-8"
    )
    return Signer(private).token("office", ["registry"], now=datetime.now(UTC))


@contextmanager
def served(target: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """Serve `module:factory` on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    code = f"from httpedge.serving import serve; serve('{target}', ('127.0.0.1', {port}))"
    server = subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > until:
                    raise SystemExit("the server did not start") from None
                time.sleep(0.1)
        yield Server(port, psutil.Process(server.pid))
    finally:
        server.terminate()
        server.wait()


def request(path: str, token: str, *, method: str = "GET", body: str = "", **more: str) -> bytes:
    """Write a request; names of further headers are written with `_` for `-`."""
    lines = [f"{method} {path} HTTP/1.1", "Host: bench", f"Authorization: Bearer {token}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body.encode())}"]
    return "\r\n".join([*lines, "", body]).encode()


def ask(
    port: int, next_request: Callable[[int], bytes | None], clients: int, *, slice_s: float
) -> list[float]:
    """Ask for a while on so many connections; give the seconds that each answer took.

    Args:
        next_request: Gives the next request of a client, by its number from 0; None ends it.
    """
    until = time.monotonic() + slice_s

    def ask_on_one(client: int) -> list[float]:
        took = []
        with socket.create_connection(("127.0.0.1", port)) as connection:
            while time.monotonic() < until:
                asked = next_request(client)
                if asked is None:
                    break
                began = time.perf_counter()
                connection.sendall(asked)
                _read_answer(connection)
                took.append(time.perf_counter() - began)
        return took

    with ThreadPoolExecutor(clients) as pool:
        return [each for took in pool.map(ask_on_one, range(clients)) for each in took]


def _read_answer(connection: socket.socket) -> None:
    data = connection.recv(65536)
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
        raise RuntimeError(f"unexpected answer: {head.decode()} {body.decode()[:300]}")
    name = b"content-length: "
    length = next(
        int(line[len(name) :]) for line in head.lower().split(b"\r\n") if line.startswith(name)
    )
    left = length - len(body)
    while left > 0:
        left -= len(connection.recv(min(left, 1 << 20)))
