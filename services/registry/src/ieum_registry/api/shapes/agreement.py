"""Agreements, their parties and their standing on the wire."""

from typing import Any
from uuid import UUID

from marshmallow import fields

from httpedge.day import Day
from ieum_registry.api.shapes.declared import body_shape, line_shape, subject_shape
from ieum_registry.api.shapes.parts import PartDayShape, Shape
from ieum_registry.api.shapes.subject import SubjectShape
from ieum_registry.domain.agreement import Agreement, taking_effect
from ieum_registry.domain.lifecycle import AGREEMENT_STATES


class _TakesEffect(SubjectShape):
    """Takes effect on the day of signing where no other day is given."""

    def made(self, subject_id: UUID, data: dict[str, Any]) -> Agreement:
        """Make a new agreement."""
        return Agreement(id=subject_id, **taking_effect(data))


AgreementShape = subject_shape("Agreement", Agreement, _TakesEffect)
AgreementBody = body_shape(AgreementShape)


class PartyStandingBody(Shape):
    """Where one party stands."""

    partner_id = fields.UUID()
    state = fields.String(
        metadata={"description": "awaited, signed, in_force, unknown_end, left, ended"}
    )


def _in_part() -> fields.Nested:
    return fields.Nested(
        PartDayShape,
        allow_none=True,
        metadata={
            "description": "What is written of the day without _as, if it is the bound of a day "
            "that is known in part only; else null"
        },
    )


class AgreementStandingBody(Shape):
    """Where an agreement stands on a day, as known at an entry."""

    on = Day()
    known_at = fields.Integer()
    state = fields.String(metadata={"description": ", ".join(AGREEMENT_STATES)})
    flags = fields.List(fields.String())
    signed_from = Day(
        allow_none=True, metadata={"description": "From when the city and one other have signed"}
    )
    in_force_from = Day(
        allow_none=True, metadata={"description": "First day in force; null if there is none"}
    )
    in_force_until = Day(
        allow_none=True, metadata={"description": "Last day in force; null if open or none"}
    )
    unknown_from = Day(
        allow_none=True,
        metadata={
            "description": "First day on which nobody knows whether it is in force, as its end is "
            "not known; null if there is none"
        },
    )
    last_on = Day(
        allow_none=True,
        metadata={
            "description": "Last day in force, or of the running term where it renews by itself; "
            "null if none was agreed or it is not in force"
        },
    )
    signed_from_as = _in_part()
    in_force_from_as = _in_part()
    in_force_until_as = _in_part()
    unknown_from_as = _in_part()
    last_on_as = _in_part()
    parties = fields.List(fields.Nested(PartyStandingBody))


AgreementLineBody = line_shape(AgreementBody, AgreementStandingBody)
