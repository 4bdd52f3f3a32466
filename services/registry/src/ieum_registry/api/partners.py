"""Partners: organisations that can sign."""

from datetime import date
from typing import Any

from flask import Response, request
from marshmallow import fields, validate

from changefeed.mapping import from_facts
from changefeed.subjects.partner import Partner as Declared
from ieum_registry.api.asked import NamedQuery
from ieum_registry.api.plain import Plain, plain_routes
from ieum_registry.api.shapes.partner import PartnerBody, PartnerShape
from ieum_registry.domain.partner import Partner
from ieum_registry.domain.partner_ids import doubtful
from ieum_registry.operations.partner import change_partner, register_partner
from ieum_registry.operations.ports.condition import Condition, equal


class PartnersQuery(NamedQuery):
    """Partners; the city itself is left out unless asked for."""

    own = fields.String(load_default="false", validate=validate.OneOf(("true", "false", "any")))

    def conditions(self, data: dict[str, Any], day: date) -> list[Condition]:  # noqa: ARG002
        """Leave the city's own side out, take it alone, or take both."""
        return [] if data["own"] == "any" else [equal("own", data["own"] == "true")]


routes = plain_routes(
    Plain(
        Partner,
        PartnerShape,
        PartnerBody,
        register_partner,
        change_partner,
        PartnersQuery,
    ),
    __doc__,
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
