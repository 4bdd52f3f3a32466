"""The proxy as docker-compose.yml starts it: the real program, the same files, on the loopback."""

import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ieum.certificates import make_certificate
from ieum.home import Home
from ieum.secret_distribution import bring_to, proxy_portion
from tests.system import WITH_SBIN

START = Path(__file__).parents[2] / "deploy" / "proxy" / "start.sh"
NAME = "localhost"


@dataclass(frozen=True)
class Proxy:
    """A running proxy.

    Attributes:
        authority: The certificate that its clients believe.
    """

    https: int
    http: int
    health: int
    authority: Path
    log: Path

    @property
    def url(self) -> str:
        """Where people reach the portal."""
        return f"https://{NAME}:{self.https}"


def settings(folder: Path, **services: str) -> dict[str, str]:
    """Give the environment of a proxy, with a certificate of its own.

    Args:
        services: `portal`, `registry`, `graph` or `notify`, each with host:port; and `api`.
    """
    home = Home(folder / "home")
    home.make()
    make_certificate(home, NAME, datetime.now(UTC))
    bring_to(folder / "certificates", proxy_portion(home))
    (folder / "acme").mkdir()
    ports = [_free_port() for _ in range(3)]
    nobody = "127.0.0.1:1"
    return {
        "PATH": WITH_SBIN,
        "IEUM_PORTAL_URL": f"https://{NAME}:{ports[0]}",
        "PROXY_HTTPS": f"127.0.0.1:{ports[0]}",
        "PROXY_HTTP": f"127.0.0.1:{ports[1]}",
        "PROXY_HEALTH": f"127.0.0.1:{ports[2]}",
        "PROXY_PORTAL": services.get("portal", nobody),
        "PROXY_REGISTRY": services.get("registry", nobody),
        "PROXY_GRAPH": services.get("graph", nobody),
        "PROXY_NOTIFY": services.get("notify", nobody),
        "PROXY_API": services.get("api", "off"),
        "PROXY_RESOLVER": "127.0.0.1",
        "PROXY_CERTIFICATES": str(folder / "certificates"),
        "PROXY_ACME": str(folder / "acme"),
        "PROXY_RUN": str(folder / "run"),
    }


@contextmanager
def proxying(folder: Path, environment: Mapping[str, str]) -> Iterator[Proxy]:
    """Run the proxy until the end."""
    log = folder / "proxy.log"
    https, http, health = (
        int(environment[f"PROXY_{name}"].rpartition(":")[2]) for name in ("HTTPS", "HTTP", "HEALTH")
    )
    # Appending, as nginx does: it opens the file a second time for its lines of requests, and what
    # it complains of would else be written over them.
    with log.open("ab") as out:
        process = subprocess.Popen(["sh", START], env=environment, stdout=out, stderr=out)
    try:
        _await(health, process, log)
        yield Proxy(https, http, health, folder / "certificates" / "authority.pem", log)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _await(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text(encoding="utf-8"))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port
