"""Declared days: working days and days off beside the public holidays."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from changefeed.subjects.calendar_day import CalendarDay
from httpedge.access import allow
from httpedge.day import Day
from ieum_registry.api.answers import Routes, listed, listing, one, recorded, tagged
from ieum_registry.api.asked import Asked, NamedQuery, OneAsked, OneQuery
from ieum_registry.api.shapes.calendar_day import CalendarDayBody, CalendarDayShape
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.wired import if_match, ledger
from ieum_registry.operations.calendar_day import change_calendar_day, declare_calendar_day
from ieum_registry.operations.ports.condition import Condition, at_least, at_most
from ieum_registry.operations.ports.ledger import Entry

routes = Routes("calendar-days", __name__, url_prefix="/v1/calendar-days", description=__doc__)


class CalendarDaysQuery(NamedQuery):
    """Filters of declared days."""

    filters = {"working": "working"}

    working = fields.Boolean()
    day_from = Day()
    day_to = Day()

    def conditions(self, data: dict[str, Any], day: date) -> list[Condition]:  # noqa: ARG002
        """Lie between two days, both included."""
        return [
            *([at_least("on", data["day_from"])] if "day_from" in data else []),
            *([at_most("on", data["day_to"])] if "day_to" in data else []),
        ]


@routes.route("", methods=["GET"])
@routes.arguments(CalendarDaysQuery, location="query")
@routes.response(200, listed(CalendarDayBody))
@allow("public")
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
