"""Service fields: the industries and sides of life that a programme serves."""

from functools import partial

from marshmallow import fields, validate

from changefeed.subjects.catalogue import FIELD_GROUPS, ServiceField
from ieum_registry.api.asked import NamedQuery
from ieum_registry.api.plain import Plain, plain_routes
from ieum_registry.api.shapes.catalogue import ServiceFieldBody, ServiceFieldShape
from ieum_registry.operations.catalogue import change_item, register_item


class ServiceFieldsQuery(NamedQuery):
    """Filters of service fields."""

    filters = {"programme": "programme_id", "group": "group"}

    programme = fields.UUID()
    group = fields.String(validate=validate.OneOf(FIELD_GROUPS))


routes = plain_routes(
    Plain(
        ServiceField,
        ServiceFieldShape,
        ServiceFieldBody,
        ServiceFieldsQuery,
        register_item,
        partial(change_item, ServiceField),
    ),
    __doc__,
)
