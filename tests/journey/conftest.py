"""The whole system, started the way a user starts it, in a home of its own."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

PROGRAM = Path(sys.executable).parent / "ieum"


@dataclass(frozen=True, slots=True)
class House:
    """A running installation.

    Attributes:
        home: Its `IEUM_HOME`.
        base: Its `IEUM_PORT_BASE`.
    """

    home: Path
    base: int

    def ieum(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the operator's program against this installation."""
        environment = {
            **os.environ,
            "IEUM_HOME": str(self.home),
            "IEUM_PORT_BASE": str(self.base),
        }
        done = subprocess.run(
            [PROGRAM, *arguments], env=environment, capture_output=True, text=True, check=False
        )
        if check and done.returncode != 0:
            raise AssertionError(
                f"{arguments} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
            )
        return done

    @property
    def portal(self) -> str:
        """Where people sign in."""
        return f"http://127.0.0.1:{self.base}"

    def get(self, service: str, path: str, *, role: str = "office", **params: object) -> Any:  # noqa: ANN401  JSON.
        """Ask a service as an operator holding a role; an answer other than 2xx fails the test."""
        answer = self.ask("GET", service, path, role=role, params=params)
        assert answer.ok, f"{answer.status_code} {answer.text}"
        return answer.json()

    def ask(
        self,
        method: str,
        service: str,
        path: str,
        *,
        role: str = "office",
        **rest: Any,  # noqa: ANN401  As requests.
    ) -> requests.Response:
        """Send a request with an operator's token; whatever is answered comes back."""
        port = self.base + {"registry": 1, "graph": 2, "notify": 3, "mailbox": 4}[service]
        headers = dict(rest.pop("headers", {}))
        if service != "mailbox":
            headers["Authorization"] = f"Bearer {self.token(role)}"
        return requests.request(
            method, f"http://127.0.0.1:{port}{path}", headers=headers, timeout=40, **rest
        )

    def token(self, role: str, *more: str) -> str:
        """Give a token as `ieum token` prints it."""
        return self.ieum("token", "--role", role, *more).stdout.strip()

    def accounts(self) -> dict[str, str]:
        """Give the first accounts' passwords by login."""
        text = (self.home / "secrets" / "first-accounts.json").read_text(encoding="utf-8")
        return {each["login"]: each["password"] for each in json.loads(text)["accounts"]}


def free_base() -> int:
    """Find a port base whose seven ports are free now; each test process has its own range.

    A house takes its ports some seconds after they were looked at.
    """
    first = 18400 + 320 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for base in range(first, first + 320, 40):
        if all(_is_free(base + offset) for offset in (0, 1, 2, 3, 4, 25, 687)):
            return base
    raise AssertionError("no free range of ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One installation for all journeys, stopped at the end; its logs are kept when one fails."""
    started = House(tmp_path_factory.mktemp("home"), free_base())
    wishes = started.home / "settings.env"
    wishes.write_text("IEUM_LETTER_HOURS=any\n")  # Journeys are made by night as well.
    try:
        print(started.ieum("up").stdout)
        yield started
    finally:
        started.ieum("down", check=False)
        kept = Path("test-results/journey-logs")
        shutil.rmtree(kept, ignore_errors=True)
        if (started.home / "logs").is_dir():
            shutil.copytree(started.home / "logs", kept)


@pytest.fixture
def eventually() -> Callable[[Callable[[], Any], float], Any]:
    """Ask again until the answer is truthy; fails with the last one after `within_s`."""

    def wait(look: Callable[[], Any], within_s: float = 60) -> Any:  # noqa: ANN401  Whatever is looked for.
        until = time.monotonic() + within_s
        while True:
            found = look()
            if found:
                return found
            if time.monotonic() > until:
                raise AssertionError(f"not within {within_s} s; last seen: {found!r}")
            time.sleep(0.3)

    return wait


def plain(html: str) -> str:
    """Give a page's text without tags, blanks folded."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
