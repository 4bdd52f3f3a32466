"""Which port belongs to whom, and whether it is free.

All ports follow from one number, `IEUM_PORT_BASE`, so that two installations on one machine
need one setting each (DESIGN section 8).
"""

import errno
import json
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import psutil

from ieum.home import Home
from ieum.say import OperatorError

OFFSETS = {
    "portal": 0,
    "registry": 1,
    "graph": 2,
    "notify": 3,
    "mailbox": 4,
    "smtp": 25,
    "neo4j": 687,
}
FIRST_BASE = 8400
FREE_WITHIN_S = 30.0
MAY_BE_AWAY = ("registry", "graph", "notify")
"""Services whose address settings.env may name: those of a home that starts nothing itself."""


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports of one installation.

    Attributes:
        base: 1024 to 64,000.
        elsewhere: Addresses of services that do not listen here, as settings.env names them.
    """

    base: int
    elsewhere: Mapping[str, str] = field(default_factory=dict, compare=False)

    def of(self, name: str) -> int:
        """Give the port of a service, `mailbox` (its page), `smtp` or `neo4j` (Bolt)."""
        return self.base + OFFSETS[name]

    def url(self, name: str) -> str:
        """Give the address of a service's HTTP side."""
        return self.elsewhere.get(name) or f"http://127.0.0.1:{self.of(name)}"


def ports_of(home: Home, environment: Mapping[str, str]) -> Ports:
    """Find the base: asked for now, else written in settings.env, else used last, else 8400.

    Raises:
        OperatorError: `port.base_unusable`.
    """
    wishes = home.wishes()
    text = (
        environment.get("IEUM_PORT_BASE", "").strip()
        or wishes.get("IEUM_PORT_BASE", "")
        or _used_last(home)
        or str(FIRST_BASE)
    )
    if not text.isdecimal() or not 1024 <= int(text) <= 64000:
        raise OperatorError(
            "port.base_unusable",
            f"IEUM_PORT_BASE={text}은(는) 쓸 수 없습니다. 1024부터 64000까지의 수로 정하십시오.",
            f"IEUM_PORT_BASE={text} cannot be used. Choose a number from 1024 to 64000.",
        )
    named = {name: wishes.get(f"IEUM_{name.upper()}_URL", "").rstrip("/") for name in MAY_BE_AWAY}
    return Ports(int(text), {name: url for name, url in named.items() if url})


def refuse_busy(ports: Ports) -> None:
    """Check that every port can be listened on.

    Raises:
        OperatorError: `port.busy`, with who holds which port, and a base whose ports are all free.
    """
    busy = [name for name in OFFSETS if not is_free(ports.of(name))]
    if not busy:
        return
    held = "\n".join(f"{ports.of(name)} ({name}): {holder(ports.of(name))}" for name in busy)
    other = next(
        (
            base
            for base in range(ports.base + 100, 64000, 100)
            if all(is_free(Ports(base).of(name)) for name in OFFSETS)
        ),
        ports.base + 100,
    )
    raise OperatorError(
        "port.busy",
        f"이미 쓰이는 포트가 있습니다.\n{held}\n"
        f"그 프로그램을 끝내거나 다른 포트로 시작하십시오: IEUM_PORT_BASE={other} make up",
        f"Some ports are taken.\n{held}\n"
        f"End that program, or start on other ports: IEUM_PORT_BASE={other} make up",
    )


def wait_until_free(ports: Ports, *, within_s: float = FREE_WITHIN_S) -> list[str]:
    """Wait until nothing holds our ports any more; for after our own processes were ended.

    A killed process counts as gone while its last threads still hold its sockets: on a crowded
    machine an engine of 400 MB needs seconds for that.

    Returns:
        The names of the ports that are still held.
    """
    until = time.monotonic() + within_s
    while (busy := [name for name in OFFSETS if not is_free(ports.of(name))]) and (
        time.monotonic() < until
    ):
        time.sleep(0.2)
    return busy


def is_free(port: int) -> bool:
    """Say whether a server could listen on this port of the loopback address now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


def holder(port: int) -> str:
    """Name the program that listens on a port, as far as this user may know."""
    try:
        for each in psutil.net_connections("tcp"):
            if each.laddr and each.laddr.port == port and each.status == psutil.CONN_LISTEN:
                if each.pid is None:
                    break
                process = psutil.Process(each.pid)
                command = " ".join(" ".join(process.cmdline()).split())[:100]
                return f"{process.name()} (pid {each.pid}): {command}"
    except psutil.Error:
        pass
    return "다른 사용자의 프로그램 · a program of another user"


def _used_last(home: Home) -> str:
    try:
        plan = json.loads((home.run / "plan.json").read_text(encoding="utf-8"))
        return str(plan["port_base"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
