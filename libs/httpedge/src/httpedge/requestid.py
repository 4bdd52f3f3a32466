"""One id for each request, taken over from the caller, carried on, and in every log line."""

import re
import secrets

from flask import Flask, Response, g, request

_PLAIN = re.compile(r"[A-Za-z0-9._-]{8,64}")
_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")


def install_request_ids(app: Flask) -> None:
    """Give each request `g.request_id` and `g.trace_id`, and answer with X-Request-Id.

    A caller's own X-Request-Id is kept if it is plain text of 8 to 64 characters; a `traceparent`
    (W3C Trace Context) gives the trace id.
    """

    def begin() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if _PLAIN.fullmatch(given) else secrets.token_hex(8)
        parent = _TRACEPARENT.fullmatch(request.headers.get("traceparent", ""))
        g.trace_id = parent.group(1) if parent else secrets.token_hex(16)

    def finish(response: Response) -> Response:
        response.headers.setdefault("X-Request-Id", g.get("request_id", ""))
        return response

    app.before_request(begin)
    app.after_request(finish)


def outgoing_headers() -> dict[str, str]:
    """Give the headers that let the next service speak of the same request; {} outside one."""
    if not g or "request_id" not in g:
        return {}
    return {
        "X-Request-Id": g.request_id,
        "traceparent": f"00-{g.trace_id}-{secrets.token_hex(8)}-01",
    }
