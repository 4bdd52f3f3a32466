"""협약: one of them, with everything that was signed, committed and promised under it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from markupsafe import Markup

from changefeed.declared import Label, fields_of
from changefeed.mapping import to_facts
from changefeed.subjects.agreement import Agreement, End
from ieum_portal.domain.bounds import ever_holds, is_bounded
from ieum_portal.operations.agreement_page import AgreementPage, agreement_page
from ieum_portal.pages.agreement.moves import ways_of
from ieum_portal.pages.agreement.sentences import recorded_by
from ieum_portal.pages.changing.done import recorded_number
from ieum_portal.pages.facts import written_as
from ieum_portal.pages.listing.list_page import excerpts
from ieum_portal.pages.wired import account, desk, neighbours, on_day, today

routes = Blueprint("agreement", __name__)


@routes.get("/agreements/<uuid:agreement_id>")
def show(agreement_id: UUID) -> str:
    """Show one agreement as of a day."""
    accounts = desk().auth.accounts if account().viewer().may_see_colleagues else None
    after = request.args.get("after") or None
    page = agreement_page(
        agreement_id,
        on=on_day(),
        neighbours=neighbours(),
        accounts=accounts,
        may_move=account().role == "office" and on_day() == today(),
        after=after,
    )
    return render_template(
        "agreement/page.html",
        page=page,
        after=after,
        recorded_by=recorded_by,
        own=frozenset(neighbours().own_partners()),
        recorded=recorded_number(),
        excerpts=excerpts("agreement", agreement_id),
        is_bounded=is_bounded,
        ever_holds=ever_holds,
        more_facts=list(_more_facts(page)),
        ways=ways_of(agreement_id, page.moves),
    )


def _more_facts(page: AgreementPage) -> Iterator[tuple[Label, Markup]]:
    """Give, as declared, what is said of it and has no place of its own on the page."""
    facts: dict[str, Any] = {**to_facts(page.agreement)}
    for kind_of, told in ((End, facts["end"]), (Agreement, facts)):
        for each in fields_of(kind_of):
            value = told.get(each.key)
            if each.key in PLACED or value in (None, [], ()):
                continue
            written = (
                Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(value)
                if each.fact.form == "web"
                else written_as(value, each, page.named)
            )
            yield each.fact.label, written


PLACED = frozenset(
    {
        *("id", "key", "kind", "title", "end", "parties", "signed_on", "signed_as"),
        *("effective_on", "effective_as", "number", "approval_number", "purpose"),
        *("lead_department_id", "parent_id", "venue", "provenance"),
        *("rule", "ends_on", "ends_as", "note"),
    }
)
"""The facts that the page shows in a place of their own."""
