"""What a device has to sign: drawn for one browser, held once, for some minutes."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from secrets import token_bytes
from typing import Literal

from flask import g, session

from ieum_portal.domain.passkey import LASTS
from ieum_portal.domain.websession import WebSession
from ieum_portal.operations.passkeys import Challenge
from ieum_portal.pages.wired import now

KEPT = "passkey"
"""Where the signed cookie of forms holds it."""

For = Literal["create", "get"]


def new_challenge(what: For) -> bytes:
    """Draw one for this browser, in the session that it is signed in with, if any."""
    challenge = token_bytes(32)
    until = (now() + LASTS).timestamp()
    session[KEPT] = [what, urlsafe_b64encode(challenge).decode(), until, _this_session()]
    return challenge


def held_challenge(what: For) -> Challenge | None:
    """Give it back, once; None if this browser was given none, or in another session."""
    held = session.pop(KEPT, None)
    if held is None or held[0] != what or held[3] != _this_session():
        return None
    return Challenge(urlsafe_b64decode(held[1]), held[2])


def _this_session() -> str:
    web_session: WebSession | None = g.get("web_session")
    return "" if web_session is None else web_session.token_hash[:16]
