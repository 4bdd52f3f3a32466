"""Technologies that partners bring."""

from functools import partial

from marshmallow import fields

from changefeed.subjects.catalogue import Technology
from ieum_registry.api.asked import NamedQuery
from ieum_registry.api.plain import Plain, plain_routes
from ieum_registry.api.shapes.catalogue import TechnologyBody, TechnologyShape
from ieum_registry.operations.catalogue import change_item, register_item


class TechnologiesQuery(NamedQuery):
    """Filters of technologies."""

    filters = {"broader": "broader_id"}

    broader = fields.UUID()


routes = plain_routes(
    Plain(
        Technology,
        TechnologyShape,
        TechnologyBody,
        TechnologiesQuery,
        register_item,
        partial(change_item, Technology),
    ),
    __doc__,
)
