"""The journal: when the city was in touch with a partner, and of what."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow import post_load

from changefeed.subjects.journal import JournalEntry
from httpedge.access import allow
from ieum_registry.api.answers import recorded
from ieum_registry.api.plain import Plain, plain_routes
from ieum_registry.api.shapes.declared import body_shape, subject_shape
from ieum_registry.api.shapes.parts import Passage, Shape
from ieum_registry.api.wired import if_match, ledger
from ieum_registry.operations.journal import change_contact, record_contact, retract_contact
from ieum_registry.operations.ports.ledger import Entry

JournalEntryShape = subject_shape("JournalEntry", JournalEntry)
JournalEntryBody = body_shape(JournalEntryShape)


routes = plain_routes(
    Plain(
        JournalEntry,
        JournalEntryShape,
        JournalEntryBody,
        record_contact,
        change_contact,
    ),
    __doc__,
)


@dataclass(frozen=True, slots=True)
class Retraction:
    """Why an entry should never have been recorded."""

    reason: str


class JournalRetractionShape(Shape):
    """An entry of the journal is taken back."""

    reason = Passage(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Retraction:
        """Give the value."""
        return Retraction(**data)


@routes.route("/<uuid:journal_id>/retractions", methods=["POST"])
@routes.arguments(JournalRetractionShape)
@routes.response(201, JournalEntryBody)
@allow("office")
@recorded(201)
def retract(retraction: Retraction, journal_id: UUID) -> Entry:
    """Take back an entry that should never have been recorded, and say why; then it is gone."""
    return retract_contact(journal_id, reason=retraction.reason, seen=if_match(), ledger=ledger())
