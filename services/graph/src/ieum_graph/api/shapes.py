"""What comes in and what goes out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, get_args

from marshmallow import EXCLUDE, RAISE, Schema, fields, post_load, validate

from changefeed.change import Actor, Change
from changefeed.coverage import COVERS
from changefeed.kinds import KINDS
from httpedge.day import KNOWN_AT, Day
from ieum_graph.domain.answers import Question
from ieum_graph.domain.errors import Unreadable
from ieum_graph.operations.ask import Sight

MOST_ROWS = 500

MOST_ENTRIES = 1000
"""As many as a page of the feed has at most."""


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A question's query, loaded; `on` None is today."""

    parameters: Mapping[str, str]
    on: date | None
    known_at: int | datetime | None
    min_seq: int
    limit: int


class KnownAt(fields.Field[int | datetime]):
    """A number of the log, or an instant with its zone."""

    def _deserialize(
        self,
        value: Any,  # noqa: ANN401  marshmallow's signature, here and below.
        attr: str | None,  # noqa: ARG002
        data: Mapping[str, Any] | None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ANN401, ARG002
    ) -> int | datetime:
        text = str(value)
        if text.isascii() and text.isdecimal() and len(text) <= 15:
            return int(text)
        try:
            written = datetime.fromisoformat(text.replace(" ", "+"))
            instant = written.astimezone(UTC)
        except (ValueError, OverflowError) as error:  # Its zone may lead out of the calendar.
            raise Unreadable(asked=text[:40]) from error
        if written.tzinfo is None:
            raise Unreadable(asked=text[:40])
        return instant


class ClocksQuery(Schema):
    """What every question understands."""

    class Meta:
        """Unknown parameters are refused: a typo would otherwise widen the answer."""

        unknown = RAISE

    on = Day(
        load_default=None,
        metadata={"description": "The day asked about (기준일); today in Seoul if left out"},
    )
    known_at = KnownAt(
        load_default=None,
        metadata={
            "type": "string",
            "description": "A number of the log or an instant; all that is known if left out",
            "pattern": KNOWN_AT,
        },
    )
    min_seq = fields.Integer(
        load_default=0,
        validate=validate.Range(0, 2**53 - 1),
        metadata={
            "description": "An entry that must be applied (X-Change-Seq of a write). One that the "
            "registry has not given is 422 min_seq.not_given. One that is not applied yet is "
            "waited for, 5 s at most and without a token not at all; then 503 graph.behind"
        },
    )
    limit = fields.Integer(load_default=200, validate=validate.Range(1, MOST_ROWS))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> QuestionAsked:
        """Give the value."""
        clocks = {name: data.pop(name) for name in ("on", "known_at", "min_seq", "limit")}
        return QuestionAsked(data, **clocks)


def query_of(question: Question) -> type[Schema]:
    """Make the query of one question from its parameters."""
    name = "".join(part.title() for part in question.name.split("-"))
    own = {
        each.name: fields.String(
            required=each.is_required,
            validate=validate.Length(1, 100),
            metadata={"description": f"{each.means.ko} · {each.means.en}"},
        )
        for each in question.parameters
    }
    return type(f"{name}Query", (ClocksQuery,), {**own, "__doc__": question.title.en})


class ColumnBody(Schema):
    """A column; `kind` says how its cells look."""

    name = fields.String(required=True)
    title = fields.String(required=True)
    kind = fields.String(required=True)


class NodeBody(Schema):
    """A node of the picture; x and y from 0 to 1000."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    key = fields.String(required=True, allow_none=True)
    label = fields.String(required=True)
    x = fields.Integer(required=True)
    y = fields.Integer(required=True)


class EdgeBody(Schema):
    """An edge of the picture; `source_id` is the collaboration behind it."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    source = fields.String(required=True)
    target = fields.String(required=True)
    label = fields.String(required=True)
    source_id = fields.String(required=True)


class NetworkBody(Schema):
    """A picture of the same answer."""

    nodes = fields.List(fields.Nested(NodeBody), required=True)
    edges = fields.List(fields.Nested(EdgeBody), required=True)


class AnswerBody(Schema):
    """An answer: rows by column name, each with `sources`, `codes` and `illustrative`."""

    question = fields.String(required=True)
    title = fields.String(required=True)
    parameters = fields.Dict(required=True)
    on = Day(required=True)
    seq = fields.Integer(required=True)
    sees = fields.String(
        required=True,
        validate=validate.OneOf(get_args(Sight)),
        metadata={
            "description": "What it is drawn from: all; what is disclosed and what lies under the "
            "asker's own agreements (party); what is disclosed. Counts, and 'nobody', are of this"
        },
    )
    columns = fields.List(fields.Nested(ColumnBody), required=True)
    rows = fields.List(fields.Dict(), required=True)
    total = fields.Integer(required=True)
    truncated = fields.Boolean(required=True)
    network = fields.Nested(NetworkBody, required=True)


class ParameterBody(Schema):
    """What a question takes beside the clocks."""

    name = fields.String(required=True)
    of = fields.String(required=True)
    title = fields.String(required=True)
    required = fields.Boolean(required=True)


class QuestionBody(Schema):
    """One question; `example` is an address that can be tried."""

    name = fields.String(required=True)
    title = fields.Dict(required=True)
    parameters = fields.List(fields.Nested(ParameterBody), required=True)
    example = fields.String(required=True)


class QuestionsBody(Schema):
    """Every question."""

    items = fields.List(fields.Nested(QuestionBody), required=True)
    next = fields.String(required=True, allow_none=True)


class ProjectionBody(Schema):
    """How far the graph has come."""

    applied_seq = fields.Integer(required=True)
    applied_hash = fields.String(required=True)
    lost_seq = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "What was followed before the log told another history"},
    )
    lost_hash = fields.String(required=True, allow_none=True)
    head_seq = fields.Integer(required=True)
    lag_seconds = fields.Float(
        required=True,
        allow_none=True,
        metadata={"description": "null while the graph has never heard of the log"},
    )
    state = fields.String(
        required=True,
        metadata={"enum": ["following", "behind", "rebuilding", "stopped"]},
    )
    detail = fields.String(required=True, allow_none=True)


@dataclass(frozen=True, slots=True)
class ConsequencesAsked:
    """Entries that might be recorded; `on` None is today."""

    entries: tuple[Change, ...]
    on: date | None


class Hash(fields.String):
    """Bytes in hex, lower case, as the feed sends them."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401  marshmallow's own arguments.
        """Hold the text to its form."""
        super().__init__(validate=validate.Regexp(r"([0-9a-f]{2})*\Z"), required=True, **kwargs)


class ActorShape(Schema):
    """Who makes the change."""

    class Meta:
        """A feed of tomorrow may say more."""

        unknown = EXCLUDE

    id = fields.String(required=True)
    role = fields.String(required=True)
    on_behalf_of = fields.String(required=True, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Actor:
        """Give the value."""
        return Actor(**data)


class EntryShape(Schema):
    """An entry as `GET /v1/changes` and a dry run of the registry give it (docs/changes.md)."""

    class Meta:
        """A feed of tomorrow may say more."""

        unknown = EXCLUDE

    seq = fields.Integer(required=True, strict=True, validate=validate.Range(1, 2**53 - 1))
    at = fields.AwareDateTime(required=True, format="iso")
    actor = fields.Nested(ActorShape, required=True)
    kind = fields.String(required=True, validate=validate.OneOf(tuple(KINDS)))
    schema = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1000))
    subject_type = fields.String(required=True)
    subject_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True, validate=validate.Range(1, 2**53 - 1))
    body = fields.Dict(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    salt = Hash(allow_none=True)
    disclosed = fields.Dict(required=True, allow_none=True)
    disclosed_salt = Hash(allow_none=True)
    body_hash = Hash()
    disclosed_hash = Hash(allow_none=True)
    prev_hash = Hash()
    hash = Hash()

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Change:
        """Give the value."""
        hashes = ("salt", "disclosed_salt", "body_hash", "disclosed_hash", "prev_hash", "hash")
        for name in hashes:
            data[name] = None if data[name] is None else bytes.fromhex(data[name])
        return Change(**data)


class ConsequencesShape(Schema):
    """What might be recorded."""

    class Meta:
        """Unknown keys are refused, so that no typo changes the day."""

        unknown = RAISE

    entries = fields.List(
        fields.Nested(EntryShape),
        required=True,
        validate=validate.Length(1, MOST_ENTRIES),
        metadata={"description": "The entries of a dry run, in order"},
    )
    on = Day(
        load_default=None,
        metadata={"description": "The day of the coverage (기준일); today in Seoul if left out"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> ConsequencesAsked:
        """Give the value."""
        return ConsequencesAsked(tuple(data["entries"]), data["on"])


class BothWords(Schema):
    """A name in both languages; `en` null where there is none."""

    ko = fields.String(required=True)
    en = fields.String(required=True, allow_none=True)


class ThingBody(Schema):
    """A thing; one that neither graph nor entries describe goes by its id."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    label = fields.Nested(BothWords, required=True)


class TurnBody(Schema):
    """A tie that would open or close, with its days as the graph has them (docs/graph-model.md)."""

    change = fields.String(required=True, metadata={"enum": ["opens", "closes"]})
    type = fields.String(required=True)
    means = fields.Nested(BothWords, required=True)
    source = fields.Nested(ThingBody, required=True)
    target = fields.Nested(ThingBody, required=True)
    valid_from = Day(
        required=True, metadata={"description": "The first day; 0001-01-01 without a beginning"}
    )
    valid_to = Day(
        required=True,
        metadata={"description": "The first day on which it no longer holds; 9999-12-31 is open"},
    )


class ShiftBody(Schema):
    """A task on which other numbers of partners would work on the day, or perhaps work."""

    task = fields.Nested(ThingBody, required=True)
    before = fields.Integer(required=True)
    after = fields.Integer(required=True)
    unknown_before = fields.Integer(
        required=True, metadata={"description": "Others of whom nobody knows; not counted before"}
    )
    unknown_after = fields.Integer(required=True)
    status_before = fields.String(required=True, metadata={"enum": list(COVERS)})
    status_after = fields.String(required=True, metadata={"enum": list(COVERS)})


class ConsequencesBody(Schema):
    """What would follow, against the graph as it stood at entry `seq`."""

    seq = fields.Integer(required=True)
    on = Day(required=True)
    edges = fields.List(fields.Nested(TurnBody), required=True)
    coverage = fields.List(fields.Nested(ShiftBody), required=True)
