"""The moves of an agreement's life on the wire."""

from typing import Any
from uuid import UUID

from marshmallow import fields, validate

from changefeed import limits
from changefeed.subjects.agreement import HOW_ENDED, Drafting
from httpedge.day import Day
from ieum_registry.api.shapes.declared import subject_shape
from ieum_registry.api.shapes.parts import AtMost, Line, Passage, Shape
from ieum_registry.api.shapes.subject import SubjectShape
from ieum_registry.api.wired import account, today
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.moves import HINDERED_BY


class _Proposed(SubjectShape):
    """Is proposed today by whoever sends it."""

    def made(self, subject_id: UUID, data: dict[str, Any]) -> Agreement:
        """Make a new proposal."""
        return Agreement(id=subject_id, **data, drafting=Drafting(today(), account()))


ProposedAgreementShape = subject_shape("ProposedAgreement", Agreement, _Proposed)


class MoveShape(Shape):
    """A move that says nothing but that it is made, and perhaps why."""

    reason = Passage(load_default=None, allow_none=True)


class ReasonedMoveShape(Shape):
    """A move that is not made without a reason."""

    reason = Passage(required=True)


class SignatureShape(MoveShape):
    """Parties sign on a day."""

    partner_ids = fields.List(
        fields.UUID(),
        required=True,
        validate=[validate.Length(min=1), AtMost(limits.PARTIES)],
    )
    signed_on = Day(required=True)


class JoiningShape(MoveShape):
    """A partner signs and comes in after the others."""

    partner_id = fields.UUID(required=True)
    joined_on = Day(required=True)


class WithdrawalShape(ReasonedMoveShape):
    """A partner leaves; why is told to all parties, the reason stays in the log."""

    partner_id = fields.UUID(required=True)
    left_on = Day(required=True)
    why = Line(load_default=None, allow_none=True)


class NextTermShape(MoveShape):
    """A further term begins; without a day it is as long as was agreed."""

    ends_on = Day(load_default=None, allow_none=True)


class AgreementEndingShape(ReasonedMoveShape):
    """It ends: its last day in force, how, and what is told of it."""

    on = Day(required=True)
    how = fields.String(required=True, validate=validate.OneOf(list(HOW_ENDED)))
    note = Passage(load_default=None, allow_none=True)


class MoveStandingBody(Shape):
    """Whether a move may be made today by the caller, and what hinders it."""

    move = fields.String(metadata={"description": ", ".join(HINDERED_BY)})
    lawful = fields.Boolean()
    code = fields.String(allow_none=True, metadata={"description": "Of what hinders it, or null"})
    detail = fields.String(
        allow_none=True,
        metadata={"description": "What hinders it and what would make it lawful, or null"},
    )


class MovesBody(Shape):
    """All moves of an agreement."""

    on = Day()
    moves = fields.List(fields.Nested(MoveStandingBody))
