"""Handovers (인사이동) on the wire."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from changefeed import limits
from changefeed.subjects.handover import HANDED_TYPES, Handover
from httpedge.day import Day
from ieum_registry.api.message import Message
from ieum_registry.api.shapes.contact import Newcomer, NewcomerShape
from ieum_registry.api.shapes.declared import body_shape, subject_shape
from ieum_registry.api.shapes.parts import AtMost, Passage, QueryShape, Shape, TupleOf
from ieum_registry.domain.handover import Whom
from ieum_registry.operations.handover import AskedMatter

ONE_GIVER = Message(
    "넘기는 쪽은 from_contact_id와 from_department_id 가운데 하나로 적습니다. 하나만 보내십시오.",
    "Who hands over is named by from_contact_id or from_department_id. Send one of the two.",
)
ONE_TAKER = Message(
    "맡는 쪽은 to_contact_id, to_department_id, person 가운데 하나로 적습니다. 하나만 보내십시오.",
    "Who takes over is named by to_contact_id or to_department_id, or entered as person. Send one "
    "of the three.",
)
ONE_OTHER = Message(
    "따로 맡는 쪽은 사람이나 부서 하나만 적습니다. 하나를 빼십시오.",
    "One other taker is named, a person or a department. Take one of them out.",
)
ONE_ASKED = Message(
    "누구의 것인지 contact나 department 가운데 하나만 적으십시오.",
    "Say whose by contact or department. Send one of the two.",
)


@dataclass(frozen=True, slots=True)
class WantedHandover:
    """A handover as it is sent."""

    giver: Whom
    taker: Whom | Newcomer
    on: date
    reason: str
    matters: tuple[AskedMatter, ...]


def _whom(contact_id: UUID | None, department_id: UUID | None) -> Whom | None:
    if contact_id is not None:
        return Whom("contact", contact_id)
    return None if department_id is None else Whom("department", department_id)


class AskedMatterShape(Shape):
    """One record that is to change hands; left out of the list it stays where it is."""

    type = fields.String(required=True, validate=validate.OneOf(list(HANDED_TYPES)))
    id = fields.UUID(required=True)
    version = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, limits.NUMBER),
        metadata={"description": "As last read; 412 if it has changed since"},
    )
    to_contact_id = fields.UUID(load_default=None, allow_none=True)
    to_department_id = fields.UUID(
        load_default=None,
        allow_none=True,
        metadata={"description": "Who takes this one instead of the handover's own taker"},
    )

    @validates_schema
    def name_one(self, data: dict[str, Any], **_: object) -> None:
        """Take one other taker at most."""
        if data.get("to_contact_id") is not None and data.get("to_department_id") is not None:
            raise ValidationError(ONE_OTHER, "to_department_id")

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> AskedMatter:
        """Give the value."""
        to = _whom(data["to_contact_id"], data["to_department_id"])
        return AskedMatter(data["type"], data["id"], data["version"], to)


class WantedHandoverShape(Shape):
    """All that is named goes from one to another, in one act or not at all."""

    from_contact_id = fields.UUID(load_default=None, allow_none=True)
    from_department_id = fields.UUID(load_default=None, allow_none=True)
    to_contact_id = fields.UUID(load_default=None, allow_none=True)
    to_department_id = fields.UUID(load_default=None, allow_none=True)
    person = fields.Nested(
        NewcomerShape,
        load_default=None,
        allow_none=True,
        metadata={"description": "Somebody who is not on record, registered by the same act"},
    )
    on = Day(
        required=True,
        validate=validate.Range(date(1900, 1, 1), date(2999, 12, 31)),
        metadata={"description": "The first day on which the taker answers for it"},
    )
    reason = Passage(required=True)
    matters = TupleOf(
        fields.Nested(AskedMatterShape),
        required=True,
        validate=[validate.Length(min=1), AtMost(limits.HANDED_OVER)],
    )

    @validates_schema
    def name_both(self, data: dict[str, Any], **_: object) -> None:
        """Take one who hands over, and one who takes over."""
        given = {name for name, each in data.items() if each is not None}
        if len(given & {"from_contact_id", "from_department_id"}) != 1:
            raise ValidationError(ONE_GIVER, "from_contact_id")
        if len(given & {"to_contact_id", "to_department_id", "person"}) != 1:
            raise ValidationError(ONE_TAKER, "to_contact_id")

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> WantedHandover:
        """Give the value."""
        giver = _whom(data["from_contact_id"], data["from_department_id"])
        taker = _whom(data["to_contact_id"], data["to_department_id"]) or data["person"]
        assert giver is not None  # noqa: S101  The shape takes one of the two.
        return WantedHandover(giver, taker, data["on"], data["reason"], data["matters"])


HandoverBody = body_shape(subject_shape("Handover", Handover))


@dataclass(frozen=True, slots=True)
class TakingBack:
    """Why a handover is taken back."""

    reason: str


class TakingBackShape(Shape):
    """A handover is taken back."""

    reason = Passage(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> TakingBack:
        """Give the value."""
        return TakingBack(data["reason"])


@dataclass(frozen=True, slots=True)
class HeldAsked:
    """Whose, and on which day; None is today."""

    whom: Whom
    on: date | None


class HeldQuery(QueryShape):
    """What somebody answers for on a day."""

    contact = fields.UUID(load_default=None)
    department = fields.UUID(load_default=None)
    on = Day(
        load_default=None,
        validate=validate.Range(date(1900, 1, 1), date(2999, 12, 31)),
        metadata={"description": "The day asked about; today in Seoul if left out"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> HeldAsked:
        """Give the value, of one of the two."""
        contact, department = data["contact"], data["department"]
        whom = _whom(contact, department)
        if whom is None or (contact is not None and department is not None):
            raise ValidationError(ONE_ASKED, "contact")
        return HeldAsked(whom, data["on"])


class HeldBody(Shape):
    """One record that somebody answers for."""

    type = fields.String(required=True, validate=validate.OneOf(list(HANDED_TYPES)))
    is_over = fields.Boolean(
        required=True, metadata={"description": "Nothing is to be done about it any more"}
    )
    starts_on = Day(
        required=True,
        allow_none=True,
        metadata={"description": "The later day from which they answer for it; null: by then"},
    )
    resource = fields.Dict(
        required=True, metadata={"description": "The record, as its own address gives it"}
    )


class HeldPage(Shape):
    """All of it."""

    items = fields.List(fields.Nested(HeldBody), required=True)
