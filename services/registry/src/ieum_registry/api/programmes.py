"""Programmes: visions of the city under which strategies hang."""

from uuid import UUID

from flask import Response

from changefeed.subjects.catalogue import Programme
from httpedge.access import allow
from ieum_registry.api.answers import Routes, listed, listing, one, recorded, tagged
from ieum_registry.api.asked import Asked, NamedQuery, OneAsked, OneQuery
from ieum_registry.api.shapes.catalogue import ProgrammeBody, ProgrammeShape
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.wired import if_match, ledger
from ieum_registry.operations.catalogue import change_item, register_item
from ieum_registry.operations.ports.ledger import Entry

routes = Routes("programmes", __name__, url_prefix="/v1/programmes", description=__doc__)


class ProgrammesQuery(NamedQuery):
    """Filters of programmes."""


@routes.route("", methods=["GET"])
@routes.arguments(ProgrammesQuery, location="query")
@routes.response(200, listed(ProgrammeBody))
@allow("public")
def list_programmes(asked: Asked) -> Response:
    """List programmes by name."""
    return listing("programme", asked)


@routes.route("", methods=["POST"])
@routes.arguments(ProgrammeShape)
@routes.response(201, ProgrammeBody)
@allow("office")
@recorded(201)
def register(programme: Programme) -> Entry:
    """Register a programme."""
    return register_item(programme, ledger=ledger())


@routes.route("/<uuid:programme_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, ProgrammeBody)
@allow("public")
@tagged
def show_programme(asked: OneAsked, programme_id: UUID) -> Response:
    """Show one programme."""
    return one("programme", programme_id, asked)


@routes.route("/<uuid:programme_id>", methods=["PATCH"])
@routes.arguments(patch_of(ProgrammeShape))
@routes.response(200, ProgrammeBody)
@allow("office")
@recorded(200)
def change(patch: Patch, programme_id: UUID) -> Entry:
    """Change a programme's facts."""
    return change_item(
        Programme,
        programme_id,
        patch.onto,
        reason=patch.reason,
        seen=if_match(),
        ledger=ledger(),
    )
