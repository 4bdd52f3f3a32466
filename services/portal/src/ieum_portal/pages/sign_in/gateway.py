"""Whom the city's sign-on gateway vouches for, of the request under way."""

from flask import g, request

from ieum_portal.domain.account import Account
from ieum_portal.domain.browser import browser_in_short
from ieum_portal.domain.gateway import NotToBeTrusted
from ieum_portal.operations.sign_in import open_session
from ieum_portal.pages.access_records.noting import note_access
from ieum_portal.pages.wired import desk, now

GATEWAY_SIGN_IN = "gateway_sign_in"
"""How the record of access calls it."""


def note_gateway() -> None:
    """Read the gateway's header, if the settings name one; from elsewhere it is ignored."""
    g.gateway_login = None
    gateway = desk().gateway
    if gateway is None or gateway.key not in request.environ:
        return
    said = request.environ[gateway.key].encode("latin-1", "replace").decode("utf-8", "replace")
    connection = request.environ.get("HTTP_CONNECTION", "")
    try:
        g.gateway_login = gateway.login(said, address=request.remote_addr, connection=connection)
    except NotToBeTrusted as no:
        note_access(None, GATEWAY_SIGN_IN, no.why, is_denial=True)


def gateway_login() -> str | None:
    """Give the login that the gateway vouches for; None without it."""
    found: str | None = g.get("gateway_login")
    return found


def enter_by_gateway(login: str, token: str) -> Account | str:
    """Open a session for whom the gateway vouches; gives `unknown` or `locked` if that cannot be.

    Args:
        token: Fresh and secret; it becomes the browser's cookie.
    """
    account = desk().auth.accounts.by_login(login)
    if account is None or account.closed_at is not None:
        why = "unknown" if account is None else "locked"
        note_access(account, GATEWAY_SIGN_IN, why, is_denial=True)
        return why
    open_session(
        account,
        token,
        address=request.remote_addr,
        browser=browser_in_short(request.user_agent.string),
        auth=desk().auth,
        now=now(),
    )
    note_access(account, GATEWAY_SIGN_IN, "ok", is_denial=False)
    return account
