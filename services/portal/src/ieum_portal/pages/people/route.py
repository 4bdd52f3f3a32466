"""담당자: which roles there are at partners and departments, and who holds them on the day."""

from datetime import date

from flask_babel import gettext
from markupsafe import Markup

from changefeed.declared import Label
from changefeed.subjects.seat import Seat
from ieum_portal.domain.holding import held_on
from ieum_portal.operations.listing import Row
from ieum_portal.pages.listing.columns import Cell, Column, Pointed, Reading, declared, named
from ieum_portal.pages.listing.filters import declared_filter
from ieum_portal.pages.listing.list_page import ListPage


def _holders(row: Row[Seat], reading: Reading) -> Cell:
    held = held_on(row.subject, reading.on)
    if held:
        return named(held, "contact", reading)
    vacant = gettext("비어 있음")
    return Cell(vacant, Markup('<span class="mark mark-soon">{}</span>').format(vacant))


def _points_at_holders(row: Row[Seat], on: date) -> Pointed:
    return (("contact", each) for each in held_on(row.subject, on))


PEOPLE = ListPage(
    Seat,
    columns=(
        declared(Seat, "at", label=Label("소속", "Belongs to")),
        declared(Seat, "role"),
        Column("holders", Label("담당자", "Held by"), _holders, points_at=_points_at_holders),
        declared(Seat, "language"),
    ),
    filters=(
        declared_filter(Seat, "role"),
        declared_filter(Seat, "language"),
        declared_filter(Seat, "at"),
    ),
    has_files=False,
)
routes = PEOPLE.routes("people", "/people")
