"""Departments on the wire."""

from marshmallow import fields

from changefeed.subjects.department import Department
from ieum_registry.api.shapes.parts import WordsShape, key_field
from ieum_registry.api.shapes.subject import Body, SubjectShape


class DepartmentShape(SubjectShape):
    """A department of the city."""

    makes = Department

    key = key_field()
    name = fields.Nested(WordsShape, required=True)
    office = fields.Boolean(load_default=False)


class DepartmentBody(Body, DepartmentShape):
    """A department on record."""
