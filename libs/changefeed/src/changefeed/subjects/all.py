"""Every declaration, by the name of its type in the log."""

from collections.abc import Mapping
from types import MappingProxyType

from changefeed.declared import Declaration
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.calendar_day import CalendarDay
from changefeed.subjects.catalogue import Programme, ServiceField, Strategy, Task, Technology
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.contact import Contact
from changefeed.subjects.department import Department
from changefeed.subjects.document import Document
from changefeed.subjects.event import Event
from changefeed.subjects.handover import Handover
from changefeed.subjects.journal import JournalEntry
from changefeed.subjects.load import Load
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.partner import Partner
from changefeed.subjects.promise import Promise, PromiseReport
from changefeed.subjects.redaction import Redaction
from changefeed.subjects.reply import Reply
from changefeed.subjects.seat import Seat

_ALL: tuple[type[Declaration], ...] = (
    Partner,
    Department,
    Contact,
    Seat,
    Programme,
    Strategy,
    Task,
    ServiceField,
    Technology,
    Agreement,
    Collaboration,
    Milestone,
    Event,
    JournalEntry,
    Document,
    Promise,
    PromiseReport,
    Reply,
    CalendarDay,
    Load,
    Handover,
    Redaction,
)

DECLARED: Mapping[str, type[Declaration]] = MappingProxyType(
    {each.subject_type: each for each in _ALL}
)
