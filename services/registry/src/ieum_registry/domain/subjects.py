"""Every kind of subject that the log knows, by the name it has there."""

from collections.abc import Mapping
from typing import ClassVar, Protocol
from uuid import UUID

from changefeed.subjects.calendar_day import CalendarDay
from changefeed.subjects.catalogue import Programme, ServiceField, Strategy, Task, Technology
from changefeed.subjects.department import Department
from changefeed.subjects.load import Load
from changefeed.subjects.parts import Provenance
from changefeed.subjects.redaction import Redaction
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.collaboration import Collaboration
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.event import Event
from ieum_registry.domain.milestone import Milestone
from ieum_registry.domain.partner import Partner
from ieum_registry.domain.seat import Seat


class Subject(Protocol):
    """What all subjects share: an id, a key, and where the record comes from."""

    subject_type: ClassVar[str]

    @property
    def id(self) -> UUID:
        """UUIDv7, drawn when the subject was first recorded."""

    @property
    def key(self) -> str | None:
        """The short name under which loading finds it again; unique within its type."""

    @property
    def provenance(self) -> Provenance:
        """Where the record comes from."""


_ALL: tuple[type[Subject], ...] = (
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
    CalendarDay,
    Load,
    Redaction,
)

SUBJECTS: Mapping[str, type[Subject]] = {each.subject_type: each for each in _ALL}
"""The declarations of changefeed, with their rules where they have some."""
