"""Declared days: working days and days off beside the public holidays."""

from uuid import UUID

from flask import Response

from changefeed.subjects.calendar_day import CalendarDay
from httpedge.access import allow
from ieum_registry.api.answers import Routes, listed, listing, one, recorded, tagged
from ieum_registry.api.asked import Asked, NamedQuery, OneAsked, OneQuery, query_of
from ieum_registry.api.shapes.calendar_day import CalendarDayBody, CalendarDayShape
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.sheets import on_a_sheet
from ieum_registry.api.wired import if_match, ledger
from ieum_registry.operations.calendar_day import change_calendar_day, declare_calendar_day
from ieum_registry.operations.ports.ledger import Entry

routes = Routes("calendar-days", __name__, url_prefix="/v1/calendar-days", description=__doc__)


@routes.route("", methods=["GET"])
@routes.arguments(query_of(CalendarDay, NamedQuery), location="query")
@routes.response(200, listed(CalendarDayBody))
@allow("public")
@on_a_sheet
def list_calendar_days(asked: Asked) -> Response:
    """List declared days in order."""
    return listing("calendar_day", asked)


@routes.route("", methods=["POST"])
@routes.arguments(CalendarDayShape)
@routes.response(201, CalendarDayBody)
@allow("office")
@recorded(201)
def declare(day: CalendarDay) -> Entry:
    """Declare a day to be a working day or not."""
    return declare_calendar_day(day, ledger=ledger())


@routes.route("/<uuid:day_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, CalendarDayBody)
@allow("public")
@tagged
def show_calendar_day(asked: OneAsked, day_id: UUID) -> Response:
    """Show one declared day."""
    return one("calendar_day", day_id, asked)


@routes.route("/<uuid:day_id>", methods=["PATCH"])
@routes.arguments(patch_of(CalendarDayShape))
@routes.response(200, CalendarDayBody)
@allow("office")
@recorded(200)
def change(patch: Patch, day_id: UUID) -> Entry:
    """Change a declared day."""
    return change_calendar_day(
        day_id, patch.onto, reason=patch.reason, seen=if_match(), ledger=ledger()
    )
