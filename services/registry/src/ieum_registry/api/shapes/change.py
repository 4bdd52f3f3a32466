"""The feed and what is resolved, on the wire."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from marshmallow import fields, post_load, validate
from webargs.fields import DelimitedList

from changefeed import limits
from changefeed.kinds import KINDS
from httpedge.day import Day
from ieum_registry.api.shapes.parts import AtMost, Line, PlaceShape, QueryShape, Shape, TupleOf
from ieum_registry.domain.subjects import SUBJECTS
from ieum_registry.operations.ports.records import Sought

SEOUL = ZoneInfo("Asia/Seoul")
_DAYS = validate.Range(date(1900, 1, 1), date(2999, 12, 31))
_LAST = 2**53 - 1


@dataclass(frozen=True, slots=True)
class FeedAsked:
    """Where a follower stands, how much it takes, and how long it waits (seconds)."""

    after: int
    limit: int
    wait_s: float


class FeedQuery(QueryShape):
    """What a follower asks."""

    after = fields.Integer(load_default=0, validate=validate.Range(0, 2**53 - 1))
    limit = fields.Integer(load_default=1000, validate=validate.Range(1, 1000))
    wait = fields.Float(
        load_default=0.0,
        validate=validate.Range(0, 25),
        metadata={"description": "Seconds to wait for news if there is none"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> FeedAsked:
        """Give the value."""
        return FeedAsked(data["after"], data["limit"], data["wait"])


@dataclass(frozen=True, slots=True)
class HistoryAsked:
    """Which entries, from where backwards, and how many."""

    sought: Sought
    before: int | None
    limit: int


class HistoryQuery(QueryShape):
    """What a reader of the history asks; days are Seoul's, both ends included."""

    subject = DelimitedList(
        fields.UUID(),
        load_default=(),
        validate=validate.Length(max=100),
        metadata={"description": "Ids of subjects, parted by commas"},
    )
    subject_type = fields.String(validate=validate.OneOf(list(SUBJECTS)))
    kind = fields.String(validate=validate.OneOf(list(KINDS)))
    role = fields.String(
        validate=validate.Length(max=40),
        metadata={"description": "The role in which the change was made; `rule` is a rule's"},
    )
    recorded_from = Day(validate=_DAYS)
    recorded_to = Day(validate=_DAYS)
    before = fields.Integer(load_default=None, validate=validate.Range(1, _LAST))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> HistoryAsked:
        """Give the value."""
        sought = Sought(
            tuple(data["subject"]),
            data.get("subject_type"),
            data.get("kind"),
            data.get("role"),
            begin_of(data.get("recorded_from")),
            begin_of(data.get("recorded_to"), days_later=1),
        )
        return HistoryAsked(sought, data["before"], data["limit"])


def begin_of(day: date | None, *, days_later: int = 0) -> datetime | None:
    """Give the instant at which a day begins in Seoul."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=days_later), time(), SEOUL)


class ActorBody(Shape):
    """Who made a change."""

    id = fields.String()
    role = fields.String()
    on_behalf_of = fields.String(allow_none=True)


class ChangeBody(Shape):
    """One entry; a withheld one has no body, reason and salt."""

    seq = fields.Integer()
    at = fields.DateTime()
    actor = fields.Nested(ActorBody)
    kind = fields.String()
    schema = fields.Integer()
    subject_type = fields.String()
    subject_id = fields.UUID()
    version = fields.Integer()
    body = fields.Dict(allow_none=True)
    reason = fields.String(allow_none=True)
    salt = fields.String(allow_none=True)
    disclosed = fields.Dict(allow_none=True)
    disclosed_salt = fields.String(allow_none=True)
    body_hash = fields.String()
    disclosed_hash = fields.String(allow_none=True)
    prev_hash = fields.String()
    hash = fields.String()


class LogBody(Shape):
    """Which log this is."""

    name = fields.String(metadata={"description": "For people"})
    genesis = fields.String(
        allow_none=True, metadata={"description": "Hash of entry 1; null while there is none"}
    )


class FeedBody(Shape):
    """One page of the feed."""

    items = fields.List(fields.Nested(ChangeBody))
    next = fields.Integer()
    head = fields.Integer()
    log = fields.Nested(LogBody)


class RememberedBody(Shape):
    """One entry with the facts of the version before; null for a first one, or if withheld."""

    entry = fields.Nested(ChangeBody)
    previous = fields.Dict(allow_none=True)
    redacted_by = fields.Integer(
        allow_none=True,
        metadata={"description": "The number of the redaction that destroyed what it said"},
    )


class HistoryBody(Shape):
    """One page of the history; `next` is the number to go on `before`, null at the end."""

    items = fields.List(fields.Nested(RememberedBody))
    next = fields.Integer(allow_none=True)
    head = fields.Integer()


class VerificationBody(Shape):
    """The last verification; everything null if there was none yet."""

    verified_at = fields.DateTime(allow_none=True)
    whole = fields.Boolean(allow_none=True)
    entries = fields.Integer(
        allow_none=True, metadata={"description": "How many fit, from the first on"}
    )
    hash = fields.String(allow_none=True, metadata={"description": "Of the last that fits"})
    redacted = fields.Integer(allow_none=True)
    bad_seq = fields.Integer(allow_none=True, metadata={"description": "The first that does not"})
    fault = fields.String(allow_none=True)


class HeadBody(Shape):
    """The newest entry."""

    seq = fields.Integer()
    hash = fields.String()
    log = fields.Nested(LogBody)


@dataclass(frozen=True, slots=True)
class ToResolve:
    """What a service wants to know before it sends."""

    subjects: tuple[tuple[str, UUID], ...]
    seats: tuple[UUID, ...]


class SubjectReferenceShape(Shape):
    """One subject."""

    type = fields.String(required=True, validate=validate.OneOf(list(SUBJECTS)))
    id = fields.UUID(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> tuple[str, UUID]:
        """Give the value."""
        return data["type"], data["id"]


class ResolutionShape(Shape):
    """What to resolve."""

    subjects = TupleOf(
        fields.Nested(SubjectReferenceShape), load_default=(), validate=AtMost(limits.RESOLVED)
    )
    seats = TupleOf(fields.UUID(), load_default=(), validate=AtMost(limits.RESOLVED))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> ToResolve:
        """Give the value."""
        return ToResolve(data["subjects"], data["seats"])


class ResolvedSubjectBody(Shape):
    """A subject as it stands."""

    type = fields.String()
    id = fields.UUID()
    version = fields.Integer()
    facts = fields.Dict()


class SeatPersonBody(Shape):
    """Somebody who holds the seat today and may be written to."""

    contact_id = fields.UUID()
    name = Line()
    language = fields.String()
    email = fields.String()
    phone = fields.String(allow_none=True)


class ResolvedSeatBody(Shape):
    """A seat as it stands, and the people in it today."""

    id = fields.UUID()
    role = fields.String()
    language = fields.String()
    at = fields.Nested(PlaceShape)
    facts = fields.Dict()
    people = fields.List(fields.Nested(SeatPersonBody))


class ResolutionsBody(Shape):
    """What was found; unknown ids are absent."""

    subjects = fields.List(fields.Nested(ResolvedSubjectBody))
    seats = fields.List(fields.Nested(ResolvedSeatBody))
