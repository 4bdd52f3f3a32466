"""The journal: when the city was in touch with a partner, and of what."""

from datetime import date
from typing import Any

from marshmallow import fields, validate

from changefeed.subjects.journal import CONTACT_KINDS, JournalEntry
from httpedge.day import Day
from ieum_registry.api.asked import NamedQuery
from ieum_registry.api.plain import Plain, plain_routes
from ieum_registry.api.shapes.declared import body_shape, subject_shape
from ieum_registry.operations.journal import change_contact, record_contact
from ieum_registry.operations.ports.condition import Condition, at_least, at_most

JournalEntryShape = subject_shape("JournalEntry", JournalEntry)
JournalEntryBody = body_shape(JournalEntryShape)


class JournalQuery(NamedQuery):
    """Filters of the journal."""

    filters = {
        "partner": "partner_id",
        "department": "department_id",
        "agreement": "agreement_id",
        "kind": "kind",
    }

    partner = fields.UUID()
    department = fields.UUID()
    agreement = fields.UUID()
    kind = fields.String(validate=validate.OneOf(tuple(CONTACT_KINDS)))
    day_from = Day()
    day_to = Day()

    def conditions(self, data: dict[str, Any], day: date) -> list[Condition]:  # noqa: ARG002
        """Lie between two days, both included."""
        return [
            *([at_least("on", data["day_from"])] if "day_from" in data else []),
            *([at_most("on", data["day_to"])] if "day_to" in data else []),
        ]


routes = plain_routes(
    Plain(
        JournalEntry,
        JournalEntryShape,
        JournalEntryBody,
        JournalQuery,
        record_contact,
        change_contact,
        readers=("office", "auditor", "service"),
    ),
    __doc__,
)
