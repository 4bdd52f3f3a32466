"""Signing in with a passkey."""

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.exceptions import NotFound

from httpedge.access import allow
from ieum_portal.domain.browser import browser_in_short
from ieum_portal.domain.errors import TooManyAttempts
from ieum_portal.domain.passkey import PasskeyRefused
from ieum_portal.operations.passkeys import account_with_passkey
from ieum_portal.operations.sign_in import count_attempt, open_session
from ieum_portal.pages.access_records.noting import note_access
from ieum_portal.pages.entry import new_token, own_path, set_session_cookie
from ieum_portal.pages.sign_in.challenges import KEPT, held_challenge
from ieum_portal.pages.sign_in.route import refused
from ieum_portal.pages.wired import desk, now

routes = Blueprint("passkeys", __name__)

PASSKEY_SIGN_IN = "passkey_sign_in"
"""How the record of access calls it."""


@routes.post("/sign-in/passkey")
@allow("public")
def enter() -> Response:
    """Let in whoever's device proves it."""
    site = desk().site
    if site is None:
        raise NotFound
    auth, address = desk().auth, request.remote_addr or "unknown"
    try:
        challenge = held_challenge("get")  # Without one nothing is tried, and nothing counts.
        forgive = count_attempt(KEPT, address=address, auth=auth, now=now())
        account = account_with_passkey(
            request.form.get("credential", ""),
            challenge,
            site=site,
            passkeys=desk().passkeys,
            auth=auth,
            now=now(),
        )
    except PasskeyRefused as no:
        note_access(no.account, PASSKEY_SIGN_IN, no.why, is_denial=True)
        return refused(f"passkey_{no.why}", 422)
    except TooManyAttempts as many:
        note_access(None, PASSKEY_SIGN_IN, "held", is_denial=True)
        return refused("many", 429, wait_s=many.wait_s)
    forgive()
    token = new_token()
    open_session(
        account,
        token,
        address=address,
        browser=browser_in_short(request.user_agent.string),
        auth=auth,
        now=now(),
    )
    note_access(account, PASSKEY_SIGN_IN, "ok", is_denial=False)
    answer = make_response(redirect(own_path(request.form.get("next")), 303))
    set_session_cookie(answer, token, account)
    return answer
