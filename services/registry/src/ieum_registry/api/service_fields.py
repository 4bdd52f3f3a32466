"""Service fields: the industries and sides of life that a programme serves."""

from functools import partial

from changefeed.subjects.catalogue import ServiceField
from ieum_registry.api.plain import Plain, plain_routes
from ieum_registry.api.shapes.catalogue import ServiceFieldBody, ServiceFieldShape
from ieum_registry.operations.catalogue import change_item, register_item

routes = plain_routes(
    Plain(
        ServiceField,
        ServiceFieldShape,
        ServiceFieldBody,
        register_item,
        partial(change_item, ServiceField),
    ),
    __doc__,
)
