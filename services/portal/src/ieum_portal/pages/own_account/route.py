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
from ieum_portal.domain.account import Account
from ieum_portal.domain.errors import PasswordUnfit, TooManyAttempts
from ieum_portal.domain.passkey import PasskeyRefused, RelyingParty
from ieum_portal.domain.password import SHORTEST
from ieum_portal.domain.words import Language
from ieum_portal.operations.own_account import (
    change_password,
    end_session,
    own_account,
    prefer_language,
)
from ieum_portal.operations.passkeys import (
    add_passkey,
    options_to_add,
    remove_passkey,
    rename_passkey,
)
from ieum_portal.operations.ports import AccessRecords
from ieum_portal.operations.sign_in import knows_password
from ieum_portal.pages.access_records.noting import note_access
from ieum_portal.pages.access_records.route import EXTENSION
from ieum_portal.pages.entry import drop_session_cookie
from ieum_portal.pages.errors.faults import BadRequest
from ieum_portal.pages.sign_in.challenges import held_challenge, new_challenge
from ieum_portal.pages.wired import account, desk, now

routes = Blueprint("own_account", __name__)

CHANGED = "password_changed"
PASSKEY_ADDED, PASSKEY_REMOVED = "passkey_added", "passkey_removed"
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


def _add_passkey() -> Response:
    """Keep a passkey that this device made, for whoever knows the password too, if there is one."""
    site, own = _site(), account()
    try:
        challenge = held_challenge("create")
        if own.password_hash:
            _must_know_password(own)
        said, name = request.form.get("credential", ""), request.form.get("name", "")
        add_passkey(own, said, name, challenge, site=site, passkeys=desk().passkeys, now=now())
    except TooManyAttempts as many:
        note_access(own, PASSKEY_ADDED, "held", is_denial=True)
        answer = _page(passkey_fault="held")
        answer.status_code = 429
        answer.headers["Retry-After"] = str(many.wait_s)
        return answer
    except PasskeyRefused as no:
        note_access(own, PASSKEY_ADDED, no.why, is_denial=True)
        return _page(passkey_fault=no.why)
    note_access(own, PASSKEY_ADDED, "ok", is_denial=False)
    return make_response(redirect(url_for("own_account.show", done="passkey"), 303))


def _must_know_password(own: Account) -> None:
    """Let nobody add a way in who only found the browser open.

    Raises:
        PasskeyRefused: `password`. TooManyAttempts: as at the door.
    """
    typed, address = request.form.get("old", ""), request.remote_addr or "unknown"
    if not knows_password(own, typed, address=address, auth=desk().auth, now=now()):
        raise PasskeyRefused("password")


def _remove_passkey() -> Response:
    try:
        remove_passkey(account(), request.form.get("passkey", ""), passkeys=desk().passkeys)
    except PasskeyRefused as no:
        note_access(account(), PASSKEY_REMOVED, no.why, is_denial=True)
        return _page(passkey_fault=no.why)
    note_access(account(), PASSKEY_REMOVED, "ok", is_denial=False)
    return make_response(redirect(url_for("own_account.show", done="passkey_removed"), 303))


def _rename_passkey() -> Response:
    called, name = request.form.get("passkey", ""), request.form.get("name", "")
    try:
        rename_passkey(account(), called, name, passkeys=desk().passkeys)
    except PasskeyRefused as no:
        return _page(passkey_fault=no.why)
    return make_response(redirect(url_for("own_account.show", done="passkey_renamed"), 303))


def _site() -> RelyingParty:
    found = desk().site
    if found is None:
        raise BadRequest("form.unreadable")
    return found


ACTS: Mapping[str, Callable[[], Response]] = {
    "password": _change_password,
    "language": _prefer_language,
    "session": _end_session,
    "passkey_add": _add_passkey,
    "passkey_rename": _rename_passkey,
    "passkey_remove": _remove_passkey,
}


def _page(*, fault: str | None = None, passkey_fault: str | None = None) -> Response:
    log: AccessLog = current_app.extensions[ACCESS_LOG]
    log.flush()
    access: AccessRecords = current_app.extensions[EXTENSION]
    site, passkeys = desk().site, desk().passkeys
    text = render_template(
        "own_account/page.html",
        passkeys=passkeys.of(account().id),
        passkey_fault=passkey_fault,
        passkey_options=site and options_to_add(account(), new_challenge("create"), site, passkeys),
        own=own_account(account(), auth=desk().auth, access=access, now=now()),
        this_session=g.web_session.token_hash,
        fault=fault,
        shortest=SHORTEST,
        done=request.args.get("done"),
    )
    return make_response(text, 200 if fault is None and passkey_fault is None else 422)
