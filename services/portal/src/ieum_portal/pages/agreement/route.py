"""협약: one of them, with everything that was signed, committed and promised under it."""

from uuid import UUID

from flask import Blueprint, render_template, request

from ieum_portal.domain.bounds import ever_holds, is_bounded
from ieum_portal.operations.agreement_page import agreement_page
from ieum_portal.pages.agreement.sentences import recorded_by
from ieum_portal.pages.changing.done import recorded_number
from ieum_portal.pages.listing.list_page import excerpts
from ieum_portal.pages.wired import account, desk, neighbours, on_day

routes = Blueprint("agreement", __name__)


@routes.get("/agreements/<uuid:agreement_id>")
def show(agreement_id: UUID) -> str:
    """Show one agreement as of a day."""
    accounts = desk().auth.accounts if account().viewer().may_see_colleagues else None
    after = request.args.get("after") or None
    page = agreement_page(
        agreement_id, on=on_day(), neighbours=neighbours(), accounts=accounts, after=after
    )
    return render_template(
        "agreement/page.html",
        page=page,
        after=after,
        recorded_by=recorded_by,
        recorded=recorded_number(),
        excerpts=excerpts("agreement", agreement_id),
        is_bounded=is_bounded,
        ever_holds=ever_holds,
    )
