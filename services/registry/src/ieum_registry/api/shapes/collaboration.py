"""Collaborations on the wire."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import post_load

from httpedge.day import Day
from ieum_registry.api.shapes.declared import body_shape, subject_shape
from ieum_registry.api.shapes.parts import Passage, Shape
from ieum_registry.api.shapes.subject import SubjectShape
from ieum_registry.api.wired import new_id
from ieum_registry.domain.collaboration import Collaboration


class _HoldsFromItsFirstDay(SubjectShape):
    """Holds from its first day, until the agreement's bounds are laid on it."""

    def made(self, subject_id: UUID, data: dict[str, Any]) -> Collaboration:
        """Make a new commitment."""
        return Collaboration(id=subject_id, holds_from=data["starts_on"], **data)


CollaborationShape = subject_shape("Collaboration", Collaboration, _HoldsFromItsFirstDay)
CollaborationBody = body_shape(CollaborationShape)


@dataclass(frozen=True, slots=True)
class Start:
    """A new commitment, and why it is recorded."""

    collaboration: Collaboration
    reason: str | None


class _Started(_HoldsFromItsFirstDay):
    """A commitment, with why it is recorded."""

    reason = Passage(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Start:
        """Part the commitment from what is said of it."""
        reason = data.pop("reason")
        return Start(self.made(new_id(), data), reason)


StartShape = subject_shape("Start", Collaboration, _Started)


@dataclass(frozen=True, slots=True)
class Ending:
    """The last day of a commitment, and why it ends."""

    ends_on: date
    reason: str


class EndingShape(Shape):
    """A commitment ends."""

    ends_on = Day(required=True)
    reason = Passage(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Ending:
        """Give the value."""
        return Ending(**data)
