"""담당자: which roles there are at partners and departments, and who holds them on the day."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from changefeed.declared import Label
from changefeed.subjects.parts import Words
from changefeed.subjects.seat import SEAT_ROLES, Seat
from ieum_portal.domain.holding import held_on
from ieum_portal.operations.listing import Row
from ieum_portal.pages.listing.columns import Cell, Column, Pointed, Reading, declared, named
from ieum_portal.pages.listing.filters import Filter, declared_filter
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.subject.subject_page import SubjectPage, Way


def _holders(row: Row[Seat], reading: Reading) -> Cell:
    held = held_on(row.subject, reading.on)
    if held:
        return named(held, "contact", reading)
    vacant = gettext("비어 있음")
    return Cell(vacant, Markup('<span class="mark mark-soon">{}</span>').format(vacant))


def _points_at_holders(row: Row[Seat], on: date) -> Pointed:
    return (("contact", each) for each in held_on(row.subject, on))


HELD_BY = Filter(
    "holder",
    Label("담당자", "Held by"),
    "link",
    lambda value, _: {"holder": UUID(value)},
    of="contact",
    roles=("office",),
)

COLUMNS = (
    declared(Seat, "at", label=Label("소속", "Belongs to")),
    declared(Seat, "role"),
    Column("holders", Label("담당자", "Held by"), _holders, points_at=_points_at_holders),
    declared(Seat, "language"),
)
PEOPLE = ListPage(
    Seat,
    columns=COLUMNS,
    filters=(
        declared_filter(Seat, "role"),
        declared_filter(Seat, "language"),
        declared_filter(Seat, "at"),
        HELD_BY,
    ),
    begins=("people.register",),
    within={"department": "at", "contact": "holder"},
    holds_people=True,
)


def _called(seat: Seat, names: Mapping[UUID, Words]) -> Words:
    """Call a seat by its place and its role; its key is for files alone."""
    role, place = SEAT_ROLES[seat.role], names.get(seat.at.id)
    if place is None:
        return Words(role.ko, role.en)
    return Words(f"{place.ko} {role.ko}", f"{place.en or place.ko} {role.en}")


SEAT = SubjectPage(
    Seat,
    shown=COLUMNS,
    called=_called,
    asked=("at", "role", "language"),
    keeps=("at",),
    hints={
        "at": _l("담당을 둘 부서나 협약기관입니다."),
        "language": _l("누가 맡든 이 언어로 알림을 보냅니다."),
    },
    begins=(Way("seat_form.hand_over", "seat_id"),),
)
routes = SEAT.add_to(PEOPLE.routes("people", "/people"), "/seats")
