"""The journal: when the city was in touch with a partner, and of what."""

from changefeed.subjects.journal import JournalEntry
from ieum_registry.api.plain import Plain, plain_routes
from ieum_registry.api.shapes.declared import body_shape, subject_shape
from ieum_registry.operations.journal import change_contact, record_contact

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
