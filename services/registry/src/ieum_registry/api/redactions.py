"""Redactions: entries of the log whose texts were destroyed for good, and the record of it."""

from uuid import UUID

from flask import Response

from changefeed.subjects.redaction import Redaction
from httpedge.access import allow
from ieum_registry.api.answers import Routes, listed, listing, one, recorded, tagged
from ieum_registry.api.asked import Asked, ListQuery, OneAsked, OneQuery, query_of
from ieum_registry.api.shapes.redaction import RedactionBody, RedactionShape, ToRedact
from ieum_registry.api.sheets import on_a_sheet
from ieum_registry.api.wired import ledger, new_id
from ieum_registry.operations.ports.ledger import Entry
from ieum_registry.operations.redaction import redact

routes = Routes("redactions", __name__, url_prefix="/v1/redactions", description=__doc__)


@routes.route("", methods=["GET"])
@routes.arguments(query_of(Redaction, ListQuery), location="query")
@routes.response(200, listed(RedactionBody))
@allow("public")
@on_a_sheet
def list_redactions(asked: Asked) -> Response:
    """List redactions, the latest first; why stands in their entries, for staff."""
    return listing("redaction", asked)


@routes.route("", methods=["POST"])
@routes.arguments(RedactionShape)
@routes.response(201, RedactionBody)
@allow("office")
@recorded(201)
def redact_entry(asked: ToRedact) -> Entry:
    """Destroy what an entry says, for good; its number, header and hash stay."""
    return redact(asked.seq, reason=asked.reason, redaction_id=new_id(), ledger=ledger())


@routes.route("/<uuid:redaction_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, RedactionBody)
@allow("public")
@tagged
def show_redaction(asked: OneAsked, redaction_id: UUID) -> Response:
    """Show one redaction."""
    return one("redaction", redaction_id, asked)
