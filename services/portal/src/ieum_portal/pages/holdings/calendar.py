"""내 달력: the liaison's own days as a calendar that its program reads by an address."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from httpedge.access import allow
from ieum_portal.domain.errors import NotFound
from ieum_portal.domain.own_calendar import calendar_file
from ieum_portal.operations.own_calendar import open_calendar, own_days, whose_calendar
from ieum_portal.pages.wired import account, desk, now, today

routes = Blueprint("own_calendar", __name__)

FROM = 90
"""So many days back the calendar begins."""


@routes.get("/our-records/calendar")
def show() -> str:
    """Say whether the reader has a calendar, with the forms that open and close it."""
    made_at = desk().calendars.made_at(account().id)
    return render_template("holdings/calendar.html", made_at=made_at, address=None)


@routes.post("/our-records/calendar")
@allow("liaison")
def change() -> Response:
    """Open the calendar under a new address, which is told this once, or close it."""
    if request.form.get("act") != "open":
        desk().calendars.drop(account().id)
        return make_response(redirect(url_for("own_calendar.show"), 303))
    token = open_calendar(account().id, links=desk().calendars, now=now())
    address = url_for("own_calendar.read", token=token, _external=True)
    page = render_template("holdings/calendar.html", made_at=now(), address=address)
    return make_response(page)


@routes.get("/calendar/<token>.ics")
@allow("public")
def read(token: str) -> Response:
    """Give the calendar that a token opens; 304 while its days are the same."""
    owner = whose_calendar(token, links=desk().calendars, accounts=desk().auth.accounts)
    if owner is None:
        raise NotFound
    found = desk().connect(owner.viewer(), owner.language)
    days = own_days(found, link_to=_page, from_on=today() - timedelta(days=FROM))
    written = calendar_file(gettext("이음"), {each.uid: each for each in days}.values())
    answer = make_response(written)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.make_conditional(request)
    return answer


def _page(kind: str, subject_id: UUID) -> str:
    """Give where something is read; a milestone among the records of its partner."""
    values: dict[str, Any] = {"agreement_id": subject_id}
    if kind == "agreement":
        return url_for("agreement.show", _external=True, **values)
    return url_for("holdings.show", _external=True, _anchor="milestone")
