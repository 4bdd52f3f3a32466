"""내 계정: one's password, language, open sessions and last signings in."""

from collections.abc import Callable, Mapping
from typing import cast, get_args

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from httpedge.access import ACCESS_LOG
from httpedge.access_record import AccessLog
from ieum_portal.domain.errors import PasswordUnfit, TooManyAttempts
from ieum_portal.domain.password import SHORTEST
from ieum_portal.domain.words import Language
from ieum_portal.operations.own_account import (
    change_password,
    end_session,
    own_account,
    prefer_language,
)
from ieum_portal.operations.ports import AccessRecords
from ieum_portal.pages.access_records.noting import note_access
from ieum_portal.pages.access_records.route import EXTENSION
from ieum_portal.pages.entry import drop_session_cookie
from ieum_portal.pages.errors.faults import BadRequest
from ieum_portal.pages.wired import account, desk, now

routes = Blueprint("own_account", __name__)

CHANGED = "password_changed"
"""How the record of access calls it."""


@routes.route("/account", methods=["GET", "POST"])
def show() -> Response:
    """Show one's account, or do what its forms ask for."""
    if request.method == "POST":
        act = ACTS.get(request.form.get("act", ""))
        if act is None:
            raise BadRequest("form.unreadable")
        return act()
    return _page()


def _change_password() -> Response:
    typed = (request.form.get(each, "") for each in ("old", "password", "again"))
    try:
        change_password(
            account(),
            *typed,
            address=request.remote_addr or "unknown",
            auth=desk().auth,
            now=now(),
        )
    except TooManyAttempts as many:
        note_access(account(), CHANGED, "held", is_denial=True)
        answer = _page(fault="many")
        answer.status_code = 429
        answer.headers["Retry-After"] = str(many.wait_s)
        return answer
    except PasswordUnfit as unfit:
        note_access(account(), CHANGED, unfit.fault, is_denial=True)
        return _page(fault=unfit.fault)
    note_access(account(), CHANGED, "ok", is_denial=False)
    answer = make_response(redirect("/sign-in?chosen=1", 303))
    drop_session_cookie(answer)
    return answer


def _prefer_language() -> Response:
    wished = request.form.get("language", "")
    if wished not in get_args(Language):
        raise BadRequest("form.unreadable")
    prefer_language(account(), cast(Language, wished), auth=desk().auth)
    return make_response(redirect(url_for("own_account.show", lang=wished, done="language"), 303))


def _end_session() -> Response:
    end_session(account(), request.form.get("session", ""), auth=desk().auth, now=now())
    return make_response(redirect(url_for("own_account.show", done="session"), 303))


ACTS: Mapping[str, Callable[[], Response]] = {
    "password": _change_password,
    "language": _prefer_language,
    "session": _end_session,
}


def _page(*, fault: str | None = None) -> Response:
    log: AccessLog = current_app.extensions[ACCESS_LOG]
    log.flush()
    access: AccessRecords = current_app.extensions[EXTENSION]
    text = render_template(
        "own_account/page.html",
        own=own_account(account(), auth=desk().auth, access=access, now=now()),
        this_session=g.web_session.token_hash,
        fault=fault,
        shortest=SHORTEST,
        done=request.args.get("done"),
    )
    return make_response(text, 200 if fault is None else 422)
