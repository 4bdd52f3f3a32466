"""Collaborations on the wire."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import fields, post_load, validate

from changefeed import limits
from changefeed.subjects.collaboration import COLLABORATION_DISCLOSURES, COLLABORATION_ROLES
from httpedge.day import Day
from ieum_registry.api.shapes.parts import AtMost, Passage, Shape, TupleOf, evidence_list, key_field
from ieum_registry.api.shapes.subject import Body, SubjectShape
from ieum_registry.api.wired import new_id
from ieum_registry.domain.collaboration import Collaboration


class CollaborationShape(SubjectShape):
    """One partner's commitment under one agreement."""

    makes = Collaboration

    key = key_field()
    partner_id = fields.UUID(required=True)
    agreement_id = fields.UUID(required=True)
    task_id = fields.UUID(required=True)
    technology_ids = TupleOf(fields.UUID(), load_default=(), validate=AtMost(limits.TECHNOLOGIES))
    service_field_id = fields.UUID(load_default=None, allow_none=True)
    role = fields.String(required=True, validate=validate.OneOf(COLLABORATION_ROLES))
    starts_on = Day(required=True)
    ends_on = Day(load_default=None, allow_none=True)
    evidence = evidence_list()
    disclosure = fields.String(
        load_default="closed", validate=validate.OneOf(COLLABORATION_DISCLOSURES)
    )

    def made(self, subject_id: UUID, data: dict[str, Any]) -> Collaboration:
        """Hold from its first day, until the agreement's bounds are laid on it."""
        return Collaboration(id=subject_id, holds_from=data["starts_on"], **data)


class CollaborationBody(Body, CollaborationShape):
    """A collaboration on record, with the days on which the agreement lets it hold."""

    holds_from = Day(required=True)
    holds_until = Day(required=True, allow_none=True)


@dataclass(frozen=True, slots=True)
class Start:
    """A new commitment, and why it is recorded."""

    collaboration: Collaboration
    reason: str | None


class StartShape(CollaborationShape):
    """A commitment starts."""

    reason = Passage(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Start:
        """Part the commitment from what is said of it."""
        reason = data.pop("reason")
        return Start(self.made(new_id(), data), reason)


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
