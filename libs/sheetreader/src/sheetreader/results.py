"""What reading gives: each line of a file, and the agreement that it says, cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Literal, TypeVar

from changefeed.declared import Label
from changefeed.subjects.agreement import AgreementKind, EndRule
from changefeed.subjects.parts import PartDay
from sheetreader.cells import At
from sheetreader.columns import Uses
from sheetreader.doubts import Doubt
from sheetreader.layout import Layout
from sheetreader.lines import REASONS, LineKind
from sheetreader.parties import PartyRead

Told = TypeVar("Told")

Action = Literal["take", "join", "skip", "duplicate", "ask"]
"""What becomes of a line: taken; part of the record where it joins; left out; the same as another
line; or a person is asked what it is."""


@dataclass(frozen=True, slots=True)
class Read(Generic[Told]):
    """One thing that was read, as it was written, and where."""

    value: Told
    written: str
    at: At


@dataclass(frozen=True, slots=True)
class ReadEnd:
    """How an agreement ends, as far as the ledger says.

    Attributes:
        ends_on: The last day, written or reckoned; `ends_as` what is known of it in part.
        months: How long it was said to last.
        notice: How long before the end somebody has to object, in `notice_unit` (days, months).
        text: What the ledger says, where it says more than that.
    """

    rule: EndRule = "unknown"
    ends_on: date | None = None
    ends_as: PartDay | None = None
    months: int | None = None
    notice: int | None = None
    notice_unit: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReadAgreement:
    """One agreement, as a ledger says it.

    Attributes:
        sequence: Its number on the sheet, which is no number of the agreement.
        stated: What columns say that hold a field as it is, by the names of `FIELDS`.
        parties: The city itself only where the ledger names it.
        parties_not_named: How many more there are; None if nobody knows.
        signed_on: A day, or what is known of it in part.
        struck: Struck through: it has ended, nobody knows when.
        notes: Remarks, one to a cell.
        section: The heading that it stands under.
    """

    title: Read[str]
    kind: Read[AgreementKind]
    parties: tuple[Read[PartyRead], ...] = ()
    parties_not_named: int | None = 0
    sequence: Read[str] | None = None
    stated: Mapping[str, Read[Any]] = field(default_factory=dict)
    signed_on: Read[date | PartDay] | None = None
    effective_on: Read[date | PartDay] | None = None
    end: Read[ReadEnd] | None = None
    department: Read[str] | None = None
    officer: Read[str] | None = None
    deputy: Read[str] | None = None
    phone: Read[str] | None = None
    email: Read[str] | None = None
    notes: tuple[Read[str], ...] = ()
    struck: bool = False
    section: str = ""

    def said(self, name: str) -> str | None:
        """Give what a column says of a field that is a text."""
        found = self.stated.get(name)
        return None if found is None else str(found.value)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of the file.

    Attributes:
        through: The last line of a record of several lines; else the line itself.
        reason: A code of `lines.REASONS`.
        of: Where a continuation joins, or which line a duplicate repeats.
        agreement: Of a line that is taken, a duplicate or a plan; None if it could not be read.
    """

    at: At
    through: int
    kind: LineKind
    action: Action
    reason: str
    of: At | None = None
    agreement: ReadAgreement | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def said(self) -> Label:
        """Why the line is read as it is."""
        return REASONS[self.reason]

    @property
    def is_open(self) -> bool:
        """Say whether a person has to decide something before the line can be taken."""
        return self.action == "ask" or any(each.weight != "note" for each in self.doubts)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what its columns hold."""

    layout: Layout
    uses: Uses
