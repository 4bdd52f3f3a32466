"""Collaborations: what partners committed themselves to."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields, validate

from changefeed.subjects.collaboration import Collaboration
from httpedge.access import allow
from ieum_registry.api.answers import (
    Routes,
    listed,
    listing,
    one,
    recorded,
    tagged,
)
from ieum_registry.api.asked import Asked, ListQuery, OneAsked, OneQuery, query_of
from ieum_registry.api.counts import add_counts
from ieum_registry.api.message import Message
from ieum_registry.api.shapes.collaboration import (
    CollaborationBody,
    CollaborationShape,
    Ending,
    EndingShape,
    Start,
    StartShape,
)
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.sheets import on_a_sheet
from ieum_registry.api.wired import if_match, ledger
from ieum_registry.operations.collaboration import (
    change_collaboration,
    end_collaboration,
    start_collaboration,
)
from ieum_registry.operations.ports.condition import (
    Condition,
    at_least,
    at_most,
    either,
    equal,
    every,
)
from ieum_registry.operations.ports.ledger import Entry

routes = Routes("collaborations", __name__, url_prefix="/v1/collaborations", description=__doc__)

ONLY_TRUE = Message("true로만 물을 수 있습니다.", "This can only be asked for as true.")


class CollaborationsQuery(ListQuery):
    """Collaborations by whether they hold."""

    programme = fields.UUID(metadata={"description": "Programme of its task (사업)"})
    illustrative = fields.Boolean(
        validate=validate.Equal(True, error=ONLY_TRUE),
        metadata={"description": "Made up to show the system at work (예시)"},
    )
    in_force = fields.Boolean(validate=validate.Equal(True, error=ONLY_TRUE))
    unknown_end = fields.Boolean(
        validate=validate.Equal(True, error=ONLY_TRUE),
        metadata={"description": "Nobody knows whether it holds on the day"},
    )
    may_hold = fields.Boolean(
        validate=validate.Equal(True, error=ONLY_TRUE),
        metadata={"description": "Holds on the day, or nobody knows whether it does"},
    )

    def conditions(self, data: dict[str, Any], day: date) -> list[Condition]:
        """Hold on the day asked about, or perhaps."""
        holds = (at_most("holds_from", day), at_least("holds_until", day))
        unknown = (at_most("unknown_from", day), at_least("unknown_until", day))
        found: list[Condition] = []
        if "in_force" in data:
            found += holds
        if "unknown_end" in data:
            found += unknown
        if "may_hold" in data:
            found.append(either(every(*holds), every(*unknown)))
        if "illustrative" in data:
            found.append(equal("illustrative", value=True))
        if "programme" in data:
            found.append(equal("programme_id", data["programme"]))
        return found


@routes.route("", methods=["GET"])
@routes.arguments(query_of(Collaboration, CollaborationsQuery), location="query")
@routes.response(200, listed(CollaborationBody))
@allow("public")
@on_a_sheet
def list_collaborations(asked: Asked) -> Response:
    """List collaborations by their first day."""
    return listing("collaboration", asked)


add_counts(routes, Collaboration, CollaborationsQuery, "public")


@routes.route("", methods=["POST"])
@routes.arguments(StartShape)
@routes.response(201, CollaborationBody)
@allow("office")
@recorded(201)
def start(started: Start) -> Entry:
    """Record a commitment."""
    return start_collaboration(started.collaboration, reason=started.reason, ledger=ledger())


@routes.route("/<uuid:collaboration_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, CollaborationBody)
@allow("public")
@tagged
def show_collaboration(asked: OneAsked, collaboration_id: UUID) -> Response:
    """Show one collaboration."""
    return one("collaboration", collaboration_id, asked)


@routes.route("/<uuid:collaboration_id>", methods=["PATCH"])
@routes.arguments(patch_of(CollaborationShape, fixed=("partner_id", "agreement_id")))
@routes.response(200, CollaborationBody)
@allow("office")
@recorded(200)
def change(patch: Patch, collaboration_id: UUID) -> Entry:
    """Change a commitment; a new last day needs a reason."""
    return change_collaboration(
        collaboration_id, patch.onto, reason=patch.reason, seen=if_match(), ledger=ledger()
    )


@routes.route("/<uuid:collaboration_id>/endings", methods=["POST"])
@routes.arguments(EndingShape)
@routes.response(201, CollaborationBody)
@allow("office")
@recorded(201)
def end(ending: Ending, collaboration_id: UUID) -> Entry:
    """End a commitment."""
    return end_collaboration(
        collaboration_id,
        ends_on=ending.ends_on,
        reason=ending.reason,
        seen=if_match(),
        ledger=ledger(),
    )
