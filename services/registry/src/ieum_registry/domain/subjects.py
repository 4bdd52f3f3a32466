"""Every kind of subject that the log knows, by the name it has there."""

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol, Self
from uuid import UUID

from changefeed.change import Facts
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.catalogue import Programme, ServiceField, Strategy, Task, Technology
from ieum_registry.domain.collaboration import Collaboration
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.day import CalendarDay
from ieum_registry.domain.department import Department
from ieum_registry.domain.event import Event
from ieum_registry.domain.load import Load
from ieum_registry.domain.milestone import Milestone
from ieum_registry.domain.partner import Partner
from ieum_registry.domain.provenance import Provenance
from ieum_registry.domain.redaction import Redaction
from ieum_registry.domain.seat import Seat


class Subject(Protocol):
    """What all subjects share: an id, a key, and the one mapping to facts and back."""

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

    def facts(self) -> Facts:
        """Give everything that is true of it whatever the day."""

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""


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
