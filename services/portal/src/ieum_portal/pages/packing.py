"""Answers packed for the way to the browser, and tokens of forms that packing gives away to nobody.

Whoever can put words into a page and see how long its packed answer is could guess, letter by
letter, what else stands in it that is always the same (BREACH). Names and titles are nothing that
an attacker sees so: other sites' requests carry no session (SameSite). The one secret of a page is
the token of its forms: it is written differently in every answer.
"""

import gzip
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect, generate_csrf

PACKED = frozenset(
    {
        "text/html",
        "text/css",
        "text/csv",
        "text/javascript",
        "application/javascript",
        "application/json",
        "image/svg+xml",
    }
)
"""Types of answers that get smaller; fonts and workbooks are packed already."""

LEAST = 1_000
"""Shorter answers fit into one packet as they are."""
LEVEL = 5


class MaskedTokens(CSRFProtect):  # type: ignore[misc]  # Its library has no types.
    """The protection of forms, with tokens that are written differently each time."""

    def init_app(self, app: Flask) -> None:
        """Guard every form of an application, and let its templates write tokens."""
        super().init_app(app)
        app.jinja_env.globals["csrf_token"] = masked_token
        app.context_processor(lambda: {"csrf_token": masked_token})

    def _get_csrf_token(self) -> str | None:
        token: str | None = super()._get_csrf_token()
        return None if token is None else unmasked(token)


def masked_token() -> str:
    """Give the form's token as this answer writes it."""
    token = generate_csrf().encode()
    pad = secrets.token_bytes(len(token))
    return urlsafe_b64encode(pad + _mixed(pad, token)).decode()


def unmasked(written: str) -> str:
    """Give the token that was written so; what we did not write stays as it is, and worthless."""
    try:
        both = urlsafe_b64decode(written)
        half = len(both) // 2
        return _mixed(both[:half], both[half:]).decode("ascii")
    except ValueError:
        return written


def _mixed(pad: bytes, text: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(pad, text, strict=False))


def install_packing(app: Flask) -> None:
    """Pack answers that get smaller, for browsers that take them so."""

    @app.after_request
    def pack(answer: Response) -> Response:
        if answer.mimetype not in PACKED or "Content-Encoding" in answer.headers:
            return answer
        answer.vary.add("Accept-Encoding")
        if answer.is_streamed or request.accept_encodings.quality("gzip") <= 0:
            return answer
        body = answer.get_data()
        if len(body) >= LEAST:
            answer.set_data(gzip.compress(body, LEVEL, mtime=0))
            answer.headers["Content-Encoding"] = "gzip"
        return answer
