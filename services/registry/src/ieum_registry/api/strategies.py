"""Strategies of a programme."""

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
        "strategies",
        StrategyShape,
        StrategyBody,
        StrategiesQuery,
        lambda item, ledger: register_item(item, ledger=ledger),
        lambda item_id, patch, seen, ledger: change_item(
            Strategy, item_id, patch.onto, reason=patch.reason, seen=seen, ledger=ledger
        ),
    ),
    __doc__,
)
