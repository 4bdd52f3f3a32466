"""A programme and what orders its tasks: strategies, and the fields that services are for."""

from dataclasses import dataclass
from uuid import UUID

from ieum_portal.domain.words import Words


@dataclass(frozen=True, slots=True)
class Programme:
    """What strategies hang under."""

    id: UUID
    name: Words


@dataclass(frozen=True, slots=True)
class Strategy:
    """A strategy, with its place in the programme."""

    id: UUID
    programme_id: UUID
    position: int
    name: Words


@dataclass(frozen=True, slots=True)
class ServiceField:
    """A field that services are for, with its place in the programme."""

    id: UUID
    key: str | None
    programme_id: UUID
    position: int
    name: Words
