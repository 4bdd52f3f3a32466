"""One id for each request and each pass of a worker, carried on and in every log line."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from flask import Flask, Response, g, has_request_context, request

_PLAIN = re.compile(r"[A-Za-z0-9._-]{8,64}")
_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")


@dataclass(frozen=True, slots=True)
class Trail:
    """What belongs together in the logs of all services.

    Attributes:
        request_id: 8 to 64 plain characters; of a worker's pass it is its own.
        trace_id: 32 hexadecimal digits, the same in every service that was asked for it.
    """

    request_id: str
    trace_id: str


_PASS: ContextVar[Trail | None] = ContextVar("ieum_pass", default=None)


@contextmanager
def one_pass() -> Iterator[Trail]:
    """Give what is done inside, which no request asked for, a trail of its own.

    Inside another pass, or a request, it is that one's.
    """
    found = trail() or Trail(secrets.token_hex(8), secrets.token_hex(16))
    before = _PASS.set(found)
    try:
        yield found
    finally:
        _PASS.reset(before)


def trail() -> Trail | None:
    """Give the trail of the request or the pass that this thread is in; None outside both."""
    if has_request_context() and "request_id" in g:
        return Trail(g.request_id, g.trace_id)
    return _PASS.get()


def install_request_ids(app: Flask) -> None:
    """Give each request `g.request_id` and `g.trace_id`, and answer with X-Request-Id.

    A caller's own X-Request-Id is kept if it is plain text of 8 to 64 characters; a `traceparent`
    (W3C Trace Context) gives the trace id.
    """

    def begin() -> None:
        came_with, drawn = request.environ, secrets.token_hex(24)
        given = came_with.get("HTTP_X_REQUEST_ID")
        g.request_id = given if given and _PLAIN.fullmatch(given) else drawn[:16]
        parent = _TRACEPARENT.fullmatch(came_with.get("HTTP_TRACEPARENT", ""))
        g.trace_id = parent.group(1) if parent else drawn[16:]

    def finish(response: Response) -> Response:
        response.headers.setdefault("X-Request-Id", g.get("request_id", ""))
        return response

    app.before_request(begin)
    app.after_request(finish)


def outgoing_headers() -> dict[str, str]:
    """Give the headers that let the next service speak of the same trail; {} if there is none."""
    found = trail()
    if found is None:
        return {}
    return {
        "X-Request-Id": found.request_id,
        "traceparent": f"00-{found.trace_id}-{secrets.token_hex(8)}-01",
    }
