"""Imports while they are being decided and written: staged beside the log, and erasable."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from changefeed.change import Actor
from changefeed.declared import Label
from ieum_registry.operations.importing.choices import Choices, MatchBy
from ieum_registry.operations.ports.idempotency import KeyUse

ImportState = Literal["checking", "open", "committing", "done", "undoing", "undone"]
"""`checking`, `committing` and `undoing` are the worker's; the others wait for a person."""
WORKED_ON: tuple[ImportState, ...] = ("checking", "committing", "undoing")

RowState = Literal["new", "changed", "same", "question", "fault", "passed"]
"""What a line would do; `passed` holds no agreement of its own: a title, a total, a blank."""

OutcomeState = Literal["written", "left", "undone", "kept"]
"""What became of a record: `left` was not written, `kept` was not taken back."""


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
        read: What stands there.
        facts: What the sentence of the code names.
        said: The sentence itself, where whoever read the sheet has written it.
        choices: Answers to choose from.
        typed: Whether a text or a day may be typed instead.
    """

    code: str
    key: str
    cell: str | None = None
    read: str = ""
    facts: dict[str, str] | None = None
    said: Label | None = None
    choices: tuple[Choice, ...] = ()
    typed: bool = False


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One fact that would be another, in words; None is nothing.

    Attributes:
        field: Its key in the facts; a part's after a dot.
    """

    field: str
    heading: Label
    before: Label | None
    after: Label | None


@dataclass(frozen=True, slots=True)
class StagedRow:
    """One line of the sheet, and what it would do.

    Attributes:
        place: Among all lines of the file, from 1.
        line: Within its sheet, as the spreadsheet counts, from 1.
        through: The last line of a record of several lines.
        cells: What stands in the columns, in their order.
        why: Why the line is read as it is.
        subject_id: The agreement on record, or the new one's.
        notes: What is told besides; nobody has to answer.
    """

    place: int
    sheet: str
    line: int
    through: int
    state: RowState
    why: Label
    cells: tuple[str, ...] = ()
    title: str | None = None
    subject_id: UUID | None = None
    changes: tuple[FieldChange, ...] = ()
    faults: tuple[Remark, ...] = ()
    questions: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """One record that is to be written.

    Attributes:
        position: The place in the order of writing, from 0: what is pointed at comes first.
        line: The first line that says so; None for a record that several lines name.
        seen: The version on record that `before` is; 0 for a new one.
        facts: What is to stand.
        before: What stood when it was checked; None for a new one.
    """

    position: int
    line: int | None
    subject_type: str
    subject_id: UUID
    seen: int
    facts: Mapping[str, Any]
    before: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one planned record.

    Attributes:
        version: What was written; None if nothing was.
        why: The code of what stood against it; `facts` is what its sentence names.
    """

    position: int
    state: OutcomeState
    version: int | None = None
    why: str | None = None
    facts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A record with what became of it."""

    planned: Planned
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class SheetFound:
    """One sheet of the file.

    Attributes:
        header: The lines of its first header, from 1; none if none was found.
        is_read: Whether it is read.
        is_hidden: Whether the program shows it to nobody.
    """

    name: str
    lines: int
    header: tuple[int, ...]
    is_read: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class ColumnFound:
    """One column: its heading, what it is taken to hold and why, and a few of its cells.

    Attributes:
        place: As the program calls it: A, B … AA.
        why: `learned` from a decision, `heading`, `cells` alone, or `unknown`.
    """

    sheet: str
    place: str
    heading: str
    uses: tuple[str, ...]
    why: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name in the sheet that no single record is called.

    Attributes:
        subject_type: `partner` or `department`; `contact` where several are called so.
        lines: How many lines name it.
        decided: What was decided about it, now or in an import before; None is open.
        proposed: What kind of partner it seems to be, if it becomes a new one.
        choices: Records that it may mean, the likeliest first.
    """

    subject_type: str
    name: str
    lines: int
    decided: str | None
    proposed: str | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What checking found.

    Attributes:
        counts: How many lines of each state.
        records: How many records it would write, by type.
        links: How many sides of agreements it would add.
        left_out: Headings of columns that hold something and are not taken over.
        people: How many of the city's people it names, whatever was decided of them.
        told: What is to be known of the file as a whole.
        questions: What is asked once for all lines; keys are those of the decisions.
    """

    sheets: tuple[SheetFound, ...] = ()
    columns: tuple[ColumnFound, ...] = ()
    names: tuple[NameFound, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    links: int = 0
    left_out: tuple[str, ...] = ()
    people: int = 0
    told: tuple[Label, ...] = ()
    questions: tuple[Remark, ...] = ()
    match_by: MatchBy = "title_and_day"


@dataclass(frozen=True, slots=True)
class Import:
    """One import as it stands.

    Attributes:
        version: Counts decisions and moves, not progress; what If-Match names.
        made_by: Who brought the sheet; `moved_by` who approved it, or asked to take it back.
        done: How many records have been worked on in the present state, of `total`.
        receipt_id: The load's own record, once it is done.
    """

    id: UUID
    version: int
    state: ImportState
    name: str
    sha256: str
    made_by: Actor
    moved_by: Actor
    made_at: datetime
    changed_at: datetime
    choices: Choices
    found: Found
    done: int = 0
    total: int = 0
    receipt_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What one check found, to be staged in place of the check before."""

    found: Found
    rows: Sequence[StagedRow]
    records: Sequence[Planned]


@dataclass(frozen=True, slots=True)
class Claim:
    """An import that a worker has taken.

    Attributes:
        token: Fences: who took it later has another, and what comes with this one is refused.
    """

    id: UUID
    token: UUID


@dataclass(frozen=True, slots=True)
class Lease:
    """With what an import is held from the moment that it begins to wait, and until when."""

    token: UUID
    until: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """What one transaction of the log does to the staged records, in that transaction.

    Attributes:
        lease_until: The claim holds so long from then on.
        state: Into which the import goes with it; None leaves it.
    """

    claim: Claim
    outcomes: Sequence[Outcome]
    lease_until: datetime
    at: datetime
    state: ImportState | None = None
    receipt_id: UUID | None = None


class LeaseLost(Exception):
    """Somebody else has taken the import meanwhile; what was about to be written is not."""


class Imports(Protocol):
    """Imports of one store."""

    def add(
        self, new: Import, data: bytes, lease: Lease | None = None, key: KeyUse | None = None
    ) -> None:
        """Stage a sheet as it came.

        Args:
            lease: Of who checks it at once; without one it waits for a worker.
            key: The claimed Idempotency-Key, to be settled with it.
        """
        ...

    def one(self, import_id: UUID) -> Import:
        """Give one; NotFound if there is none, or it has been erased."""
        ...

    def data(self, import_id: UUID) -> bytes:
        """Give the sheet as it came."""
        ...

    def page(self, *, before: UUID | None, limit: int) -> Sequence[Import]:
        """Give some, the latest first."""
        ...

    def move(
        self,
        import_id: UUID,
        seen: int,
        state: ImportState,
        *,
        choices: Choices | None,
        by: Actor,
        at: datetime,
        lease: Lease | None = None,
    ) -> Import:
        """Put one into a state, perhaps with other decisions; who held it has lost it.

        Args:
            lease: As for `add`.

        Raises:
            NotFound, Stale: There is none; it has another version than `seen`.
        """
        ...

    def stage(self, claim: Claim, version: int, checked: Checked, at: datetime) -> None:
        """Keep what a check found in place of the check before, and open the import.

        Args:
            version: Of the import that was checked.

        Raises:
            LeaseLost: It was moved on, erased or taken by somebody else meanwhile; what they find
                or write stays as it is.
        """
        ...

    def rows(
        self, import_id: UUID, *, state: str | None, after: int, limit: int
    ) -> Sequence[StagedRow]:
        """Give some lines in their order, after a place."""
        ...

    def settled(
        self, import_id: UUID, *, states: Sequence[str], after: int, limit: int
    ) -> Sequence[Settled]:
        """Give records with what became of them, in the order of writing."""
        ...

    def to_write(
        self, import_id: UUID, *, limit: int, subject_type: str | None = None
    ) -> Sequence[Planned]:
        """Give the next records that nothing became of yet, of one type or of all."""
        ...

    def to_write_among(self, import_id: UUID, ids: Collection[UUID]) -> Sequence[Planned]:
        """Give those of some records that nothing became of yet."""
        ...

    def to_undo(self, import_id: UUID, *, limit: int) -> Sequence[Settled]:
        """Give the next records that were written, the last first."""
        ...

    def tally(self, import_id: UUID) -> Mapping[tuple[str, bool, str], int]:
        """Count the records that something became of, by type, whether new, and outcome."""
        ...

    def claim(self, *, token: UUID, now: datetime, lease_until: datetime) -> Claim | None:
        """Take the import that has waited longest for work and that nobody holds."""
        ...

    def keep(self, claim: Claim, until: datetime) -> None:
        """Hold an import longer.

        Raises:
            LeaseLost: As `stage`.
        """
        ...

    def release(self, claim: Claim) -> None:
        """Let others take it at once; nothing happens if it was lost."""
        ...

    def remembered(self, kind: str) -> Mapping[str, str]:
        """Give what was decided before, by what is written: of a heading, partner, department."""
        ...

    def remember(self, kind: str, decided: Mapping[str, str], at: datetime) -> None:
        """Keep what was decided for the next import."""
        ...

    def erase(self, import_id: UUID, seen: int) -> None:
        """Erase one, with all that is staged of it.

        Raises:
            NotFound, Stale: There is none; it has another version than `seen`.
        """
        ...

    def forget_before(self, instant: datetime) -> int:
        """Erase imports that nobody has touched since, with all that is staged of them."""
        ...
