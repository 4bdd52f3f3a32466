"""Strategies of a programme."""

from functools import partial

from marshmallow import fields

from changefeed.subjects.catalogue import Strategy
from ieum_registry.api.asked import NamedQuery
from ieum_registry.api.plain import Plain, plain_routes
from ieum_registry.api.shapes.catalogue import StrategyBody, StrategyShape
from ieum_registry.operations.catalogue import change_item, register_item


class StrategiesQuery(NamedQuery):
    """Filters of strategies."""

    filters = {"programme": "programme_id"}

    programme = fields.UUID()


routes = plain_routes(
    Plain(
        Strategy,
        StrategyShape,
        StrategyBody,
        StrategiesQuery,
        register_item,
        partial(change_item, Strategy),
    ),
    __doc__,
)
