"""Service fields: the industries and sides of life that a programme serves."""

from uuid import UUID

from flask import Response
from marshmallow import fields, validate

from changefeed.subjects.catalogue import FIELD_GROUPS, ServiceField
from httpedge.access import allow
from ieum_registry.api.answers import Routes, listed, listing, one, recorded, tagged
from ieum_registry.api.asked import Asked, NamedQuery, OneAsked, OneQuery
from ieum_registry.api.shapes.catalogue import ServiceFieldBody, ServiceFieldShape
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.wired import if_match, ledger
from ieum_registry.operations.catalogue import change_item, register_item
from ieum_registry.operations.ports.ledger import Entry

routes = Routes("service-fields", __name__, url_prefix="/v1/service-fields", description=__doc__)


class ServiceFieldsQuery(NamedQuery):
    """Filters of service fields."""

    filters = {"programme": "programme_id", "group": "group"}

    programme = fields.UUID()
    group = fields.String(validate=validate.OneOf(FIELD_GROUPS))


@routes.route("", methods=["GET"])
@routes.arguments(ServiceFieldsQuery, location="query")
@routes.response(200, listed(ServiceFieldBody))
@allow("public")
def list_service_fields(asked: Asked) -> Response:
    """List service fields by position."""
    return listing("service_field", asked)


@routes.route("", methods=["POST"])
@routes.arguments(ServiceFieldShape)
@routes.response(201, ServiceFieldBody)
@allow("office")
@recorded(201)
def register(service_field: ServiceField) -> Entry:
    """Register a service field."""
    return register_item(service_field, ledger=ledger())


@routes.route("/<uuid:service_field_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, ServiceFieldBody)
@allow("public")
@tagged
def show_service_field(asked: OneAsked, service_field_id: UUID) -> Response:
    """Show one service field."""
    return one("service_field", service_field_id, asked)


@routes.route("/<uuid:service_field_id>", methods=["PATCH"])
@routes.arguments(patch_of(ServiceFieldShape))
@routes.response(200, ServiceFieldBody)
@allow("office")
@recorded(200)
def change(patch: Patch, service_field_id: UUID) -> Entry:
    """Change a service field's facts."""
    return change_item(
        ServiceField,
        service_field_id,
        patch.onto,
        reason=patch.reason,
        seen=if_match(),
        ledger=ledger(),
    )
