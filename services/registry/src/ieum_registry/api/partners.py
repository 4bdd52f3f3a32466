"""Partners: organisations that can sign."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields, validate

from changefeed.subjects.partner import PARTNER_KINDS
from httpedge.access import allow
from ieum_registry.api.answers import (
    Routes,
    Sheet,
    listed,
    listing,
    on_a_sheet,
    one,
    recorded,
    tagged,
)
from ieum_registry.api.asked import Asked, NamedQuery, OneAsked, OneQuery
from ieum_registry.api.shapes.partner import PartnerBody, PartnerShape
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.wired import if_match, ledger
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.partner import change_partner, register_partner
from ieum_registry.operations.ports.condition import Condition, equal
from ieum_registry.operations.ports.ledger import Entry

routes = Routes("partners", __name__, url_prefix="/v1/partners", description=__doc__)

SHEET = Sheet(
    "partners",
    {
        ("key", "key"): lambda each: each["key"],
        ("기관명", "Name"): lambda each: each["name"]["ko"],
        ("English name", "English name"): lambda each: each["name"]["en"],
        ("kind", "kind"): lambda each: each["kind"],
        ("aliases", "aliases"): lambda each: each["aliases"],
        ("사업자등록번호", "Business number"): lambda each: each["business_number"],
        ("website", "website"): lambda each: each["website"],
        ("illustrative", "illustrative"): lambda each: each["provenance"]["illustrative"],
        ("id", "id"): lambda each: each["id"],
    },
)


class PartnersQuery(NamedQuery):
    """Filters of partners; the city itself is left out unless asked for."""

    filters = {"kind": "kind"}

    kind = fields.String(validate=validate.OneOf(PARTNER_KINDS))
    own = fields.String(load_default="false", validate=validate.OneOf(("true", "false", "any")))

    def conditions(self, data: dict[str, Any], day: date) -> list[Condition]:  # noqa: ARG002
        """Leave the city's own side out, take it alone, or take both."""
        return [] if data["own"] == "any" else [equal("own", data["own"] == "true")]


@routes.route("", methods=["GET"])
@routes.arguments(PartnersQuery, location="query")
@routes.response(200, listed(PartnerBody))
@allow("public")
@on_a_sheet
def list_partners(asked: Asked) -> Response:
    """List partners by name."""
    return listing("partner", asked, sheet=SHEET)


@routes.route("", methods=["POST"])
@routes.arguments(PartnerShape)
@routes.response(201, PartnerBody)
@allow("office")
@recorded(201)
def register(partner: Partner) -> Entry:
    """Register an organisation."""
    return register_partner(partner, ledger=ledger())


@routes.route("/<uuid:partner_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, PartnerBody)
@allow("public")
@tagged
def show_partner(asked: OneAsked, partner_id: UUID) -> Response:
    """Show one partner."""
    return one("partner", partner_id, asked)


@routes.route("/<uuid:partner_id>", methods=["PATCH"])
@routes.arguments(patch_of(PartnerShape))
@routes.response(200, PartnerBody)
@allow("office")
@recorded(200)
def change(patch: Patch, partner_id: UUID) -> Entry:
    """Change a partner's facts."""
    return change_partner(
        partner_id, patch.onto, reason=patch.reason, seen=if_match(), ledger=ledger()
    )
