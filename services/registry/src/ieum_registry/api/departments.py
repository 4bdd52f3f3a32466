"""Departments of the city."""

from changefeed.subjects.department import Department
from ieum_registry.api.plain import Plain, plain_routes
from ieum_registry.api.shapes.department import DepartmentBody, DepartmentShape
from ieum_registry.operations.department import change_department, register_department

routes = plain_routes(
    Plain(
        Department,
        DepartmentShape,
        DepartmentBody,
        register_department,
        change_department,
    ),
    __doc__,
)
