"""Programmes: visions of the city under which strategies hang."""

from functools import partial

from changefeed.subjects.catalogue import Programme
from ieum_registry.api.plain import Plain, plain_routes
from ieum_registry.api.shapes.catalogue import ProgrammeBody, ProgrammeShape
from ieum_registry.operations.catalogue import change_item, register_item

routes = plain_routes(
    Plain(
        Programme,
        ProgrammeShape,
        ProgrammeBody,
        register_item,
        partial(change_item, Programme),
    ),
    __doc__,
)
