"""Technologies that partners bring."""

from uuid import UUID

from flask import Response
from marshmallow import fields

from changefeed.subjects.catalogue import Technology
from httpedge.access import allow
from ieum_registry.api.answers import Routes, listed, listing, one, recorded, tagged
from ieum_registry.api.asked import Asked, NamedQuery, OneAsked, OneQuery
from ieum_registry.api.shapes.catalogue import TechnologyBody, TechnologyShape
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.wired import if_match, ledger
from ieum_registry.operations.catalogue import change_item, register_item
from ieum_registry.operations.ports.ledger import Entry

routes = Routes("technologies", __name__, url_prefix="/v1/technologies", description=__doc__)


class TechnologiesQuery(NamedQuery):
    """Filters of technologies."""

    filters = {"broader": "broader_id"}

    broader = fields.UUID()


@routes.route("", methods=["GET"])
@routes.arguments(TechnologiesQuery, location="query")
@routes.response(200, listed(TechnologyBody))
@allow("public")
def list_technologies(asked: Asked) -> Response:
    """List technologies by name."""
    return listing("technology", asked)


@routes.route("", methods=["POST"])
@routes.arguments(TechnologyShape)
@routes.response(201, TechnologyBody)
@allow("office")
@recorded(201)
def register(technology: Technology) -> Entry:
    """Register a technology."""
    return register_item(technology, ledger=ledger())


@routes.route("/<uuid:technology_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, TechnologyBody)
@allow("public")
@tagged
def show_technology(asked: OneAsked, technology_id: UUID) -> Response:
    """Show one technology."""
    return one("technology", technology_id, asked)


@routes.route("/<uuid:technology_id>", methods=["PATCH"])
@routes.arguments(patch_of(TechnologyShape))
@routes.response(200, TechnologyBody)
@allow("office")
@recorded(200)
def change(patch: Patch, technology_id: UUID) -> Entry:
    """Change a technology's facts."""
    return change_item(
        Technology,
        technology_id,
        patch.onto,
        reason=patch.reason,
        seen=if_match(),
        ledger=ledger(),
    )
