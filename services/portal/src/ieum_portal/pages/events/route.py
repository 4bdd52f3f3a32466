"""행사: what is ahead, past or called off; the address says what is shown."""

from flask import Blueprint, render_template, request

from changefeed.subjects.event import EVENT_KINDS
from ieum_portal.domain.words import tidy
from ieum_portal.operations.events_page import PARTS, EventPart, EventSearch, events_page
from ieum_portal.pages.wired import chosen_day, neighbours

routes = Blueprint("events", __name__)

LONGEST_QUERY = 100


@routes.get("/events")
def show() -> str:
    """Show the events that fit."""
    kind = request.args.get("kind", "")
    search = EventSearch(
        _when(),
        tidy(request.args.get("q", ""))[:LONGEST_QUERY],
        kind if kind in EVENT_KINDS else "",
        request.args.get("after") or None,
    )
    page = events_page(search, on=chosen_day(), neighbours=neighbours())
    return render_template("events/page.html", page=page, kinds=EVENT_KINDS, parts=PARTS)


def _when() -> EventPart:
    written = request.args.get("when")
    return next((each for each in PARTS if each == written), "ahead")
