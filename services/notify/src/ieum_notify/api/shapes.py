"""The shapes of what is asked and answered."""

from typing import Any, get_args
from uuid import UUID

from marshmallow import (
    EXCLUDE,
    Schema,
    ValidationError,
    fields,
    post_load,
    validate,
    validates_schema,
)

from changefeed.change import Facts
from httpedge.day import Day
from ieum_notify.api.wired import desk
from ieum_notify.domain.account_letter import ROLES, AccountLetter, Purpose
from ieum_notify.domain.facts import Record, Subject
from ieum_notify.domain.occurrence import LAPSED, WAITING
from ieum_notify.domain.words import Language
from ieum_notify.operations.consequences import Proposed

STATES = (*WAITING, "leased", "sent", "in_doubt", "dead", *LAPSED)


class WordsBody(Schema):
    """One thing in both languages."""

    ko = fields.String(required=True)
    en = fields.String(required=True)


class SubjectBody(Schema):
    """What a letter is about."""

    type = fields.String(required=True)
    id = fields.UUID(required=True)


class RuleBody(Schema):
    """One rule."""

    name = fields.String(required=True)
    title = fields.Nested(WordsBody, required=True)
    letter = fields.String(required=True)
    subject_type = fields.String(required=True)
    lead_days = fields.List(fields.Integer(), required=True)
    send_at = fields.String(required=True, metadata={"description": "HH:MM in Asia/Seoul"})
    seat_roles = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    in_doubt = fields.String(required=True, metadata={"enum": ["resend", "hold"]})
    at_once = fields.Nested(
        WordsBody,
        required=True,
        allow_none=True,
        metadata={"description": "What has happened that is told at once; null for steps"},
    )


class RulesBody(Schema):
    """Every rule; there is no next page."""

    items = fields.List(fields.Nested(RuleBody), required=True)
    next = fields.String(required=True, allow_none=True)


class OccurrenceBody(Schema):
    """One letter owed to one seat."""

    key = fields.String(required=True)
    rule = fields.String(required=True)
    letter = fields.String(required=True)
    subject = fields.Nested(SubjectBody, required=True)
    anchor_on = Day(required=True)
    lead_days = fields.Integer(required=True)
    revision = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Which change is told of; null for a step before a date"},
    )
    due_at = fields.String(required=True, metadata={"format": "date-time"})
    seat_id = fields.UUID(required=True, allow_none=True)
    seat_role = fields.String(required=True)


class ListedBody(OccurrenceBody):
    """The same, with where it stands."""

    state = fields.String(required=True, metadata={"enum": list(STATES)})
    reason = fields.String(required=True, allow_none=True)
    tries = fields.Integer(required=True)
    next_try_at = fields.String(required=True, allow_none=True, metadata={"format": "date-time"})


class OccurrencesBody(Schema):
    """One page, latest due first."""

    items = fields.List(fields.Nested(ListedBody), required=True)
    next = fields.String(required=True, allow_none=True)


class PreviewedBody(OccurrenceBody):
    """One letter to come, and why."""

    rule_title = fields.Nested(
        WordsBody, required=True, metadata={"description": "What the rule that owes it is called"}
    )
    title = fields.Nested(WordsBody, required=True)
    place = fields.Nested(
        SubjectBody,
        required=True,
        allow_none=True,
        metadata={"description": "Whose seat gets it; null if no seat does"},
    )
    why = fields.List(fields.Nested(WordsBody), required=True)


class PreviewBody(Schema):
    """The letters of some days."""

    from_ = Day(required=True, data_key="from", attribute="from")
    to = Day(required=True)
    items = fields.List(fields.Nested(PreviewedBody), required=True)


class AttemptBody(Schema):
    """One attempt; never to which address."""

    contact_id = fields.UUID(required=True)
    message_id = fields.String(required=True)
    started_at = fields.String(required=True, metadata={"format": "date-time"})
    finished_at = fields.String(required=True, allow_none=True, metadata={"format": "date-time"})
    outcome = fields.String(
        required=True,
        allow_none=True,
        metadata={"enum": ["sent", "refused", "put_off", "in_doubt", None]},
    )
    smtp_code = fields.Integer(required=True, allow_none=True)
    enhanced_code = fields.String(required=True, allow_none=True)
    fault = fields.String(required=True, allow_none=True)


class ExplanationBody(Schema):
    """One letter's story."""

    occurrence = fields.Nested(OccurrenceBody, required=True)
    state = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    is_owed = fields.Boolean(required=True)
    why = fields.List(fields.Nested(WordsBody), required=True)
    why_not = fields.Nested(WordsBody, required=True, allow_none=True)
    attempts = fields.List(fields.Nested(AttemptBody), required=True)


class FeedBody(Schema):
    """How far the copy of facts reaches."""

    applied_seq = fields.Integer(required=True)
    applied_hash = fields.String(required=True)
    head_seq = fields.Integer(required=True)


class MendBody(SubjectBody):
    """What a person changes so that an alarm goes."""

    role = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Of a seat that lacks at the partner or department"},
    )


class AlarmBody(Schema):
    """Something that a person must look at."""

    code = fields.String(required=True)
    since = fields.String(required=True, metadata={"format": "date-time"})
    subject = fields.Nested(SubjectBody, required=True, allow_none=True)
    detail = fields.Nested(WordsBody, required=True)
    mends = fields.List(
        fields.Nested(MendBody),
        required=True,
        metadata={"description": "What ends it, as far as that is known and the caller's to do"},
    )


class SenderBody(Schema):
    """The sender's state."""

    ticked_at = fields.String(required=True, allow_none=True, metadata={"format": "date-time"})
    seconds_ago = fields.Integer(required=True, allow_none=True)
    alive = fields.Boolean(required=True)
    oldest_due_at = fields.String(required=True, allow_none=True, metadata={"format": "date-time"})
    due = fields.Integer(required=True)
    sent_today = fields.Integer(required=True)
    in_doubt = fields.Integer(required=True)
    dead = fields.Integer(required=True)
    feed = fields.Nested(FeedBody, required=True)
    alarms = fields.List(fields.Nested(AlarmBody), required=True)


class ResentBody(Schema):
    """The letters that go out again, oldest due first; there is no next page."""

    items = fields.List(fields.Nested(ListedBody), required=True)
    next = fields.String(required=True, allow_none=True)


class ResendShape(Schema):
    """Which letters go out again: one by its key, or all that are stuck about a subject."""

    key = fields.String(validate=validate.Length(1, 400))
    subject = fields.Nested(SubjectBody)

    @validates_schema
    def must_name_one(self, data: dict[str, Any], **_: object) -> None:
        """Take one of the two."""
        if len(data) != 1:
            raise ValidationError("Give either key or subject.", "key")

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> str | Subject:
        """Give the key, or the subject."""
        if "key" in data:
            return str(data["key"])
        return Subject(data["subject"]["type"], data["subject"]["id"])


class AccountLetterShape(Schema):
    """One letter that lets somebody choose a password."""

    id = fields.UUID(required=True, metadata={"description": "Of the link; names the letter"})
    purpose = fields.String(required=True, validate=validate.OneOf(get_args(Purpose)))
    email = fields.String(required=True, validate=validate.Length(3, 254))
    name = fields.String(required=True, validate=validate.Length(1, 200))
    language = fields.String(required=True, validate=validate.OneOf(get_args(Language)))
    login = fields.String(required=True, validate=validate.Length(1, 254))
    role = fields.String(required=True, validate=validate.OneOf(tuple(ROLES)))
    inviter = fields.String(required=True, allow_none=True, validate=validate.Length(1, 200))
    link = fields.String(required=True, validate=validate.Length(1, 500))
    until = fields.AwareDateTime(required=True, format="iso")

    @validates_schema
    def must_fit(self, data: dict[str, Any], **_: object) -> None:
        """An invitation says whose it is, and a link leads to our own pages."""
        if data["purpose"] == "invitation" and data["inviter"] is None:
            raise ValidationError("An invitation names who sent it.", "inviter")
        if not data["link"].startswith(f"{desk().portal_url.rstrip('/')}/"):
            raise ValidationError("The link must lead to the portal.", "link")

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> AccountLetter:
        """Give the letter."""
        return AccountLetter(**data)


class SentBody(Schema):
    """What the mail server took."""

    message_id = fields.String(required=True)


class OccurrencesQuery(Schema):
    """Which page of which occurrences."""

    state = fields.String(load_default=None, validate=validate.OneOf(STATES))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
    after = fields.String(load_default=None)


class PreviewQuery(Schema):
    """How far ahead."""

    days = fields.Integer(load_default=30, validate=validate.Range(1, 366))


class ExplainQuery(Schema):
    """Which letter."""

    key = fields.String(required=True, validate=validate.Length(1, 400))


MOST_ENTRIES = 1000
"""How many entries may be asked about at once: as many as a page of the feed has."""


class EntryShape(Schema):
    """An entry as `GET /v1/changes` and a dry run of the registry give it (docs/changes.md).

    What the planner needs is read alone. The number of a dry run is the one that it would get: all
    before it must be known here.
    """

    class Meta:
        """An entry says more than is read here."""

        unknown = EXCLUDE

    seq = fields.Integer(required=True, strict=True, validate=validate.Range(1, 2**63 - 1))
    subject_type = fields.String(required=True, validate=validate.Length(1, 40))
    subject_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True, validate=validate.Range(1, 2**31 - 1))
    body = fields.Dict(
        keys=fields.String(),
        required=True,
        allow_none=True,
        metadata={"description": "The subject's whole facts; null where it would be gone"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> tuple[int, Subject, Record | None]:
        """Give its number, whom it is about, and the facts as they would be."""
        subject_id: UUID = data["subject_id"]
        facts: Facts | None = data["body"]
        about = Subject(data["subject_type"], subject_id)
        return data["seq"], about, None if facts is None else Record(data["version"], facts)


class ConsequencesShape(Schema):
    """What might be recorded."""

    entries = fields.List(
        fields.Nested(EntryShape),
        required=True,
        validate=validate.Length(1, MOST_ENTRIES),
        metadata={"description": "The entries of a dry run, in order; the last of a subject holds"},
    )
    on = Day(
        load_default=None,
        allow_none=True,
        metadata={"description": "Taken so that the graph's body fits too; letters start today"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Proposed:
        """Give the subjects as they would be, and after which entry."""
        entries: list[tuple[int, Subject, Record | None]] = data["entries"]
        facts = {about: record for _, about, record in entries}
        return Proposed(facts, min(seq for seq, _, _ in entries) - 1)


class WithdrawnBody(PreviewedBody):
    """One letter that would no longer go out."""

    reason = fields.Nested(WordsBody, required=True)


class MovedBody(PreviewedBody):
    """One letter that would go out at another time."""

    due_at_before = fields.String(
        required=True,
        metadata={"format": "date-time", "description": "When it goes out as things stand"},
    )


class ConsequencesBody(Schema):
    """What would become of the letters of the next days, against the facts up to entry `seq`."""

    seq = fields.Integer(required=True)
    days = fields.Integer(required=True)
    added = fields.List(fields.Nested(PreviewedBody), required=True)
    withdrawn = fields.List(fields.Nested(WithdrawnBody), required=True)
    readdressed = fields.List(
        fields.Nested(PreviewedBody),
        required=True,
        metadata={"description": "Go out either way, to another person or another address"},
    )
    moved = fields.List(
        fields.Nested(MovedBody),
        required=True,
        metadata={"description": "Go out either way, at another time; may be readdressed too"},
    )
    kept = fields.Integer(
        required=True,
        metadata={"description": "How many about what the entries touch would go out unchanged"},
    )
