"""협약: the list, by state on the day; the address says what is shown."""

from flask import Blueprint, render_template, request

from httpedge.access import allow
from ieum_portal.domain.words import tidy
from ieum_portal.operations.agreements_page import STATES, agreements_page
from ieum_portal.pages.dated import dated
from ieum_portal.pages.wired import neighbours, on_day

routes = Blueprint("agreements", __name__)

LONGEST_QUERY = 100


@routes.get("/agreements")
@allow("office", "department", "liaison", "auditor")
@dated
def show() -> str:
    """Show the agreements that fit."""
    state = request.args.get("state", "")
    page = agreements_page(
        tidy(request.args.get("q", ""))[:LONGEST_QUERY],
        state if state in STATES else "",
        is_ending=request.args.get("ends") == "90",
        on=on_day(),
        neighbours=neighbours(),
    )
    return render_template("agreements/page.html", page=page, states=STATES)
