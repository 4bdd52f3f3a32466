"""Partners on the wire."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow import fields, post_load, pre_load

from ieum_registry.api.shapes.declared import body_shape, subject_shape
from ieum_registry.api.shapes.parts import Passage, Shape
from ieum_registry.domain.business_number import digits_of
from ieum_registry.domain.partner import Partner


class _NumberAsWritten(Shape):
    """Takes `124-81-00998` as people write it."""

    @pre_load
    def take_out_hyphens(self, data: Any, **_: object) -> Any:  # noqa: ANN401  Whatever came.
        """Leave the digits alone."""
        if isinstance(data, dict) and isinstance(data.get("business_number"), str):
            return {**data, "business_number": digits_of(data["business_number"]) or None}
        return data


PartnerShape = subject_shape("Partner", Partner, _NumberAsWritten)
PartnerBody = body_shape(PartnerShape)


@dataclass(frozen=True, slots=True)
class Merge:
    """Which partner stands for it from now on, and why they are the same organisation."""

    into_id: UUID
    reason: str
    own_meant: bool


class MergeShape(Shape):
    """A partner is the same organisation as another one, which stands for both."""

    into_id = fields.UUID(required=True)
    reason = Passage(required=True)
    own_meant = fields.Boolean(
        load_default=False,
        metadata={"description": "Two own sides are merged on purpose, as cities that become one"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Merge:
        """Give the value."""
        return Merge(**data)


@dataclass(frozen=True, slots=True)
class Separation:
    """Which record is an organisation of its own again, and why."""

    partner_id: UUID
    reason: str


class SeparationShape(Shape):
    """A partner was merged by mistake."""

    partner_id = fields.UUID(required=True)
    reason = Passage(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Separation:
        """Give the value."""
        return Separation(**data)


@dataclass(frozen=True, slots=True)
class Distinction:
    """Which partner is another organisation though it looks alike, and perhaps why."""

    other_id: UUID
    reason: str | None


class DistinctionShape(Shape):
    """Two partners that look alike are two organisations."""

    other_id = fields.UUID(required=True)
    reason = Passage(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Distinction:
        """Give the value."""
        return Distinction(**data)
