"""A service that is asked in the test's own process, by the very requests that would go out."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from io import BytesIO
from threading import Event
from urllib.parse import unquote

import requests
from flask import Flask
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse

from tests.portal.sample import Facts


class Neighbour(BaseAdapter):
    """One application behind one address: mounted on a session it answers for that address.

    Attributes:
        app: What answers.
        asked: Every path with its query, in order.
        claims: What the last token claimed.
        is_down: Whether no connection is had.
        refuses: A code with which it refuses everything, if any.
        fails_on: A part of an address at which no connection is had, if any.
        loses_answers_on: A part of an address at which all is done and no answer comes, if any.
        writes_left: After so many more writes no connection is had for any, if not None.
        lacks: A part of an address at which nothing is found, if any.
        hangs_on: A part of an address at which no answer comes before the test lets go, if any.
        babbles_on: A part of an address at which the answer is not what is documented, if any.
    """

    def __init__(self, name: str, app: Flask) -> None:
        super().__init__()
        self.url = f"http://{name}.example"
        self.app = app
        self.asked: list[str] = []
        self.claims: Facts = {}
        self._let_go = Event()
        self.stand_open()

    def stand_open(self) -> None:
        """Answer again, and forget what was asked."""
        self.let_go()
        self.asked.clear()
        self.claims = {}
        self.is_down = False
        self.refuses: str | None = None
        self.fails_on: str | None = None
        self.loses_answers_on: str | None = None
        self.writes_left: int | None = None
        self.lacks: str | None = None
        self.hangs_on: str | None = None
        self.babbles_on: str | None = None

    def let_go(self) -> None:
        """End the waiting of whoever hangs."""
        self._let_go.set()
        self._let_go = Event()

    def send(  # type: ignore[override]  # What of a connection there is to set means nothing here.
        self, request: requests.PreparedRequest, **_: object
    ) -> requests.Response:
        """Answer as the service would, unless something stands in the way."""
        path = unquote(request.path_url)
        self.asked.append(path)
        self.claims = claims_of(request.headers)
        if self.is_down or (self.fails_on and self.fails_on in path):
            raise requests.ConnectionError("refused", request=request)
        writes = request.method in ("POST", "PATCH") and "dry_run" not in path
        if self.writes_left is not None and writes:
            if self.writes_left <= 0:
                raise requests.ConnectionError("refused", request=request)
            self.writes_left -= 1
        if self.hangs_on and self.hangs_on in path:
            self._let_go.wait()
            raise requests.ReadTimeout("hung", request=request)
        if self.refuses:
            return _answer(request, 403, {}, problem(self.refuses, 403))
        if self.lacks and self.lacks in path:
            return _answer(request, 404, {}, problem("subject.not_found", 404))
        if self.babbles_on and self.babbles_on in path:
            return _answer(request, 200, {}, b'{"alive": true}')
        client = self.app.test_client(use_cookies=False)
        told = client.open(
            request.path_url,
            method=request.method,
            headers=dict(request.headers),
            data=request.body,
        )
        if self.loses_answers_on and self.loses_answers_on in path:
            raise requests.ConnectionError("lost", request=request)
        return _answer(request, told.status_code, dict(told.headers), told.data)

    def close(self) -> None:
        """There is nothing to close."""


def claims_of(headers: Mapping[str, str]) -> Facts:
    """Read what a request's token claims; nothing without one."""
    _, _, token = headers.get("Authorization", "").partition(" ")
    if not token:
        return {}
    payload = token.split(".")[1]
    claims: Facts = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


PROBLEM = "application/problem+json"


def problem(code: str, status: int) -> bytes:
    """Write a refusal as every service does."""
    told = {"type": "about:blank", "code": code, "status": status, "title": "no", "detail": "no"}
    return json.dumps(told).encode()


def _answer(
    request: requests.PreparedRequest, status: int, headers: Mapping[str, str], body: bytes
) -> requests.Response:
    answered = HTTPResponse(BytesIO(body), headers, status, preload_content=False)
    return HTTPAdapter().build_response(request, answered)
