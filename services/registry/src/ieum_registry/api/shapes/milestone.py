"""Milestones and their moves on the wire."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import fields, post_load

from changefeed.subjects.parts import Evidence
from httpedge.day import Day
from ieum_registry.api.shapes.declared import body_shape, line_shape, subject_shape
from ieum_registry.api.shapes.parts import (
    Passage,
    Shape,
    evidence_list,
)
from ieum_registry.domain.milestone import Milestone

MilestoneShape = subject_shape("Milestone", Milestone)
MilestoneBody = body_shape(MilestoneShape)


@dataclass(frozen=True, slots=True)
class Completion:
    """The day on which a promise was kept, what proves it, and why it is recorded so."""

    done_on: date
    evidence: tuple[Evidence, ...]
    reason: str | None


class CompletionShape(Shape):
    """A milestone is reached."""

    done_on = Day(required=True)
    evidence = evidence_list()
    reason = Passage(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Completion:
        """Give the value."""
        return Completion(**data)


@dataclass(frozen=True, slots=True)
class Cancellation:
    """The day from which nobody owes the promise any more, and why."""

    cancelled_on: date
    reason: str


class CancellationShape(Shape):
    """A milestone is dropped."""

    cancelled_on = Day(required=True)
    reason = Passage(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Cancellation:
        """Give the value."""
        return Cancellation(**data)


@dataclass(frozen=True, slots=True)
class Reopening:
    """Why a completion or a cancellation is taken back."""

    reason: str


class ReopeningShape(Shape):
    """A milestone is owed again."""

    reason = Passage(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Reopening:
        """Give the value."""
        return Reopening(**data)


class MilestoneStandingBody(Shape):
    """Where a milestone stands on a day."""

    on = Day()
    state = fields.String(metadata={"description": "due, overdue, done, cancelled"})
    days_left = fields.Integer(
        allow_none=True, metadata={"description": "Negative when overdue; null once closed"}
    )


MilestoneLineBody = line_shape(MilestoneBody, MilestoneStandingBody)
