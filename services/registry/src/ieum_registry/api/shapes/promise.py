"""Promises, reports of them and their moves on the wire."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from changefeed import limits
from changefeed.subjects.promise import OUTCOMES, Outcome
from httpedge.day import Day
from ieum_registry.api.message import Message
from ieum_registry.api.shapes.declared import body_shape, line_shape, subject_shape
from ieum_registry.api.shapes.parts import Passage, Shape
from ieum_registry.domain.promise import Promise, PromiseReport

PromiseShape = subject_shape("Promise", Promise)
PromiseBody = body_shape(PromiseShape)
PromiseReportShape = subject_shape("PromiseReport", PromiseReport)
PromiseReportBody = body_shape(PromiseReportShape)

_NOTHING_NEW = Message(
    "바뀐 목표나 이행기한이 없습니다. 둘 가운데 하나를 적으십시오.",
    "Neither another target nor another by-day is given. Give one of them.",
)


@dataclass(frozen=True, slots=True)
class PromiseRevision:
    """Another target or by-day from a day on, and why."""

    on: date
    target: int | None
    due_on: date | None
    reason: str


class PromiseRevisionShape(Shape):
    """A promise is revised; what is left out stays."""

    on = Day(required=True)
    target = fields.Integer(
        strict=True,
        load_default=None,
        allow_none=True,
        validate=validate.Range(0, limits.NUMBER),
    )
    due_on = Day(load_default=None, allow_none=True)
    reason = Passage(required=True)

    @validates_schema
    def must_say_something(self, data: dict[str, Any], **_: object) -> None:
        """Refuse what changes nothing."""
        if data.get("target") is None and data.get("due_on") is None:
            raise ValidationError(_NOTHING_NEW, "target")

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> PromiseRevision:
        """Give the value."""
        return PromiseRevision(**data)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of a promise, from which day on, and why."""

    outcome: Outcome
    settled_on: date
    reason: str


class SettlementShape(Shape):
    """A promise is settled by what became of it."""

    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    settled_on = Day(required=True)
    reason = Passage(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Settlement:
        """Give the value."""
        return Settlement(**data)


@dataclass(frozen=True, slots=True)
class SaidWhy:
    """Why something is taken back or refused."""

    reason: str


class SaidWhyShape(Shape):
    """Something is taken back or refused."""

    reason = Passage(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> SaidWhy:
        """Give the value."""
        return SaidWhy(**data)


class PromiseStandingBody(Shape):
    """Where a promise stands on a day."""

    on = Day()
    state = fields.String(
        metadata={
            "description": "planned, under_way, delivered, partly; or the outcome on record:"
            " plan_changed, went_elsewhere, closed_down, withdrawn"
        }
    )
    target = fields.Integer(metadata={"description": "As it stood on that day"})
    due_on = Day(metadata={"description": "As it stood on that day"})
    reached = fields.Integer(
        allow_none=True, metadata={"description": "By the last confirmed report; null without one"}
    )
    reached_on = Day(allow_none=True, metadata={"description": "As of which day that is"})
    is_overdue = fields.Boolean(
        metadata={"description": "Neither delivered nor settled, and its by-day has passed"}
    )
    days_left = fields.Integer(
        allow_none=True,
        metadata={"description": "Negative when overdue; null once delivered or settled"},
    )


PromiseLineBody = line_shape(PromiseBody, PromiseStandingBody)
