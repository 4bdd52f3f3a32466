"""할 일: what needs somebody today."""

from flask import Blueprint, render_template

from httpedge.access import allow
from ieum_portal.operations.today_page import today_page
from ieum_portal.pages.changing.done import recorded_number
from ieum_portal.pages.dated import dated
from ieum_portal.pages.wired import account, neighbours, on_day, today

routes = Blueprint("today", __name__)


@routes.get("/")
@allow("office", "department", "liaison", "auditor")
@dated
def show() -> str:
    """Show milestones and events that are due, alarms, and whether the machinery runs."""
    page = today_page(account().viewer(), on=on_day(), today=today(), neighbours=neighbours())
    return render_template("today/page.html", page=page, recorded=recorded_number())
