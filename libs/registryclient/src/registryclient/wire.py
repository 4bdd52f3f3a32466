"""One HTTP exchange with the registry: retried where that is safe, and its failures told apart."""

import json
import math
from collections.abc import Callable, Mapping
from datetime import date
from io import IOBase
from tempfile import SpooledTemporaryFile
from typing import IO, cast
from urllib.parse import urljoin
from uuid import UUID

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from changefeed.session import ask_signed, house_session
from registryclient.answers import Asked
from registryclient.errors import (
    RegistryRefused,
    RegistryTooSlow,
    RegistryUnavailable,
    ReportedProblem,
)

PASSING = frozenset({429, 502, 503, 504})
"""Answers that say nothing about what was asked, only that now is a bad moment."""

MERGED = 307
"""A merged partner's id leads to the record that stands for it."""

NOTHING = 204
"""It is done, and there is nothing to tell of it."""

FULL = 507
"""The registry's disk is full: nothing was written, and its own words say so."""

CONNECT_WITHIN_S = 2.0
ANSWER_WITHIN_S = 10.0

AS_IT_IS = (bytes, IOBase, SpooledTemporaryFile)
"""Bodies that are files."""


def new_session() -> requests.Session:
    """Make shared connections for calls to a neighbour.

    Reads are tried three times when the connection fails or the neighbour is busy, within about
    half a second, so that a page waits for a neighbour's restart but not for its repair. A POST
    is never repeated.
    """
    session = house_session()
    retry = Retry(
        total=2,
        connect=2,
        read=0,
        status=2,
        status_forcelist=PASSING,
        allowed_methods={"GET"},
        backoff_factor=0.15,
        respect_retry_after_header=False,
        raise_on_status=False,
    )
    adapter = HTTPAdapter(max_retries=retry, pool_connections=4, pool_maxsize=32)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


class Wire:
    """Sends one request and gives its JSON.

    Args:
        base_url: Where the registry is, without `/v1`.
        token: Gives a bearer token for each request; None asks as the public.
        language: Of the problems that the registry reports.
        headers: Gives more headers for each request, as X-Request-Id.
        left_s: Gives how long whoever reads may still wait; a write waits as long as it takes.
    """

    def __init__(
        self,
        base_url: str,
        token: Callable[[], str] | None,
        *,
        session: requests.Session | None = None,
        language: str = "ko",
        headers: Callable[[], Mapping[str, str]] = dict,
        answer_within_s: float = ANSWER_WITHIN_S,
        left_s: Callable[[], float] = lambda: math.inf,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._token = token
        self._session = session or new_session()
        self._language = language
        self._headers = headers
        self._answer_within_s = answer_within_s
        self._left_s = left_s

    def get(self, path: str, asked: Mapping[str, Asked] | None = None) -> object:
        """Read one address.

        Raises:
            RegistryUnavailable, RegistryRefused: No usable answer; the answer no.
            RegistryTooSlow: No answer in the time that was left, or no time left to ask in.
        """
        answer = self._sent("GET", path, asked or {}, None, self._patience_s(path), {})
        return _content(answer, f"GET {path}")

    def write(
        self,
        method: str,
        path: str,
        body: object,
        *,
        asked: Mapping[str, Asked] | None = None,
        seen: int | None = None,
        once: str | None = None,
        answer_within_s: float | None = None,
    ) -> tuple[object, Mapping[str, str]]:
        """Send a write; gives the JSON and the answer's headers.

        Args:
            body: Is sent as JSON; bytes and files as they are, a file in pieces, never whole in
                memory.
            seen: The version last read, sent as If-Match.
            once: An Idempotency-Key.

        Raises:
            RegistryUnavailable, RegistryRefused: As for `get`; after the former it is not known
                whether the registry acted.
        """
        more = {} if seen is None else {"If-Match": f'"{seen}"'}
        if once is not None:
            more["Idempotency-Key"] = once
        within_s = answer_within_s or self._answer_within_s
        answer = self._sent(method, path, asked or {}, body, within_s, more)
        return _content(answer, f"{method} {path}"), answer.headers

    def file(self, path: str) -> bytes:
        """Read a small file whole.

        Raises:
            RegistryUnavailable, RegistryRefused, RegistryTooSlow: As for `get`.
        """
        return self._file(path, is_streamed=False).content

    def stream(self, path: str) -> requests.Response:
        """Read a file in pieces; whoever takes the answer reads it to its end or closes it.

        Raises:
            RegistryUnavailable, RegistryRefused, RegistryTooSlow: As for `get`.
        """
        return self._file(path, is_streamed=True)

    def _file(self, path: str, *, is_streamed: bool) -> requests.Response:
        within_s, more = self._patience_s(path), {"Accept": "*/*"}
        answer = self._sent("GET", path, {}, None, within_s, more, is_streamed=is_streamed)
        if answer.status_code != 200:
            with answer:
                _content(answer, f"GET {path}")
            raise RegistryUnavailable(f"GET {path}: {answer.status_code}")
        return answer

    def _patience_s(self, path: str) -> float:
        """Give how long a read may take."""
        within_s = min(self._answer_within_s, self._left_s())
        if within_s <= 0:
            raise RegistryTooSlow(f"GET {path}: no time left")
        return within_s

    def _sent(
        self,
        method: str,
        path: str,
        asked: Mapping[str, Asked],
        body: object,
        within_s: float,
        more: Mapping[str, str],
        *,
        is_streamed: bool = False,
    ) -> requests.Response:
        headers = {"Accept": "application/json", "Accept-Language": self._language, **more}
        headers |= self._headers()
        if body is not None:
            kind = "octet-stream" if isinstance(body, AS_IT_IS) else "json"
            headers["Content-Type"] = f"application/{kind}"
        params = {name: _text(value) for name, value in asked.items() if value is not None}

        def send(address: str, token: str | None) -> requests.Response:
            signed = {} if token is None else {"Authorization": f"Bearer {token}"}
            return self._session.request(
                method,
                address,
                params=params if address == here else None,
                data=_encoded(body),
                stream=is_streamed,
                headers=headers | signed,
                timeout=(min(CONNECT_WITHIN_S, within_s), within_s),
                allow_redirects=False,
            )

        here = f"{self._base_url}/v1/{path}"

        def ask(token: str | None) -> requests.Response:
            answer = send(here, token)
            there = self._merged_into(answer) if method == "GET" else None
            return answer if there is None else send(there, token)

        try:
            return ask(None) if self._token is None else ask_signed(ask, self._token)
        except requests.ReadTimeout as error:
            raise RegistryTooSlow(f"{method} {path}: {type(error).__name__}") from error
        except requests.RequestException as error:
            raise RegistryUnavailable(f"{method} {path}: {type(error).__name__}") from error

    def _merged_into(self, answer: requests.Response) -> str | None:
        """Give where the record of a merged partner's id is; no token goes to anybody else."""
        if answer.status_code != MERGED:
            return None
        there = urljoin(answer.url, answer.headers.get("Location", ""))
        return there if there.startswith(f"{self._base_url}/v1/") else None


def _encoded(body: object) -> bytes | IO[bytes] | None:
    """Give what is sent of a body; a file from its beginning, also when it is sent once more."""
    if body is None or isinstance(body, bytes):
        return body
    if isinstance(body, AS_IT_IS):
        file = cast("IO[bytes]", body)
        file.seek(0)
        return file
    return json.dumps(body, ensure_ascii=False).encode()


def _text(value: Asked) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case str() | int() | UUID() | None:
            return str(value)
        case _:
            return ",".join(map(str, value))


def _content(answer: requests.Response, what: str) -> object:
    if answer.status_code == NOTHING:
        return None
    is_no = answer.status_code == FULL
    if not is_no and (answer.status_code in PASSING or answer.status_code >= 500):
        raise RegistryUnavailable(f"{what}: {answer.status_code}")
    try:
        content: object = answer.json()
    except ValueError as error:
        if answer.status_code < 300:
            raise RegistryUnavailable(f"{what}: {answer.status_code}, no JSON") from error
        content = None
    if answer.status_code >= 300:
        raise RegistryRefused(_reported(answer.status_code, content))
    return content


def _reported(status: int, content: object) -> ReportedProblem:
    said = content if isinstance(content, dict) else {}
    errors = said.get("errors")
    return ReportedProblem(
        status,
        str(said.get("code") or f"http.{status}"),
        str(said.get("title") or ""),
        str(said.get("detail") or ""),
        [each for each in errors if isinstance(each, dict)] if isinstance(errors, list) else (),
        said.get("request_id"),
    )
