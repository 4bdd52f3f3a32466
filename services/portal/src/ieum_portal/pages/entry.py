"""The front door: who is signed in, whether the page is for them, and what every answer carries."""

import secrets
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, redirect, request, session

from httpedge.access import RULE
from httpedge.headers import install_headers
from ieum_portal.domain.account import Account, folded_login
from ieum_portal.domain.errors import NoSuchDraft
from ieum_portal.operations.devices import KNOWN_FOR, device_mark
from ieum_portal.operations.session import recognise, sign_out, whose_ended
from ieum_portal.operations.sign_in import login_fingerprint
from ieum_portal.pages.access_records.noting import note_access
from ieum_portal.pages.drafts.keeping import address_of, asked_draft, folder_of, keep_typed
from ieum_portal.pages.errors.faults import NotForRole
from ieum_portal.pages.languages import prefer_account_language
from ieum_portal.pages.packing import MaskedTokens
from ieum_portal.pages.screen import is_dated, screen_of
from ieum_portal.pages.sign_in.gateway import gateway_login, note_gateway
from ieum_portal.pages.wired import desk, now

UNWATCHED = frozenset({"asset", "healthz", "readyz", "metrics"})
"""Answers that need nobody to be recognised."""

GATEWAY = "gateway"
"""Where the signed cookie of forms holds whom the gateway vouched for at the signing in: whoever
took an account of their own then, by password say, keeps it while the same person sits there."""

FORM_LIMIT = 300_000
"""The largest form in bytes: an agreement of five hundred parties, each with days and a number."""

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""Scripts are files of our own, never written into a page, and nothing is run that was text.

Source: docs/adr/0028-small-scripts-of-our-own.md."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def install_entry(app: Flask, *, secret: str, is_secure: bool) -> None:
    """Guard every page by its rule, forms by a token, and answers by their headers."""
    app.config.update(
        SECRET_KEY=secret,
        SESSION_COOKIE_NAME=cookie_name("ieum_form", is_secure=is_secure),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=is_secure,
        WTF_CSRF_TIME_LIMIT=None,  # It lives as long as the browser's visit, like the form.
    )
    app.before_request(_admit)
    MaskedTokens(app)
    app.after_request(_seal)
    install_headers(app, HEADERS)
    app.url_defaults(_keep_day)


def cookie_name(name: str, *, is_secure: bool) -> str:
    """Give a cookie's name; behind https the prefix binds it to this very host."""
    return f"__Host-{name}" if is_secure else name


def new_token() -> str:
    """Draw a session's token: 256 bits."""
    return secrets.token_urlsafe(32)


def session_cookie() -> str | None:
    """Give the token that the browser sent, if any."""
    return request.cookies.get(cookie_name("ieum_session", is_secure=desk().is_secure))


def set_session_cookie(answer: Response, token: str, account: Account) -> None:
    """Hand the browser its token; it forgets it when it is closed.

    A form made before signing in is worth nothing after it, unless the same person had signed in
    at this browser before: whoever comes back finds their windows as they left them.
    """
    answer.set_cookie(
        cookie_name("ieum_session", is_secure=desk().is_secure),
        token,
        httponly=True,
        secure=desk().is_secure,
        samesite="Lax",
        path="/",
    )
    if session.get("account") != str(account.id):
        session.clear()
    session["account"], session[GATEWAY] = str(account.id), gateway_login()


def device_cookie(login: str) -> str | None:
    """Give the mark by which the browser is known for an account, if it sent one."""
    return request.cookies.get(_device_name(login))


def set_device_cookie(answer: Response, account: Account) -> None:
    """Let the browser be known when it signs in to this account again."""
    mark = device_mark(account, nonce=new_token(), now=now(), secret=desk().auth.pepper)
    answer.set_cookie(
        _device_name(account.login),
        mark,
        max_age=KNOWN_FOR,
        httponly=True,
        secure=desk().is_secure,
        samesite="Lax",
        path="/",
    )


def _device_name(login: str) -> str:
    """Name the cookie after the account, so that several people may share a browser."""
    which = login_fingerprint(desk().auth, folded_login(login))[:12]
    return cookie_name(f"ieum_device_{which}", is_secure=desk().is_secure)


def drop_session_cookie(answer: Response) -> None:
    """Take the token back."""
    answer.delete_cookie(
        cookie_name("ieum_session", is_secure=desk().is_secure),
        httponly=True,
        secure=desk().is_secure,
        samesite="Lax",
        path="/",
    )
    session.clear()


def own_path(written: str | None) -> str:
    """Give an address of our own to go on to, or the first page for anything else."""
    if not written or not written.startswith("/") or written.startswith("//"):
        return "/"
    return "/" if any(each in written for each in "\\\r\n\t") else written


def _admit() -> Response | None:
    g.account = g.web_session = None
    if request.endpoint in UNWATCHED:
        return None
    note_gateway()
    token = session_cookie()
    if token and (found := recognise(token, now=now(), sessions=desk().auth.sessions)):
        g.web_session, g.account = found
        if gateway_login() not in (None, g.account.login, session.get(GATEWAY)):
            # Somebody else sits there now.
            sign_out(token, now=now(), sessions=desk().auth.sessions)
            g.web_session = g.account = token = None
    if g.account is not None:
        prefer_account_language(g.account.language)
    if request.endpoint is None:
        return None  # Werkzeug answers 404 or 405 by itself.
    allowed: frozenset[str] = getattr(
        current_app.view_functions[request.endpoint], RULE, frozenset()
    )
    if "public" in allowed:
        return None
    if g.account is None:
        back = request.full_path.rstrip("?") if request.method != "POST" else "/"
        if token and request.method == "POST":
            back = _kept_for_later(token, allowed) or back
        where = "/sign-in" if back == "/" else f"/sign-in?{urlencode({'next': back})}"
        answer: Response = redirect(where, 303)  # type: ignore[assignment]  # Werkzeug's base type.
        return answer
    screen = screen_of(request.endpoint)
    needs_more = screen is not None and screen.is_for_administrators
    if g.account.role not in allowed or (needs_more and not g.account.administers):
        act = f"{request.method} {request.url_rule.rule if request.url_rule else '?'}"
        note_access(g.account, act, "403", is_denial=True)
        raise NotForRole
    return None


def _kept_for_later(token: str, allowed: frozenset[str]) -> str | None:
    """Keep a form that came in after its session had run out; gives where to go on with it.

    Nothing is shown, and nothing recorded: the draft waits for its account to sign in again.
    """
    account = whose_ended(token, sessions=desk().auth.sessions)
    if account is None or account.role not in allowed or "draft" not in request.args:
        return None
    current_app.extensions["csrf"].protect()
    folder = folder_of(account.id)
    try:
        draft = asked_draft(folder)
    except NoSuchDraft:
        draft = None
    if draft is None or draft.led_to is not None:
        return None if draft is None else draft.led_to
    if request.form.get("step") in ("record", "discard"):
        return address_of(draft)
    return address_of(keep_typed(draft, folder))


def _seal(answer: Response) -> Response:
    if desk().is_secure:
        answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return answer


def _keep_day(endpoint: str, values: dict[str, object]) -> None:
    if request and request.args.get("on") and is_dated(endpoint):
        values.setdefault("on", request.args["on"])
