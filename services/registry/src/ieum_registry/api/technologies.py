"""Technologies that partners bring."""

from functools import partial

from changefeed.subjects.catalogue import Technology
from ieum_registry.api.plain import Plain, plain_routes
from ieum_registry.api.shapes.catalogue import TechnologyBody, TechnologyShape
from ieum_registry.operations.catalogue import change_item, register_item

routes = plain_routes(
    Plain(
        Technology,
        TechnologyShape,
        TechnologyBody,
        register_item,
        partial(change_item, Technology),
    ),
    __doc__,
)
