"""인사이동: which there were, whose is to be handed over, and the receipt of one."""

from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from markupsafe import escape

from changefeed.declared import Label
from changefeed.subjects.handover import HANDED_TYPES, KEPT, Handover
from ieum_portal.operations.handover_page import (
    givers,
    may_be_taken_back,
    receipt,
)
from ieum_portal.operations.listing import Row
from ieum_portal.pages.changing.done import recorded_number
from ieum_portal.pages.handovers.paper import book_of, pdf_of, state_of
from ieum_portal.pages.listing.columns import Cell, Column, Pointed, Reading, declared, named, text
from ieum_portal.pages.listing.files import WORKBOOK
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.wired import neighbours, today


def _whom(handover: Handover, way: str) -> tuple[str, UUID]:
    person = getattr(handover, f"{way}_contact_id")
    if person is not None:
        return "contact", person
    return "department", getattr(handover, f"{way}_department_id")


def _column(name: str, way: str, label: Label) -> Column:
    def cell(row: Row[Handover], reading: Reading) -> Cell:
        kind, one = _whom(row.subject, way)
        return named((one,), kind, reading)

    def points_at(row: Row[Handover], _: date) -> Pointed:
        return (_whom(row.subject, way),)

    return Column(name, label, cell, points_at=points_at)


def _many(row: Row[Handover], _: Reading) -> Cell:
    many = len(row.subject.matters)
    return Cell(many, escape(gettext("%(num)s건", num=many)))


def _state(row: Row[Handover], _: Reading) -> Cell:
    return text(state_of(row.subject))


HANDOVERS = ListPage(
    Handover,
    columns=(
        declared(Handover, "on"),
        _column("from", "from", Label("넘긴 쪽", "From")),
        _column("to", "to", Label("맡은 쪽", "To")),
        Column("matters", Label("넘긴 것", "Handed over"), _many),
        Column("state", Label("상태", "State"), _state),
    ),
    begins=("handovers.begin",),
    holds_people=True,
)
routes = HANDOVERS.routes("handovers", "/handovers")


@routes.get("/handovers/new")
def begin() -> Response | str:
    """Ask who hands over, and lead to the form of what they answer for."""
    for whose in ("contact", "department"):
        if chosen := request.args.get(whose):
            named: dict[str, Any] = {f"{whose}_id": chosen}
            endpoint = "of_person" if whose == "contact" else "of_department"
            return make_response(redirect(url_for(f"handover_form.{endpoint}", **named), 303))
    found = givers(today(), registry=neighbours().registry)
    return render_template("handovers/begin.html", found=found)


@routes.get("/handovers/<uuid:handover_id>")
def one(handover_id: UUID) -> str:
    """Show the receipt of a handover, its list to sign, and the way back."""
    found = receipt(handover_id, counted_on=today(), registry=neighbours().registry)
    return render_template(
        "handovers/page.html",
        page=found,
        handover=found.handover,
        types=HANDED_TYPES,
        kept=KEPT,
        state=state_of(found.handover),
        may_be_taken_back=may_be_taken_back(found.handover, today()),
        recorded=recorded_number(),
    )


@routes.get("/handovers/<uuid:handover_id>/list.pdf")
def paper(handover_id: UUID) -> Response:
    """Give the list to print and sign (인계인수서)."""
    found = receipt(handover_id, counted_on=None, registry=neighbours().registry)
    return _named(pdf_of(found), "application/pdf", found.handover, "pdf")


@routes.get("/handovers/<uuid:handover_id>/list.xlsx")
def workbook(handover_id: UUID) -> Response:
    """Give the same list as a workbook."""
    found = receipt(handover_id, counted_on=None, registry=neighbours().registry)
    return _named(book_of(found), WORKBOOK, found.handover, "xlsx")


def _named(body: bytes, kind: str, handover: Handover, ending: str) -> Response:
    name = quote(f"{gettext('인계인수서')}-{handover.on.isoformat()}.{ending}")
    told = f"attachment; filename=\"handover.{ending}\"; filename*=UTF-8''{name}"
    return Response(body, content_type=kind, headers={"Content-Disposition": told})
