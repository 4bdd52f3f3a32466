"""What a device has to sign: drawn for one browser, held once, for some minutes."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from secrets import token_bytes
from typing import Literal

from flask import g, session

from ieum_portal.domain.passkey import LASTS, PasskeyRefused
from ieum_portal.domain.websession import WebSession
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


def held_challenge(what: For) -> bytes:
    """Give it back, once.

    Raises:
        PasskeyRefused: `stale`: this browser was given none, in another session, or too long ago.
    """
    held = session.pop(KEPT, None)
    is_ours = held is not None and held[0] == what and held[3] == _this_session()
    if not is_ours or now().timestamp() >= held[2]:
        raise PasskeyRefused("stale")
    return urlsafe_b64decode(held[1])


def _this_session() -> str:
    web_session: WebSession | None = g.get("web_session")
    return "" if web_session is None else web_session.token_hash[:16]
