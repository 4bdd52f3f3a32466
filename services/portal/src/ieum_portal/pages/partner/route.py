"""파트너: one of them, with everything that hangs on it."""

from uuid import UUID

from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from changefeed.subjects.partner import Partner
from ieum_portal.operations.partner_page import partner_page
from ieum_portal.pages.changing.done import recorded_number
from ieum_portal.pages.listing.list_page import excerpts
from ieum_portal.pages.wired import account, neighbours, on_day

routes = Blueprint("partner", __name__)


@routes.get("/partners/<uuid:partner_id>")
def show(partner_id: UUID) -> Response | str:
    """Show one partner as of a day; one that was merged leads to who stands for it."""
    # First: the page itself waits for the graph, and these are not to wait with it.
    lists = excerpts("partner", partner_id)
    page = partner_page(partner_id, viewer=account().viewer(), on=on_day(), neighbours=neighbours())
    one = page.partner
    if one.id != partner_id:
        return make_response(redirect(url_for("partner.show", partner_id=one.id), 302))
    registry = neighbours().registry
    return render_template(
        "partner/page.html",
        page=page,
        merged=registry.by_id(Partner, one.merged_ids) if one.merged_ids else {},
        own=neighbours().own_partners(),
        recorded=recorded_number(),
        excerpts=lists,
    )
