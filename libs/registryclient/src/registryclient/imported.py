"""Imports of spreadsheets as the registry answers them (docs/api/registry.json)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from changefeed.declared import Label

ImportState = Literal["checking", "open", "committing", "done", "undoing", "undone"]
RowState = Literal["new", "changed", "same", "question", "fault", "passed"]
OutcomeState = Literal["written", "left", "undone", "kept"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be given to a question."""

    value: str
    label: Label


@dataclass(frozen=True, slots=True)
class Remark:
    """A fault of a line, a question that it asks, or what is told of it besides.

    Attributes:
        key: Under which it is answered.
        cell: As a spreadsheet calls it (`C12`); None if it is about the line.
        detail: In the client's language.
        typed: Whether a text or a day may be typed instead of a choice.
    """

    code: str
    key: str
    cell: str | None
    read: str
    detail: str
    choices: tuple[Choice, ...] = ()
    typed: bool = False


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One fact that would be another, in words; None is nothing."""

    field: str
    heading: Label
    before: Label | None
    after: Label | None


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One line of the sheet, and what it would do."""

    place: int
    sheet: str
    line: int
    through: int
    state: RowState
    why: Label
    cells: tuple[str, ...]
    title: str | None
    subject_id: UUID | None
    changes: tuple[FieldChange, ...]
    faults: tuple[Remark, ...]
    questions: tuple[Remark, ...]
    notes: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class ImportRows:
    """A page of lines; `next` is the place to go on after, None at the end."""

    items: tuple[ImportRow, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of one record; `detail` says why it was left or kept."""

    position: int
    line: int | None
    subject_type: str
    subject_id: UUID
    title: Label
    state: OutcomeState
    version: int | None
    code: str | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class ImportOutcomes:
    """A page of records; `next` is the position to go on after, None at the end."""

    items: tuple[ImportOutcome, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class SheetFound:
    """One sheet of the file; `header` are the lines of its headings, from 1."""

    name: str
    lines: int
    header: tuple[int, ...]
    is_read: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class ColumnFound:
    """One column, what it is taken to hold, and why: `learned`, `heading`, `cells`, `unknown`."""

    sheet: str
    place: str
    heading: str
    uses: tuple[str, ...]
    why: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name that no single record is called.

    Attributes:
        lines: How many lines name it.
        decided: `new`, `new:<kind>`, an id or `leave`; None is open.
        proposed: What kind of partner it seems to be.
    """

    subject_type: str
    name: str
    lines: int
    decided: str | None
    proposed: str | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import in a list.

    Attributes:
        version: What decisions and moves must name.
        counts: Lines by their state; `records` are records to write by type.
        links: Sides of agreements that it would add.
        done: Records worked on in the present state, of `total`.
        receipt_id: The load that tells what was written.
    """

    id: UUID
    version: int
    state: ImportState
    name: str
    sha256: str
    made_by: str
    made_at: datetime
    changed_at: datetime
    erased_at: datetime
    counts: dict[str, int]
    records: dict[str, int]
    links: int
    done: int
    total: int
    receipt_id: UUID | None


@dataclass(frozen=True, slots=True)
class Import(ImportLine):
    """One import with what was found and decided.

    Attributes:
        people: How many of the city's people it names, whatever was decided of them.
        questions: What is asked once for all lines; keys are those of the decisions.
        choices: The decisions so far, by the names of `DecidedBody` in docs/api/registry.json.
        uses: What a column may hold.
    """

    sheets: tuple[SheetFound, ...]
    columns: tuple[ColumnFound, ...]
    names: tuple[NameFound, ...]
    left_out: tuple[str, ...]
    told: tuple[str, ...]
    questions: tuple[Remark, ...]
    match_by: str
    choices: dict[str, Any] = field(default_factory=dict)
    people: int = 0
    uses: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPage:
    """A page of imports, the latest first; `next` is the id to go on after."""

    items: tuple[ImportLine, ...]
    next: UUID | None
