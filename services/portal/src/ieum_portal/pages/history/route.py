"""이력: what was changed, by whom and why; the address says what is shown."""

from datetime import date
from uuid import UUID

from flask import Blueprint, render_template, request

from changefeed.kinds import KINDS, SUBJECT_TYPES
from ieum_portal.operations.history_page import HistorySearch, history_page
from ieum_portal.operations.ports import Sought
from ieum_portal.pages.errors.faults import BadRequest
from ieum_portal.pages.labels import ACTOR_ROLES
from ieum_portal.pages.waiting import take_time
from ieum_portal.pages.wired import EARLIEST, LATEST, account, desk, neighbours, now

routes = Blueprint("history", __name__)


@routes.get("/history")
def show() -> str:
    """Show the entries that fit, the newest first."""
    search = HistorySearch(_sought(), _number("before"), request.args.get("chain") == "all")
    if search.checks_all:
        take_time()
    page = history_page(
        search,
        viewer=account().viewer(),
        neighbours=neighbours(),
        accounts=desk().auth.accounts,
    )
    kinds = {
        each: [kind.name for kind in KINDS.values() if kind.subject_type == each]
        for each in SUBJECT_TYPES
    }
    return render_template(
        "history/page.html", page=page, kinds=kinds, roles=ACTOR_ROLES, checked_at=now()
    )


def _sought() -> Sought:
    """Read what is looked for; what nobody could look for is left aside."""
    what, role = request.args.get("what", ""), request.args.get("role", "")
    first, last = _day("from"), _day("to")
    if first is not None and last is not None and last < first:
        raise BadRequest("days.unreadable")
    return Sought(
        _subject(),
        what if what in SUBJECT_TYPES else None,
        what if what in KINDS else None,
        role if role in ACTOR_ROLES else None,
        first,
        last,
    )


def _subject() -> UUID | None:
    try:
        return UUID(request.args["subject"])
    except (KeyError, ValueError):
        return None


def _number(name: str) -> int | None:
    written = request.args.get(name, "")
    is_number = written.isascii() and written.isdigit() and 0 < len(written) <= 15
    return int(written) if is_number and int(written) > 0 else None


def _day(name: str) -> date | None:
    written = request.args.get(name, "").strip()
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise BadRequest("days.unreadable") from error
    if not EARLIEST <= day <= LATEST:
        raise BadRequest("days.unreadable")
    return day
