"""Talking to the services as the operator: one request, one token, failures told plainly."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import requests

from httpedge.caller import Role, Signer
from ieum.home import Home
from ieum.keys import private_key
from ieum.ports import Ports
from ieum.say import OperatorError
from registryclient.client import RegistryClient

Json = Any
"""What a JSON answer may be; whoever asked knows its shape."""

AUDIENCES = ("registry", "graph", "notify")


def operator_token(
    home: Home, role: Role = "office", audience: Sequence[str] = AUDIENCES, lifetime_s: int = 600
) -> str:
    """Sign a token with the operator's key.

    Raises:
        OperatorError: `home.no_key` if this home was never started.
    """
    key = private_key(home, "operator")
    if not key.is_file():
        raise OperatorError(
            "home.no_key",
            f"{home.root}에 운영자 키가 없습니다. 먼저 make up 을 하거나 IEUM_HOME을 확인하십시오.",
            f"{home.root} holds no operator's key. Run make up first, or check IEUM_HOME.",
        )
    return Signer(key).token(role, audience, now=datetime.now(UTC), lifetime_s=lifetime_s)


class Reach:
    """The services of one installation, asked in the operator's name.

    Args:
        language: `ko` or `en`, for what services say.
    """

    def __init__(self, home: Home, ports: Ports, language: str = "ko") -> None:
        self.ports = ports
        self._language = language
        self._sign: Callable[[Role], str] = lambda role: operator_token(home, role)
        self._requests = requests.Session()
        self._requests.trust_env = False

    def get(
        self, service: str, path: str, *, role: Role | None = "office", timeout_s: float = 5
    ) -> Json:
        """Read a JSON answer.

        Raises:
            requests.RequestException: No answer, or one that is not 200.
        """
        answer = self._requests.get(
            self.ports.url(service) + path, headers=self._headers(role), timeout=timeout_s
        )
        answer.raise_for_status()
        return answer.json()

    def registry(self) -> RegistryClient:
        """Give the registry as the office asks it."""
        return RegistryClient(
            self.ports.url("registry"), lambda: self._sign("office"), language=self._language
        )

    def readiness(self, service: str, *, timeout_s: float = 3) -> str | None:
        """Ask whether a service is ready.

        Returns:
            None if it is, otherwise what it says is missing, on one line.
        """
        try:
            answer = self._requests.get(self.ports.url(service) + "/readyz", timeout=timeout_s)
        except requests.RequestException as error:
            return type(error).__name__
        return None if answer.status_code == requests.codes.ok else " ".join(answer.text.split())

    def _headers(self, role: Role | None) -> dict[str, str]:
        headers = {"Accept-Language": self._language}
        if role is not None:
            headers["Authorization"] = f"Bearer {self._sign(role)}"
        return headers


def answer_of(ask: Callable[[], Json]) -> Json | None:
    """Give what a service answers; None if it gives no answer, or none that can be read."""
    try:
        return ask()
    except (requests.RequestException, KeyError, TypeError, ValueError, OperatorError):
        return None


def unreachable(service: str, ports: Ports, why: str = "") -> OperatorError:
    """Say that a service does not answer, why if that is known, and what to look at."""
    why = f" ({why})" if why else ""
    return OperatorError(
        f"{service}.unreachable",
        f"{service}이(가) {ports.url(service)}에서 답하지 않습니다{why}. "
        "make status 로 상태를 보고, 꺼져 있으면 make up 을 하십시오.",
        f"{service} does not answer at {ports.url(service)}{why}. "
        "Look at make status; if it is down, run make up.",
    )
