"""Imports of spreadsheets: brought, decided about, approved, taken back (ADR 0038).

The values are those of docs/api/registry.json. Every method raises RegistryUnavailable, also for an
answer that cannot be read, or RegistryRefused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeVar, cast
from uuid import UUID

from changefeed.declared import Label
from changefeed.mapping import from_facts
from registryclient.answers import Asked, Entry
from registryclient.errors import RegistryUnavailable
from registryclient.wire import Wire

T = TypeVar("T")

ImportState = Literal["checking", "open", "committing", "done", "undoing", "undone"]
RowState = Literal["new", "changed", "same", "question", "fault", "passed"]
OutcomeState = Literal["written", "left", "undone", "kept"]

BROUGHT_WITHIN_S = 60.0
"""A small sheet is checked before anything is answered."""


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
        questions: What is asked once for all lines; keys are those of the decisions.
        choices: The decisions so far, by the names of `DecidedBody` in docs/api/registry.json.
    """

    sheets: tuple[SheetFound, ...]
    columns: tuple[ColumnFound, ...]
    names: tuple[NameFound, ...]
    left_out: tuple[str, ...]
    told: tuple[str, ...]
    questions: tuple[Remark, ...]
    match_by: str
    choices: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportPage:
    """A page of imports, the latest first; `next` is the id to go on after."""

    items: tuple[ImportLine, ...]
    next: UUID | None


class ImportsClient:
    """Asks for imports and moves them on."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def page(self, *, after: UUID | None = None, limit: int = 50) -> ImportPage:
        """Give some imports."""
        return _read(ImportPage, self._wire.get("imports", {"after": after, "limit": limit}))

    def one(self, import_id: UUID) -> Import:
        """Give one import as it stands."""
        return _read(Import, self._wire.get(f"imports/{import_id}"))

    def bring(
        self, name: str, data: bytes, *, pasted: bool = False, encoding: str | None = None
    ) -> Import:
        """Bring a file, or cells that were copied from a spreadsheet (UTF-8).

        Raises:
            RegistryRefused: `import.unreadable`, with why in `errors`.
        """
        asked: dict[str, Asked] = {"name": name, "pasted": pasted or None, "encoding": encoding}
        told = self._wire.send_bytes("imports", data, asked, answer_within_s=BROUGHT_WITHIN_S)
        return _read(Import, told)

    def decide(self, import_id: UUID, decisions: Mapping[str, object], *, seen: int) -> Import:
        """Change decisions, by the names of `DecisionsShape`; the sheet is checked anew."""
        told, _ = self._wire.write("PATCH", f"imports/{import_id}", decisions, seen=seen)
        return _read(Import, told)

    def approve(self, import_id: UUID, *, only_clean: bool, seen: int) -> Import:
        """Let it be written; `import.unanswered` if a line asks something, unless only the rest."""
        path, body = f"imports/{import_id}/approvals", {"only_clean": only_clean}
        return _read(Import, self._wire.write("POST", path, body, seen=seen)[0])

    def foresee(self, import_id: UUID) -> Sequence[Entry]:
        """Give the entries of the first hundred records, to ask what they would do."""
        path = f"imports/{import_id}/approvals"
        told = self._wire.post(path, {}, {"dry_run": True})
        return cast(dict[str, list[Entry]], told)["entries"]

    def undo(self, import_id: UUID, reason: str, *, seen: int) -> Import:
        """Let what was written be taken back, as far as nobody has touched it since."""
        path, body = f"imports/{import_id}/undos", {"reason": reason}
        return _read(Import, self._wire.write("POST", path, body, seen=seen)[0])

    def erase(self, import_id: UUID, *, seen: int) -> None:
        """Erase what is staged of it."""
        self._wire.delete(f"imports/{import_id}", seen=seen)

    def rows(
        self, import_id: UUID, *, state: str | None = None, after: int = 0, limit: int = 50
    ) -> ImportRows:
        """Give some lines in their order."""
        asked: dict[str, Asked] = {"state": state, "after": after, "limit": limit}
        return _read(ImportRows, self._wire.get(f"imports/{import_id}/rows", asked))

    def outcomes(
        self, import_id: UUID, *, state: str | None = None, after: int = -1, limit: int = 50
    ) -> ImportOutcomes:
        """Give what became of some records."""
        asked: dict[str, Asked] = {"state": state, "after": after, "limit": limit}
        return _read(ImportOutcomes, self._wire.get(f"imports/{import_id}/outcomes", asked))

    def faults(self, import_id: UUID) -> bytes:
        """Give the lines that were not written as an xlsx that says why."""
        return self._wire.get_bytes(f"imports/{import_id}/faults")


def _read(kind_of: type[T], told: object) -> T:
    """Take an answer of another form than agreed for no answer."""
    try:
        return from_facts(kind_of, cast("Mapping[str, Any]", told))
    except Exception as error:
        raise RegistryUnavailable(f"unreadable {kind_of.__name__}: {error!r}") from error
