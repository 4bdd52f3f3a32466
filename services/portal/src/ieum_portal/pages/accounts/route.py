"""계정 관리: who may sign in, inviting people, and what is done with an account."""

from collections.abc import Callable, Mapping
from uuid import UUID

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from ieum_portal.domain.account import ADMINISTRATING, Account
from ieum_portal.domain.errors import (
    AccountEnded,
    AccountUnfit,
    LastAdministrator,
    LinkClosed,
    LoginTaken,
    LoginUnknown,
    NotFound,
)
from ieum_portal.domain.viewer import ROLES, Role
from ieum_portal.operations.account_links import invite as send_invitation
from ieum_portal.operations.account_links import invite_again
from ieum_portal.operations.account_pages import (
    Invitable,
    account_with,
    all_accounts,
    departments_for,
    invitable,
    shown,
)
from ieum_portal.operations.accounts import (
    NewAccount,
    appoint,
    change_account,
    end_account,
    lock_account,
    unlock_account,
)
from ieum_portal.pages.access_records.noting import note_access
from ieum_portal.pages.errors.faults import BadRequest
from ieum_portal.pages.wired import account, desk, invitations, neighbours, now

routes = Blueprint("accounts", __name__)


@routes.get("/accounts")
def show() -> str:
    """List all accounts."""
    return render_template("accounts/list.html", found=all_accounts(invitations(), now()))


@routes.route("/accounts/new", methods=["GET", "POST"])
def invite() -> Response:
    """Ask whom to invite, or do it."""
    means = invitations()
    offered = invitable(_id(request.args.get("at")), neighbours=neighbours(), means=means)
    if request.method != "POST":
        return _form(offered)
    try:
        wanted = _wanted(offered)
        made = send_invitation(wanted, account(), means=means, now=now())
    except AccountUnfit as unfit:
        return _form(offered, fault=unfit.part)
    except LoginTaken:
        return _form(offered, fault="taken")
    note_access(account(), f"account_invited:{made.id}", "ok", is_denial=False)
    desk().letters.begin()
    return make_response(redirect(url_for("accounts.one", account_id=made.id, done="invited"), 303))


@routes.route("/accounts/<uuid:account_id>", methods=["GET", "POST"])
def one(account_id: UUID) -> Response:
    """Show one account, or do with it what its buttons say."""
    found = account_with(account_id, invitations())
    if request.method != "POST":
        return _page(found)
    asked = request.form.get("act", "")
    if asked not in ACTS:
        raise BadRequest("form.unreadable")
    try:
        ACTS[asked](found)
    except LastAdministrator:
        return _page(found, fault="last")
    except AccountUnfit as unfit:
        return _page(found, fault=unfit.part)
    except LinkClosed:
        return _page(found, fault="locked")
    except (AccountEnded, LoginUnknown):
        return _page(account_with(account_id, invitations()), fault="ended")
    note_access(account(), f"account_{asked}:{account_id}", "ok", is_denial=False)
    return make_response(redirect(url_for("accounts.one", account_id=account_id, done=asked), 303))


def _send_again(found: Account) -> None:
    invite_again(found.login, account(), means=invitations(), now=now())
    desk().letters.begin()


def _lock(found: Account) -> None:
    lock_account(found.login, auth=desk().auth, now=now())


def _unlock(found: Account) -> None:
    unlock_account(found.login, auth=desk().auth, now=now())


def _appoint(found: Account) -> None:
    appoint(found.login, is_administrator=True, auth=desk().auth)


def _dismiss(found: Account) -> None:
    appoint(found.login, is_administrator=False, auth=desk().auth)


def _end(found: Account) -> None:
    if request.form.get("sure") != "1":
        raise AccountUnfit("sure")
    end_account(found, auth=desk().auth, now=now())


def _change(found: Account) -> None:
    """Give another role to one of the city's own, or another department."""
    role = _role(request.form.get("role"))
    change_account(
        found.login,
        role=role,
        contact_id=found.contact_id if role == "liaison" else None,
        department=_id(request.form.get("department")) if role == "department" else None,
        auth=desk().auth,
        now=now(),
    )


ACTS: Mapping[str, Callable[[Account], None]] = {
    "send": _send_again,
    "lock": _lock,
    "unlock": _unlock,
    "appoint": _appoint,
    "dismiss": _dismiss,
    "change": _change,
    "end": _end,
}


def _wanted(offered: Invitable) -> NewAccount:
    form = request.form
    role = _role(form.get("role"))
    contact_id = _id(form.get("contact"))
    if role == "liaison":
        person = offered.people.get(contact_id) if contact_id else None
        if person is None or person.name is None:
            raise AccountUnfit("contact")
        login = form.get("login", "").strip() or person.email or ""
        return NewAccount(login, person.name, role, person.language, contact_id=person.id)
    return NewAccount(
        form.get("login", ""),
        form.get("name", ""),
        role,
        "en" if form.get("language") == "en" else "ko",
        department=_id(form.get("department")) if role == "department" else None,
        is_administrator=form.get("is_administrator") == "1" and role in ADMINISTRATING,
    )


def _role(written: str | None) -> Role:
    found = next((each for each in ROLES if each == written), None)
    if found is None:
        raise AccountUnfit("role")
    return found


def _id(written: str | None) -> UUID | None:
    """Read an id of an address or a form; none written is none.

    Raises:
        NotFound: It is no id.
    """
    if not written:
        return None
    try:
        return UUID(written)
    except ValueError as error:
        raise NotFound from error


def _form(offered: Invitable, *, fault: str | None = None) -> Response:
    roles = [each for each in ROLES if (each == "liaison") == (offered.partner is not None)]
    text = render_template(
        "accounts/invite.html",
        offered=offered,
        roles=roles,
        typed=request.form,
        fault=fault,
    )
    return make_response(text, 200 if fault is None else 422)


def _page(found: Account, *, fault: str | None = None) -> Response:
    departments = departments_for(found, neighbours())
    text = render_template(
        "accounts/one.html",
        shown=shown(found, invitations(), now()),
        departments=departments.all,
        missing=departments.missing,
        roles=[each for each in ROLES if each != "liaison"],
        fault=fault,
        done=request.args.get("done"),
    )
    return make_response(text, 200 if fault is None else 422)
