"""Imports on the wire: decisions that come in, and what goes out of lines, names and progress."""

from dataclasses import dataclass
from typing import Any, get_args
from uuid import UUID

from marshmallow import fields, post_load, validate

from changefeed import limits
from changefeed.subjects.agreement import AGREEMENT_KINDS
from httpedge.day import Day
from ieum_registry.api.shapes.parts import AtMost, Line, Passage, QueryShape, Shape, TupleOf
from ieum_registry.operations.importing.choices import Answer, MatchBy, PeopleDecision
from sheetreader.headings import USES
from sheetreader.unreadable import ENCODINGS

_STATES = ("checking", "open", "committing", "done", "undoing", "undone")
_ROWS = ("new", "changed", "same", "question", "fault", "passed")
_OUTCOMES = ("written", "left", "undone", "kept")
_MOST = 20_000
_NAME = AtMost(limits.PASSAGE)


@dataclass(frozen=True, slots=True)
class Brought:
    """How a sheet is brought; its bytes are the body."""

    name: str
    pasted: bool
    encoding: str | None


class BringQuery(QueryShape):
    """What is said of the sheet beside its bytes."""

    name = Line(required=True, metadata={"description": "The name of the file"})
    pasted = fields.Boolean(
        load_default=False,
        metadata={"description": "Whether the body is cells copied from a spreadsheet (UTF-8)"},
    )
    encoding = fields.String(
        load_default=None,
        validate=validate.OneOf(ENCODINGS),
        metadata={"description": "Of a text file, where `encoding.unknown` was answered"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Brought:
        """Give the value."""
        return Brought(data["name"], data["pasted"], data["encoding"])


class AnswerShape(Shape):
    """An answer to a question of one line; an empty one takes an answer back."""

    sheet = fields.String(required=True, validate=AtMost(limits.LINE))
    line = fields.Integer(required=True, validate=validate.Range(1, 10_000_000))
    key = fields.String(
        required=True,
        validate=_NAME,
        metadata={
            "description": "Of the question; `cell@C` for what is typed in the place of cell C, "
            "`use@title` for what no column says, `line` for `take`, `skip` or `join`"
        },
    )
    said = fields.String(
        required=True,
        validate=_NAME,
        metadata={"description": "The value of a choice, or what is typed instead"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Answer:
        """Give the value."""
        return Answer(**data)


_DECIDED = fields.Dict(
    keys=fields.String(validate=_NAME),
    values=fields.String(allow_none=True, validate=AtMost(2 * limits.LINE)),
    validate=AtMost(_MOST),
    metadata={
        "description": "By the name as written: `new`, `new:<kind>`, an id, `leave`, or "
        "`same:<name>` of another name in the sheet; "
        "null takes a decision back"
    },
)


class PeopleShape(Shape):
    """Whether the city's people in the sheet are entered, and what the office holds them for."""

    taken = fields.Boolean(required=True)
    purpose = Passage(load_default="", metadata={"description": "Needed where they are taken"})
    consented_on = Day(
        load_default=None,
        allow_none=True,
        metadata={"description": "Since when they know and agree; needed where they are taken"},
    )
    retain_until = Day(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> PeopleDecision:
        """Give the value."""
        return PeopleDecision(**data)


class DecisionsShape(Shape):
    """Decisions; those that are left out stay as they are."""

    sheets = TupleOf(
        fields.String(), allow_none=True, validate=AtMost(100), metadata={"description": "To read"}
    )
    header = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(allow_none=True, validate=validate.Range(1, 100_000)),
        metadata={"description": "By the sheet the line of its headings"},
    )
    uses = fields.Dict(
        keys=fields.String(validate=_NAME),
        values=TupleOf(fields.String(validate=validate.OneOf(list(USES))), allow_none=True),
        metadata={"description": "By the heading what its column holds"},
    )
    answers = TupleOf(fields.Nested(AnswerShape), validate=AtMost(_MOST))
    partners = _DECIDED
    departments = _DECIDED
    people = fields.Nested(
        PeopleShape,
        allow_none=True,
        metadata={"description": "Null takes the decision back: they are left out and asked about"},
    )
    named_people = fields.Dict(
        keys=fields.String(validate=_NAME),
        values=fields.String(allow_none=True, validate=AtMost(limits.LINE)),
        validate=AtMost(_MOST),
        metadata={"description": "By a name that several are called: an id, `new` or `leave`"},
    )
    new_partners = fields.Boolean(
        metadata={"description": "Names that nothing on record resembles become partners"}
    )
    new_departments = fields.Boolean(metadata={"description": "The same of departments"})
    match_by = fields.String(allow_none=True, validate=validate.OneOf(get_args(MatchBy)))
    mode = fields.String(
        validate=validate.OneOf(("update", "add")),
        metadata={"description": "`add` leaves what is on record as it is"},
    )
    kind = fields.String(
        allow_none=True,
        validate=validate.OneOf(list(AGREEMENT_KINDS)),
        metadata={"description": "Of new agreements whose line says none"},
    )
    own_partner_id = fields.UUID(
        allow_none=True, metadata={"description": "The city's side where a line names none"}
    )
    department_id = fields.UUID(
        allow_none=True,
        metadata={"description": "The lead department of new agreements whose line names none"},
    )


class ApprovalShape(Shape):
    """What is approved."""

    only_clean = fields.Boolean(
        load_default=False,
        metadata={"description": "Write what is clear and leave lines with faults or questions"},
    )


class UndoShape(Shape):
    """Why it is taken back."""

    reason = Passage(required=True)


@dataclass(frozen=True, slots=True)
class RowsAsked:
    """Which lines, from where on."""

    state: str | None
    after: int
    limit: int


class RowsQuery(QueryShape):
    """Which lines."""

    state = fields.String(load_default=None, validate=validate.OneOf(_ROWS))
    after = fields.Integer(load_default=0, validate=validate.Range(0, limits.NUMBER))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> RowsAsked:
        """Give the value."""
        return RowsAsked(**data)


class OutcomesQuery(QueryShape):
    """Which records."""

    state = fields.String(load_default=None, validate=validate.OneOf(_OUTCOMES))
    after = fields.Integer(load_default=-1, validate=validate.Range(-1, limits.NUMBER))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> RowsAsked:
        """Give the value."""
        return RowsAsked(**data)


@dataclass(frozen=True, slots=True)
class ImportsAsked:
    """Which page of imports."""

    after: UUID | None
    limit: int


class ImportsQuery(QueryShape):
    """Which page of imports."""

    after = fields.UUID(load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> ImportsAsked:
        """Give the value."""
        return ImportsAsked(**data)


class SaidBody(Shape):
    """A text in both languages."""

    ko = fields.String()
    en = fields.String()


class ChoiceBody(Shape):
    """One answer that may be given."""

    value = fields.String()
    label = fields.Nested(SaidBody)


class RemarkBody(Shape):
    """A fault, a question, or what is told of a line."""

    code = fields.String()
    key = fields.String(metadata={"description": "Under which it is answered"})
    cell = fields.String(allow_none=True)
    read = fields.String()
    detail = fields.String(metadata={"description": "In the reader's language"})
    choices = fields.List(fields.Nested(ChoiceBody))
    typed = fields.Boolean(metadata={"description": "Whether something else may be typed"})


class FieldChangeBody(Shape):
    """One fact that would be another."""

    field = fields.String()
    heading = fields.Nested(SaidBody)
    before = fields.Nested(SaidBody, allow_none=True)
    after = fields.Nested(SaidBody, allow_none=True)


class ImportRowBody(Shape):
    """One line of the sheet, and what it would do."""

    place = fields.Integer()
    sheet = fields.String()
    line = fields.Integer()
    through = fields.Integer(metadata={"description": "The last line of a record of several"})
    state = fields.String(validate=validate.OneOf(_ROWS))
    why = fields.Nested(SaidBody)
    cells = fields.List(fields.String())
    title = fields.String(allow_none=True)
    subject_id = fields.UUID(allow_none=True)
    changes = fields.List(fields.Nested(FieldChangeBody))
    faults = fields.List(fields.Nested(RemarkBody))
    questions = fields.List(fields.Nested(RemarkBody))
    notes = fields.List(fields.Nested(RemarkBody))


class ImportRowsBody(Shape):
    """A page of lines; `next` is the place to go on after, null at the end."""

    items = fields.List(fields.Nested(ImportRowBody))
    next = fields.Integer(allow_none=True)


class OutcomeBody(Shape):
    """What became of one record."""

    position = fields.Integer()
    line = fields.Integer(allow_none=True)
    subject_type = fields.String()
    subject_id = fields.UUID()
    title = fields.Nested(SaidBody)
    state = fields.String(validate=validate.OneOf(_OUTCOMES))
    version = fields.Integer(allow_none=True)
    code = fields.String(allow_none=True)
    detail = fields.String(allow_none=True)


class OutcomesBody(Shape):
    """A page of records; `next` is the position to go on after, null at the end."""

    items = fields.List(fields.Nested(OutcomeBody))
    next = fields.Integer(allow_none=True)


class SheetFoundBody(Shape):
    """One sheet of the file."""

    name = fields.String()
    lines = fields.Integer()
    header = fields.List(fields.Integer())
    is_read = fields.Boolean()
    is_hidden = fields.Boolean()


class ColumnFoundBody(Shape):
    """One column, and what it is taken to hold."""

    sheet = fields.String()
    place = fields.String(metadata={"description": "A, B … AA"})
    heading = fields.String()
    uses = fields.List(fields.String())
    why = fields.String(
        metadata={"description": "`learned`, `heading`, `cells` alone, or `unknown`"}
    )
    samples = fields.List(fields.String())


class NameFoundBody(Shape):
    """A name that no single record is called."""

    subject_type = fields.String()
    name = fields.String()
    lines = fields.Integer(metadata={"description": "How many lines name it"})
    decided = fields.String(allow_none=True)
    proposed = fields.String(
        allow_none=True, metadata={"description": "Which kind of partner it seems to be"}
    )
    choices = fields.List(fields.Nested(ChoiceBody))


class PeopleDecidedBody(Shape):
    """What was decided of the city's people."""

    taken = fields.Boolean()
    purpose = fields.String()
    consented_on = Day(allow_none=True)
    retain_until = Day(allow_none=True)


class DecidedBody(Shape):
    """Every decision so far."""

    pasted = fields.Boolean()
    encoding = fields.String(allow_none=True)
    sheets = fields.List(fields.String(), allow_none=True)
    header = fields.Dict(keys=fields.String(), values=fields.Integer())
    uses = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))
    answers = fields.List(fields.Nested(AnswerShape))
    partners = fields.Dict(keys=fields.String(), values=fields.String())
    departments = fields.Dict(keys=fields.String(), values=fields.String())
    people = fields.Nested(PeopleDecidedBody, allow_none=True)
    named_people = fields.Dict(keys=fields.String(), values=fields.String())
    new_partners = fields.Boolean()
    new_departments = fields.Boolean()
    match_by = fields.String(allow_none=True)
    mode = fields.String()
    kind = fields.String(allow_none=True)
    own_partner_id = fields.UUID(allow_none=True)
    department_id = fields.UUID(allow_none=True)
    reason = fields.String(allow_none=True)


class ImportLineBody(Shape):
    """One import, in a list."""

    id = fields.UUID()
    version = fields.Integer(metadata={"description": "Of decisions and moves: for If-Match"})
    state = fields.String(validate=validate.OneOf(_STATES))
    name = fields.String()
    sha256 = fields.String()
    made_by = fields.String()
    made_at = fields.DateTime()
    changed_at = fields.DateTime()
    erased_at = fields.DateTime(metadata={"description": "When it is erased if nobody touches it"})
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    records = fields.Dict(keys=fields.String(), values=fields.Integer())
    links = fields.Integer(metadata={"description": "Sides of agreements that it would add"})
    done = fields.Integer(metadata={"description": "Records worked on in the present state"})
    total = fields.Integer()
    receipt_id = fields.UUID(allow_none=True, metadata={"description": "A load"})


class ImportBody(ImportLineBody):
    """One import with what was found and decided."""

    sheets = fields.List(fields.Nested(SheetFoundBody))
    columns = fields.List(fields.Nested(ColumnFoundBody))
    uses = fields.List(
        fields.Nested(ChoiceBody), metadata={"description": "What a column may hold"}
    )
    names = fields.List(fields.Nested(NameFoundBody))
    left_out = fields.List(
        fields.String(), metadata={"description": "Headings of columns that are not taken over"}
    )
    people = fields.Integer(
        metadata={"description": "How many of the city's people it names, whatever was decided"}
    )
    told = fields.List(fields.String())
    questions = fields.List(fields.Nested(RemarkBody))
    match_by = fields.String()
    choices = fields.Nested(DecidedBody)


class ImportsBody(Shape):
    """A page of imports; `next` is the id to go on after, null at the end."""

    items = fields.List(fields.Nested(ImportLineBody))
    next = fields.UUID(allow_none=True)
