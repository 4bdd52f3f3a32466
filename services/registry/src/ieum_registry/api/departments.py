"""Departments of the city."""

from uuid import UUID

from flask import Response
from marshmallow import fields

from changefeed.subjects.department import Department
from httpedge.access import allow
from ieum_registry.api.answers import Routes, listed, listing, one, recorded, tagged
from ieum_registry.api.asked import Asked, NamedQuery, OneAsked, OneQuery
from ieum_registry.api.shapes.department import DepartmentBody, DepartmentShape
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.wired import if_match, ledger
from ieum_registry.operations.department import change_department, register_department
from ieum_registry.operations.ports.ledger import Entry

routes = Routes("departments", __name__, url_prefix="/v1/departments", description=__doc__)


class DepartmentsQuery(NamedQuery):
    """Filters of departments."""

    filters = {"office": "office"}

    office = fields.Boolean()


@routes.route("", methods=["GET"])
@routes.arguments(DepartmentsQuery, location="query")
@routes.response(200, listed(DepartmentBody))
@allow("public")
def list_departments(asked: Asked) -> Response:
    """List departments by name."""
    return listing("department", asked)


@routes.route("", methods=["POST"])
@routes.arguments(DepartmentShape)
@routes.response(201, DepartmentBody)
@allow("office")
@recorded(201)
def register(department: Department) -> Entry:
    """Register a department."""
    return register_department(department, ledger=ledger())


@routes.route("/<uuid:department_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, DepartmentBody)
@allow("public")
@tagged
def show_department(asked: OneAsked, department_id: UUID) -> Response:
    """Show one department."""
    return one("department", department_id, asked)


@routes.route("/<uuid:department_id>", methods=["PATCH"])
@routes.arguments(patch_of(DepartmentShape))
@routes.response(200, DepartmentBody)
@allow("office")
@recorded(200)
def change(patch: Patch, department_id: UUID) -> Entry:
    """Change a department's facts."""
    return change_department(
        department_id, patch.onto, reason=patch.reason, seen=if_match(), ledger=ledger()
    )
