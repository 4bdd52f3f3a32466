"""행사: one event on both clocks, its deadlines, and who goes."""

from uuid import UUID

from flask import Blueprint, render_template

from ieum_portal.operations.event_page import event_page
from ieum_portal.pages.changing.done import recorded_number
from ieum_portal.pages.wired import chosen_day, neighbours, today

routes = Blueprint("event", __name__)


@routes.get("/events/<uuid:event_id>")
def show(event_id: UUID) -> str:
    """Show the event."""
    recorded = recorded_number()
    page = event_page(
        event_id, on=chosen_day(), today=today(), neighbours=neighbours(), written=recorded
    )
    return render_template("event/page.html", page=page, recorded=recorded)
