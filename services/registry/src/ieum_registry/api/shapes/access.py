"""The record of access, on the wire."""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import fields, post_load, validate

from httpedge.day import Day
from ieum_registry.api.shapes.change import begin_of
from ieum_registry.api.shapes.parts import QueryShape, Shape
from ieum_registry.operations.ports.access import AccessSought
from ieum_registry.operations.ports.records import CursorRefused

_DAYS = validate.Range(date(1900, 1, 1), date(2999, 12, 31))
_PLACE = re.compile(r"[0-9TZ:.-]{1,40}")
_KEY = re.compile(r"[0-9a-f]{1,64}")


@dataclass(frozen=True, slots=True)
class AccessAsked:
    """Which records, after which, and how many."""

    sought: AccessSought
    after: tuple[str, str] | None
    limit: int


class AccessQuery(QueryShape):
    """What a reader of the record of access asks; days are Seoul's, both ends included."""

    account = fields.String(
        validate=validate.Length(max=200),
        metadata={"description": "As a record names it: `portal:<account id>`, or anonymous"},
    )
    subject = fields.UUID(metadata={"description": "A contact whose data were shown"})
    outcome = fields.String(validate=validate.OneOf(["200", "401", "403", "404"]))
    recorded_from = Day(validate=_DAYS)
    recorded_to = Day(validate=_DAYS)
    taken = fields.Boolean(
        metadata={"description": "Whether data were taken out, with a reason, or looked at"}
    )
    after = fields.String(load_default=None, metadata={"description": "next of the page before"})
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> AccessAsked:
        """Give the value."""
        sought = AccessSought(
            data.get("account"),
            data.get("subject"),
            data.get("outcome"),
            begin_of(data.get("recorded_from")),
            begin_of(data.get("recorded_to"), days_later=1),
            data.get("taken"),
        )
        after = None if data["after"] is None else _place(data["after"])
        return AccessAsked(sought, after, data["limit"])


class AccessRecordBody(Shape):
    """What one caller did, so many times within one minute."""

    at = fields.DateTime()
    last_at = fields.DateTime()
    times = fields.Integer()
    account = fields.String(metadata={"description": "`issuer:subject`; * stands for several"})
    role = fields.String()
    address = fields.String()
    act = fields.String(metadata={"description": "Method and route"})
    outcome = fields.String(metadata={"description": "200 was shown; 401, 403, 404 was denied"})
    subjects = fields.List(
        fields.UUID(),
        metadata={
            "description": "Contacts whose data it was, or what was not to be seen; ids alone"
        },
    )
    reason = fields.String(
        metadata={"description": "Why the data were taken out; empty if they were looked at"}
    )


class AccessRecordsBody(Shape):
    """A page of records, the newest first."""

    items = fields.List(fields.Nested(AccessRecordBody))
    next = fields.String(allow_none=True)


def cursor_of(place: tuple[str, str] | None) -> str | None:
    """Write where a page ended."""
    if place is None:
        return None
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _place(cursor: str) -> tuple[str, str]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        at, key = json.loads(base64.urlsafe_b64decode(padded))
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise CursorRefused("not a cursor of this list") from error
    if not (isinstance(at, str) and isinstance(key, str)):
        raise CursorRefused("not a cursor of this list")
    if not (_PLACE.fullmatch(at) and _KEY.fullmatch(key)):
        raise CursorRefused("not a cursor of this list")
    return at, key
