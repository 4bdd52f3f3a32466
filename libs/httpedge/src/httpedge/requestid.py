"""One id for each request and each pass of a worker, carried on and in every log line."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, has_request_context, request

from httpedge.answered import Answered, at_each_answer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_PLAIN = re.compile(r"[A-Za-z0-9._-]{8,64}")
_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")
_TRAIL = "ieum.trail"


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
    return trail_of(request.environ) if has_request_context() else _PASS.get()


def request_id() -> str | None:
    """Give the id of the request or the pass that this thread is in; None outside both."""
    found = trail()
    return None if found is None else found.request_id


def trail_of(environ: "WSGIEnvironment") -> Trail:
    """Give the trail of a request, the same however often it is asked for.

    A caller's own X-Request-Id is kept if it is plain text of 8 to 64 characters; a `traceparent`
    (W3C Trace Context) gives the trace id.
    """
    found: Trail | None = environ.get(_TRAIL)
    if found is None:
        drawn = secrets.token_hex(24)
        given = environ.get("HTTP_X_REQUEST_ID")
        parent = _TRACEPARENT.fullmatch(environ.get("HTTP_TRACEPARENT", ""))
        found = environ[_TRAIL] = Trail(
            given if given and _PLAIN.fullmatch(given) else drawn[:16],
            parent.group(1) if parent else drawn[16:],
        )
    return found


def install_request_ids(app: Flask) -> None:
    """Answer each request with its X-Request-Id."""

    def tell(answered: Answered) -> None:
        answered.headers.append(("X-Request-Id", trail_of(answered.environ).request_id))

    at_each_answer(app, tell)


def outgoing_headers() -> dict[str, str]:
    """Give the headers that let the next service speak of the same trail; {} if there is none."""
    found = trail()
    if found is None:
        return {}
    return {
        "X-Request-Id": found.request_id,
        "traceparent": f"00-{found.trace_id}-{secrets.token_hex(8)}-01",
    }
