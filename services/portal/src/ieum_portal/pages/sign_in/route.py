"""Signing in and out."""

from flask import Blueprint, Response, g, make_response, redirect, render_template, request

from httpedge.access import allow
from ieum_portal.domain.account import folded_login
from ieum_portal.domain.browser import browser_in_short
from ieum_portal.domain.errors import TooManyAttempts, WrongCredentials
from ieum_portal.operations.passkeys import options_to_sign_in
from ieum_portal.operations.session import extend, sign_out, sign_out_everywhere
from ieum_portal.operations.sign_in import sign_in
from ieum_portal.pages.access_records.noting import SIGN_IN, SIGN_OUT, note_access
from ieum_portal.pages.entry import (
    device_cookie,
    drop_session_cookie,
    new_token,
    own_path,
    session_cookie,
    set_device_cookie,
    set_session_cookie,
)
from ieum_portal.pages.sign_in.challenges import new_challenge
from ieum_portal.pages.sign_in.gateway import enter_by_gateway, gateway_login
from ieum_portal.pages.wired import account, desk, now

routes = Blueprint("sign_in", __name__)


@routes.get("/sign-in")
def show() -> Response:
    """Ask for login and password, unless the city's gateway vouches for somebody."""
    if g.account is not None:
        return make_response(redirect(own_path(request.args.get("next")), 303))
    login = gateway_login()
    if login is None or request.args.get("left"):
        return _form()
    token = new_token()
    found = enter_by_gateway(login, token)
    if isinstance(found, str):
        return _form(fault=found, status=403)
    answer = make_response(redirect(own_path(request.args.get("next")), 303))
    set_session_cookie(answer, token, found)
    return answer


@routes.post("/sign-in")
@allow("public")
def enter() -> Response:
    """Let in whoever knows the password."""
    login, password = request.form.get("login", ""), request.form.get("password", "")
    if not login.strip() or not password:
        return _form(fault="empty", login=login, status=422)
    token, tried = new_token(), desk().auth.accounts.by_login(folded_login(login))
    try:
        found = sign_in(
            login,
            password,
            address=request.remote_addr or "unknown",
            token=token,
            now=now(),
            auth=desk().auth,
            mark=device_cookie(login),
            browser=browser_in_short(request.user_agent.string),
        )
    except WrongCredentials:
        note_access(tried, SIGN_IN, "wrong", is_denial=True)
        return _form(fault="wrong", login=login, status=422)
    except TooManyAttempts as many:
        note_access(tried, SIGN_IN, "held", is_denial=True)
        answer = _form(fault="many", login=login, status=429, wait_s=many.wait_s)
        answer.headers["Retry-After"] = str(many.wait_s)
        return answer
    answer = make_response(redirect(own_path(request.form.get("next")), 303))
    set_session_cookie(answer, token, found)
    set_device_cookie(answer, found)
    note_access(found, SIGN_IN, "ok", is_denial=False)
    return answer


@routes.post("/sign-out")
@allow("office", "department", "liaison", "auditor")
def leave() -> Response:
    """End this browser's session, or with `everywhere` all of the account's."""
    if request.form.get("everywhere"):
        sign_out_everywhere(account().id, now=now(), sessions=desk().auth.sessions)
    elif token := session_cookie():
        sign_out(token, now=now(), sessions=desk().auth.sessions)
    note_access(account(), SIGN_OUT, "ok", is_denial=False)
    answer = make_response(redirect("/sign-in?left=1", 303))
    drop_session_cookie(answer)
    return answer


@routes.post("/session/extend")
@allow("office", "department", "liaison", "auditor")
def stay() -> Response:
    """Let the session's idle time begin anew."""
    if token := session_cookie():
        extend(token, now=now(), sessions=desk().auth.sessions)
    return make_response(redirect(own_path(request.form.get("next")), 303))


def refused(fault: str, status: int, *, wait_s: int = 0) -> Response:
    """Say why another way in led nowhere; the form for a password is there."""
    answer = _form(fault=fault, status=status, wait_s=wait_s)
    if wait_s:
        answer.headers["Retry-After"] = str(wait_s)
    return answer


def _form(
    *, fault: str | None = None, login: str = "", status: int = 200, wait_s: int = 0
) -> Response:
    sign_on, site = desk().sign_on, desk().site
    text = render_template(
        "sign_in/page.html",
        fault=fault,
        login=login,
        wait_minutes=-(-wait_s // 60),
        next=own_path(request.values.get("next")),
        is_new=not desk().auth.accounts.are_there(),
        has_left=bool(request.args.get("left")),
        gateway_login=gateway_login(),
        passkey_options=site and options_to_sign_in(new_challenge("get"), site),
        provider=None if sign_on is None else sign_on.provider.name,
        has_chosen=bool(request.args.get("chosen")),
    )
    return make_response(text, status)
