"""Partners: organisations that can sign."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, request
from marshmallow import fields, validate

from changefeed.mapping import from_facts
from changefeed.subjects.partner import Partner as Declared
from httpedge.access import allow
from ieum_registry.api.answers import recorded
from ieum_registry.api.asked import NamedQuery
from ieum_registry.api.plain import Plain, plain_routes
from ieum_registry.api.shapes.partner import (
    Distinction,
    DistinctionShape,
    Merge,
    MergeShape,
    PartnerBody,
    PartnerShape,
    Separation,
    SeparationShape,
)
from ieum_registry.api.wired import if_match, ledger
from ieum_registry.domain.partner import Partner
from ieum_registry.domain.partner_ids import doubtful
from ieum_registry.operations.partner import (
    change_partner,
    merge_partner,
    register_partner,
    separate_partner,
    tell_partners_apart,
)
from ieum_registry.operations.ports.condition import Condition, equal, linked
from ieum_registry.operations.ports.ledger import Entry


class PartnersQuery(NamedQuery):
    """Partners; the city itself is left out unless asked for."""

    own = fields.String(load_default="false", validate=validate.OneOf(("true", "false", "any")))

    stands_for_others = fields.Boolean(
        load_default=False, metadata={"description": "Only those that others were merged into"}
    )

    def conditions(self, data: dict[str, Any], day: date) -> list[Condition]:  # noqa: ARG002
        """Leave the city's own side out, take it alone, or take both."""
        merged = [linked("merged", None)] if data["stands_for_others"] else []
        return merged if data["own"] == "any" else [equal("own", data["own"] == "true"), *merged]


routes = plain_routes(
    Plain(
        Partner,
        PartnerShape,
        PartnerBody,
        register_partner,
        change_partner,
        PartnersQuery,
        redirects=True,
    ),
    __doc__,
)


@routes.route("/<uuid:partner_id>/merges", methods=["POST"])
@routes.arguments(MergeShape)
@routes.response(201, PartnerBody)
@allow("office")
@recorded(201)
def merge(asked: Merge, partner_id: UUID) -> Entry:
    """Merge a partner into another record of the same organisation, which is answered."""
    return merge_partner(
        partner_id,
        asked.into_id,
        own_meant=asked.own_meant,
        reason=asked.reason,
        seen=if_match(),
        ledger=ledger(),
    )


@routes.route("/<uuid:partner_id>/separations", methods=["POST"])
@routes.arguments(SeparationShape)
@routes.response(201, PartnerBody)
@allow("office")
@recorded(201)
def separate(asked: Separation, partner_id: UUID) -> Entry:
    """Take back that another record was merged into this one, and say why."""
    return separate_partner(
        partner_id, asked.partner_id, reason=asked.reason, seen=if_match(), ledger=ledger()
    )


@routes.route("/<uuid:partner_id>/distinctions", methods=["POST"])
@routes.arguments(DistinctionShape)
@routes.response(201, PartnerBody)
@allow("office")
@recorded(201)
def tell_apart(asked: Distinction, partner_id: UUID) -> Entry:
    """Say that a partner that looks alike is another organisation, so that nobody asks again."""
    return tell_partners_apart(
        partner_id, asked.other_id, reason=asked.reason, seen=if_match(), ledger=ledger()
    )


@routes.after_request
def name_doubts(answer: Response) -> Response:
    """Name, beside one partner read or written, the ids of it that look wrong.

    Source: docs/rules/terms.md, T-32.
    """
    is_list = request.method == "GET" and not request.view_args
    is_told = answer.status_code in (200, 201) and not is_list
    facts = answer.get_json(silent=True) if is_told else None
    if isinstance(facts, dict) and facts.keys() >= {"id", "kind", "name"}:
        doubts = doubtful(from_facts(Declared, facts))
        if doubts:
            answer.headers["X-Doubts"] = ", ".join(doubts)
    return answer
