"""Signing in at the city's provider of OpenID Connect: there, and back."""

from dataclasses import asdict

from flask import Blueprint, Response, make_response, redirect, request, session
from werkzeug.exceptions import NotFound

from httpedge.access import allow
from ieum_portal.domain.account import Account
from ieum_portal.domain.browser import browser_in_short
from ieum_portal.domain.errors import TooManyAttempts
from ieum_portal.domain.oidc import NotSignedIn, Started
from ieum_portal.operations.oidc_sign_in import account_behind, start
from ieum_portal.operations.ports import SignOn
from ieum_portal.operations.sign_in import count_attempt, open_session
from ieum_portal.pages.access_records.noting import note_access
from ieum_portal.pages.entry import new_token, own_path, set_session_cookie
from ieum_portal.pages.sign_in.route import refused
from ieum_portal.pages.wired import desk, now

routes = Blueprint("oidc", __name__)

OIDC_SIGN_IN = "oidc_sign_in"
"""How the record of access calls it."""

KEPT = "oidc"
"""Where the signed cookie of forms holds what was begun."""

LONGEST_CODE = 4096


@routes.get("/sign-in/oidc")
@allow("public")
def begin() -> Response:
    """Lead to the provider."""
    started = start(own_path(request.args.get("next")), new_token=new_token, now=now())
    try:
        address = _sign_on().address(started)
    except NotSignedIn as no:
        return _refused(no)
    session[KEPT] = asdict(started)
    return make_response(redirect(address, 303))


@routes.get("/sign-in/oidc/back")
@allow("public")
def come_back() -> Response:
    """Take the provider's answer, once, from the browser that was sent there."""
    sign_on, held = _sign_on(), session.pop(KEPT, None)
    started = None if held is None else Started(**held)
    try:
        account = _account(sign_on, started)
    except NotSignedIn as no:
        return _refused(no)
    except TooManyAttempts as many:
        note_access(None, OIDC_SIGN_IN, "held", is_denial=True)
        return refused("many", 429, wait_s=many.wait_s)
    token = new_token()
    open_session(
        account,
        token,
        address=request.remote_addr,
        browser=browser_in_short(request.user_agent.string),
        auth=desk().auth,
        now=now(),
    )
    note_access(account, OIDC_SIGN_IN, "ok", is_denial=False)
    answer = make_response(redirect(own_path(None if started is None else started.next), 303))
    set_session_cookie(answer, token, account)
    return answer


def _account(sign_on: SignOn, started: Started | None) -> Account:
    """Give whose account it is that comes back.

    Raises:
        NotSignedIn, TooManyAttempts: As named.
    """
    asked = request.args
    issuer = sign_on.provider.issuer
    is_its_own = asked.get("iss", issuer) == issuer
    if started is None or not is_its_own or not started.takes(asked.get("state", ""), now()):
        raise NotSignedIn("state")
    code = asked.get("code", "")
    if not code or len(code) > LONGEST_CODE:
        raise NotSignedIn("refused", "no code")
    auth, address = desk().auth, request.remote_addr or "unknown"
    forgive = count_attempt(KEPT, address=address, auth=auth, now=now())
    try:
        identity = sign_on.redeem(code, started)
    except NotSignedIn as no:
        if no.why == "down":  # Nothing was tried; others at this place sign in by password now.
            forgive()
        raise
    forgive()
    return account_behind(identity, identities=desk().identities, auth=auth, now=now())


def _sign_on() -> SignOn:
    found = desk().sign_on
    if found is None:
        raise NotFound
    return found


def _refused(no: NotSignedIn) -> Response:
    note_access(no.account, OIDC_SIGN_IN, no.why, is_denial=True)
    return refused(f"oidc_{no.why}", 503 if no.why == "down" else 403)
