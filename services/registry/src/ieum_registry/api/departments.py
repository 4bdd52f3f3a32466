"""Departments of the city."""

from marshmallow import fields

from changefeed.subjects.department import Department
from ieum_registry.api.asked import NamedQuery
from ieum_registry.api.plain import Plain, plain_routes
from ieum_registry.api.shapes.department import DepartmentBody, DepartmentShape
from ieum_registry.operations.department import change_department, register_department


class DepartmentsQuery(NamedQuery):
    """Filters of departments."""

    filters = {"office": "office"}

    office = fields.Boolean()


routes = plain_routes(
    Plain(
        Department,
        DepartmentShape,
        DepartmentBody,
        DepartmentsQuery,
        register_department,
        change_department,
    ),
    __doc__,
)
