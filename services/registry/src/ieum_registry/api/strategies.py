"""Strategies of a programme."""

from functools import partial

from changefeed.subjects.catalogue import Strategy
from ieum_registry.api.plain import Plain, plain_routes
from ieum_registry.api.shapes.catalogue import StrategyBody, StrategyShape
from ieum_registry.operations.catalogue import change_item, register_item

routes = plain_routes(
    Plain(
        Strategy,
        StrategyShape,
        StrategyBody,
        register_item,
        partial(change_item, Strategy),
    ),
    __doc__,
)
