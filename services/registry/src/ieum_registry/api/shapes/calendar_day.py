"""Declared days on the wire."""

from marshmallow import fields

from changefeed.subjects.calendar_day import CalendarDay
from httpedge.day import Day
from ieum_registry.api.shapes.parts import Line, WordsShape, key_field
from ieum_registry.api.shapes.subject import Body, SubjectShape


class CalendarDayShape(SubjectShape):
    """A day declared to be a working day or not."""

    makes = CalendarDay

    key = key_field()
    on = Day(required=True)
    working = fields.Boolean(required=True)
    name = fields.Nested(WordsShape, required=True)
    decreed_by = Line(required=True)


class CalendarDayBody(Body, CalendarDayShape):
    """A declared day on record."""
