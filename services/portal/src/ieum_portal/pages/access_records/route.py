"""The record of access: its page for whoever reviews it, and the portal's own part as data."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from httpedge.access import ACCESS_LOG, allow
from httpedge.access_record import AccessLog, Counted
from ieum_portal.domain.access_review import Month, Place, Review
from ieum_portal.operations.access_review import access_review
from ieum_portal.operations.ports import AccessRecords
from ieum_portal.pages.labels import label
from ieum_portal.pages.wired import account, desk, neighbours, today

routes = Blueprint("access_records", __name__)

AT_ONCE = 100
_CONVERTER = re.compile("<[^>]+>")
"""What a route's rule has in place of an id."""

OUTCOMES = ("200", "401", "403", "404")
EXTENSION = "ieum_access_records"


@routes.get("/access-records")
@allow("office", "auditor")
def show() -> Response:
    """Give who signed in, tried to, or was denied a page, the newest first."""
    log: AccessLog = current_app.extensions[ACCESS_LOG]
    log.flush()
    kept: AccessRecords = current_app.extensions[EXTENSION]
    found = kept.page(after=Place.read(request.args.get("after")), limit=AT_ONCE)
    last = found[-1] if len(found) == AT_ONCE else None
    following = None if last is None else str(Place(last.first_at, last.key))
    return jsonify({"items": [_said(each) for each in found], "next": following})


@routes.get("/access")
def review() -> str:
    """Show who saw people's data in a month, or who signed in; the address says what is shown."""
    log: AccessLog = current_app.extensions[ACCESS_LOG]
    log.flush()
    asked = _review()
    page = access_review(
        asked,
        viewer=account().viewer(),
        neighbours=neighbours(),
        access=current_app.extensions[EXTENSION],
        accounts=desk().auth.accounts,
    )
    return render_template("access_records/page.html", page=page, review=asked, shown_by=_shown_by)


def _shown_by(act: str) -> str:
    return label(_CONVERTER.sub("{id}", act), "shown_by")


def _review() -> Review:
    """Read what is looked at; what nobody could look for is left aside."""
    asked = request.args
    month = Month.read(asked.get("month", "")) or Month.of(today())
    outcome = asked.get("outcome", "")
    try:
        person = UUID(asked.get("person", ""))
    except ValueError:
        person = None
    return Review(
        "entries" if asked.get("what") == "entries" else "people",
        month,
        asked.get("account") or None,
        person,
        outcome if outcome in OUTCOMES else None,
        asked.get("taken") == "1",
        asked.get("after"),
    )


def _said(each: Counted) -> dict[str, Any]:
    access = each.access
    return {
        "at": _instant(each.first_at),
        "last_at": _instant(each.last_at),
        "times": each.times,
        "account": access.account,
        "role": access.role,
        "address": access.address,
        "act": access.act,
        "outcome": access.outcome,
    }


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
