"""Redactions on the wire."""

from dataclasses import dataclass
from typing import Any

from marshmallow import fields, post_load, validate

from changefeed.subjects.redaction import Redaction
from ieum_registry.api.shapes.declared import body_shape, subject_shape
from ieum_registry.api.shapes.parts import Passage, Shape


@dataclass(frozen=True, slots=True)
class ToRedact:
    """The number of an entry, and why what it says is to be destroyed."""

    seq: int
    reason: str


class RedactionShape(Shape):
    """What an entry says is to be destroyed; it cannot be had back."""

    seq = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, 2**53 - 1),
        metadata={"description": "The number of the entry in the log"},
    )
    reason = Passage(required=True, metadata={"description": "Kept in the log, for staff"})

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> ToRedact:
        """Give the value."""
        return ToRedact(data["seq"], data["reason"])


RedactionBody = body_shape(subject_shape("Redaction", Redaction))
