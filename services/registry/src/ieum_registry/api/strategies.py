"""Strategies of a programme."""

from uuid import UUID

from flask import Response
from marshmallow import fields

from changefeed.subjects.catalogue import Strategy
from httpedge.access import allow
from ieum_registry.api.answers import Routes, listed, listing, one, recorded, tagged
from ieum_registry.api.asked import Asked, NamedQuery, OneAsked, OneQuery
from ieum_registry.api.shapes.catalogue import StrategyBody, StrategyShape
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.wired import if_match, ledger
from ieum_registry.operations.catalogue import change_item, register_item
from ieum_registry.operations.ports.ledger import Entry

routes = Routes("strategies", __name__, url_prefix="/v1/strategies", description=__doc__)


class StrategiesQuery(NamedQuery):
    """Filters of strategies."""

    filters = {"programme": "programme_id"}

    programme = fields.UUID()


@routes.route("", methods=["GET"])
@routes.arguments(StrategiesQuery, location="query")
@routes.response(200, listed(StrategyBody))
@allow("public")
def list_strategies(asked: Asked) -> Response:
    """List strategies by position."""
    return listing("strategy", asked)


@routes.route("", methods=["POST"])
@routes.arguments(StrategyShape)
@routes.response(201, StrategyBody)
@allow("office")
@recorded(201)
def register(strategy: Strategy) -> Entry:
    """Register a strategy."""
    return register_item(strategy, ledger=ledger())


@routes.route("/<uuid:strategy_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, StrategyBody)
@allow("public")
@tagged
def show_strategy(asked: OneAsked, strategy_id: UUID) -> Response:
    """Show one strategy."""
    return one("strategy", strategy_id, asked)


@routes.route("/<uuid:strategy_id>", methods=["PATCH"])
@routes.arguments(patch_of(StrategyShape))
@routes.response(200, StrategyBody)
@allow("office")
@recorded(200)
def change(patch: Patch, strategy_id: UUID) -> Entry:
    """Change a strategy's facts."""
    return change_item(
        Strategy,
        strategy_id,
        patch.onto,
        reason=patch.reason,
        seen=if_match(),
        ledger=ledger(),
    )
