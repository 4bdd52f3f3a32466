"""할 일: what needs somebody today."""

from uuid import UUID

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request

from httpedge.access import allow
from ieum_portal.domain.errors import NeighbourRefused
from ieum_portal.domain.operation import About
from ieum_portal.operations.today_page import today_page
from ieum_portal.pages.changing.done import recorded_number
from ieum_portal.pages.today.acts import acts_of, filled_at
from ieum_portal.pages.wired import account, neighbours, on_day, today

routes = Blueprint("today", __name__)


@routes.get("/")
def show() -> str:
    """Show milestones and events that are due, alarms, and whether the machinery runs."""
    page = today_page(
        account().viewer(),
        on=on_day(),
        today=today(),
        wants_all=request.args.get("whose") == "all",
        neighbours=neighbours(),
    )
    return render_template(
        "today/page.html",
        page=page,
        recorded=recorded_number(),
        resent=request.args.get("resent"),
        acts_of=acts_of,
        filled_at=filled_at,
    )


@routes.post("/letters/resend")
@allow("office")
def send_again() -> Response:
    """Let the letters that an alarm is about go out again at once."""
    try:
        about = About(request.form["type"], UUID(request.form["id"]))
    except ValueError:
        abort(422)
    try:
        neighbours().notify.resend(about)
    except NeighbourRefused as refused:
        if not refused.code.startswith("resend."):
            raise
        return make_response(redirect("/?resent=nothing#alarms", 303))
    return make_response(redirect("/?resent=letters#alarms", 303))
