"""파트너: the list, searched and filtered; the address says what is shown."""

from flask import Blueprint, render_template, request

from changefeed.subjects.partner import PARTNER_KINDS
from ieum_portal.domain.words import tidy
from ieum_portal.operations.partners_page import Search, partners_page
from ieum_portal.pages.wired import neighbours, on_day

routes = Blueprint("partners", __name__)

LONGEST_QUERY = 100


@routes.get("/partners")
def show() -> str:
    """Show the partners that fit."""
    kind = request.args.get("kind", "")
    search = Search(
        tidy(request.args.get("q", ""))[:LONGEST_QUERY],
        kind if kind in PARTNER_KINDS else "",
        request.args.get("after") or None,
    )
    page = partners_page(search, on=on_day(), neighbours=neighbours())
    return render_template("partners/page.html", page=page, kinds=PARTNER_KINDS)
