"""Replies of liaisons on the wire."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields, post_load, validate, validates

from changefeed import limits
from changefeed.subjects.reply import AnsweredRecord
from httpedge.day import Day
from ieum_registry.api.message import Message
from ieum_registry.api.shapes.contact import SuccessorShape
from ieum_registry.api.shapes.declared import body_shape, shape_of_part, subject_shape
from ieum_registry.api.shapes.parts import AtMost, Passage, Shape, TupleOf
from ieum_registry.api.wired import new_id
from ieum_registry.domain.reply import Reply
from ieum_registry.operations.ports.ledger import Person
from ieum_registry.operations.reply import Succession

NO_SEAT = Message(
    "담당(역할)이 아닙니다. 바뀐 담당의 종류와 식별자를 적으십시오.",
    "This is no seat. Name the seat that somebody else holds.",
)

ReplyShape = subject_shape("Reply", Reply)
_RecordShape = shape_of_part(AnsweredRecord)


class ProposedPersonBody(Shape):
    """How a contact should be called and reached, while that is open."""

    name = fields.String(required=True)
    email = fields.String(required=True)
    phone = fields.String(required=True, allow_none=True)


class ReplyBody(body_shape(ReplyShape)):  # type: ignore[misc]  # Made from what is declared.
    """A reply on record."""

    person = fields.Nested(
        ProposedPersonBody,
        allow_none=True,
        metadata={
            "description": "What an open correction of a contact proposes of a person's data, "
            "for whom may see names; kept beside the log and gone when it ends"
        },
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Reply:
        """Give the facts alone."""
        for each in ("version", "person"):
            data.pop(each, None)
        return Reply(**data)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Which records of a partner are right as they stand."""

    partner_id: UUID
    records: tuple[AnsweredRecord, ...]

    def reply(self, new_id: UUID, on: date) -> Reply:
        """Give what is to be recorded."""
        return Reply(new_id, self.partner_id, on, self.records, "confirmed")


class ConfirmationShape(Shape):
    """Records are right as they were looked at."""

    partner_id = fields.UUID(required=True)
    records = TupleOf(
        fields.Nested(_RecordShape),
        required=True,
        validate=[validate.Length(min=1), AtMost(limits.ANSWERED)],
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Confirmation:
        """Give the value."""
        return Confirmation(**data)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What of a record is wrong, and what would be right."""

    partner_id: UUID
    record: AnsweredRecord
    changes: Mapping[str, Any]
    note: str | None

    def reply(self, new_id: UUID, on: date) -> Reply:
        """Give what is to be recorded, but for the changes."""
        return Reply(new_id, self.partner_id, on, (self.record,), "open", note=self.note)


class ProposalShape(Shape):
    """One record is wrong: what would be right, as a merge patch over it."""

    partner_id = fields.UUID(required=True)
    record = fields.Nested(_RecordShape, required=True)
    changes = fields.Dict(keys=fields.String(), required=True, validate=AtMost(limits.PROPOSED))
    note = Passage(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Proposal:
        """Give the value."""
        return Proposal(**data)


@dataclass(frozen=True, slots=True)
class Successor:
    """Who takes a seat of the partner, and from when."""

    partner_id: UUID
    record: AnsweredRecord
    succession: Succession
    note: str | None

    def reply(self, new_id: UUID, on: date) -> Reply:
        """Give what is to be recorded, but for the changes."""
        return Reply(new_id, self.partner_id, on, (self.record,), "open", note=self.note)


class SuccessorReplyShape(Shape):
    """Somebody else holds a seat: who, and from which day."""

    partner_id = fields.UUID(required=True)
    record = fields.Nested(_RecordShape, required=True)
    from_on = Day(required=True, data_key="from")
    person = fields.Nested(SuccessorShape, required=True)
    note = Passage(load_default=None, allow_none=True)

    @validates("record")
    def must_be_a_seat(self, record: AnsweredRecord, **_: object) -> None:
        """Take no other record: nobody else takes that."""
        if record.type != "seat":
            raise ValidationError(NO_SEAT)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Successor:
        """Give the value; the person gets the id under which it may be registered."""
        told = data["person"]
        person = Person(told["name"], told["email"], told["phone"])
        succession = Succession(new_id(), person, data["from_on"], told["consented_on"])
        return Successor(data["partner_id"], data["record"], succession, data["note"])


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the office does not take it over."""

    reason: str


class RefusalShape(Shape):
    """The office does not take a correction over; the liaison reads why."""

    reason = Passage(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Refusal:
        """Give the value."""
        return Refusal(data["reason"])
