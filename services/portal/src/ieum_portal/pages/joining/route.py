"""Choosing a password: invited by letter, or because the old one is forgotten.

To look at the page changes nothing: programs that open a letter's links before its reader use
nothing up.
"""

from flask import Blueprint, Response, make_response, redirect, render_template, request

from httpedge.access import allow
from ieum_portal.domain.account import Account
from ieum_portal.domain.errors import LinkClosed, PasswordUnfit, TooManyAttempts
from ieum_portal.domain.password import SHORTEST
from ieum_portal.operations.account_links import account_behind, ask_reset, choose_password
from ieum_portal.pages.access_records.noting import note_access
from ieum_portal.pages.wired import desk, invitations, now

routes = Blueprint("joining", __name__)

CHOSEN = "password_chosen"
"""How the record of access calls it."""


@routes.route("/join/<text>", methods=["GET", "POST"])
@allow("public")
def join(text: str) -> Response:
    """Let whoever holds the link choose a password."""
    means = invitations()
    try:
        link, account = account_behind(text, means=means, now=now())
        if request.method != "POST":
            return _form(account)
        password, again = request.form.get("password", ""), request.form.get("again", "")
        account = choose_password(text, password, again, means=means, now=now())
    except LinkClosed:
        note_access(None, CHOSEN, "closed", is_denial=True)
        return make_response(render_template("joining/closed.html"), 410)
    except PasswordUnfit as unfit:
        return _form(account, fault=unfit.fault)
    note_access(account, CHOSEN, link.purpose, is_denial=False)
    return make_response(redirect("/sign-in?chosen=1", 303))


@routes.route("/forgot", methods=["GET", "POST"])
@allow("public")
def forgot() -> Response:
    """Take the word of somebody who forgot a password; never say whether there is such a login."""
    if request.method != "POST":
        return make_response(
            render_template("joining/forgot.html", asked=bool(request.args.get("asked")))
        )
    login = request.form.get("login", "")
    if not login.strip():
        return make_response(render_template("joining/forgot.html", fault="empty"), 422)
    try:
        ask_reset(login, address=request.remote_addr or "?", means=invitations(), now=now())
    except TooManyAttempts as many:
        text = render_template(
            "joining/forgot.html", fault="many", wait_minutes=-(-many.wait_s // 60)
        )
        answer = make_response(text, 429)
        answer.headers["Retry-After"] = str(many.wait_s)
        return answer
    desk().letters.begin()
    return make_response(redirect("/forgot?asked=1", 303))


def _form(account: Account, *, fault: str | None = None) -> Response:
    text = render_template("joining/join.html", joining=account, fault=fault, shortest=SHORTEST)
    return make_response(text, 200 if fault is None else 422)
