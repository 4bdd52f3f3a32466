"""A file as sheets of cells: values, places, and what a cell shows besides its value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache

Value = str | int | float | bool | date | datetime | time | timedelta
"""What a cell holds; an empty one the empty text."""


@dataclass(frozen=True, slots=True)
class At:
    """A place in a file.

    Attributes:
        line: From 1, as the program shows it; of a CSV the line of the file.
        column: From 0; None where the whole line is meant.
    """

    sheet: str
    line: int
    column: int | None = None

    @property
    def address(self) -> str:
        """The place as people write it: `C12`, or `12` for a line."""
        return f"{'' if self.column is None else letters(self.column)}{self.line}"


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells made into one: lines from 1, columns from 0, all inclusive."""

    first_line: int
    last_line: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What a cell shows besides its value.

    Attributes:
        struck: Struck through, wholly; `struck_part` is the struck text where it is not the whole.
        formula: The value was worked out by a formula.
        unworked: Of a formula no value is stored.
        error: As `#REF!`.
        shown: A day as the cell shows it, where its format leaves the day or the month out.
    """

    struck: bool = False
    struck_part: str = ""
    formula: bool = False
    unworked: bool = False
    error: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its lines from 1, each with as many cells as it needs.

    Attributes:
        marks: By (line, column), of cells that have any.
        quoted: Lines of a CSV that lie within a quoted cell, with the line where that begins.
        parted: Lines of a CSV that were parted by another sign than the rest, with that sign.
        hidden: Whether the program shows it to nobody.
        from_1904: Whether its days are counted from 1904, as old Macs had it.
    """

    name: str
    rows: Sequence[Sequence[Value]]
    merges: tuple[Merge, ...] = ()
    marks: Mapping[tuple[int, int], Mark] = field(default_factory=dict)
    hidden_lines: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    quoted: Mapping[int, int] = field(default_factory=dict)
    parted: Mapping[int, str] = field(default_factory=dict)
    hidden: bool = False
    from_1904: bool = False

    def at(self, line: int, column: int) -> Value:
        """Give the value of a cell; the empty text where there is none."""
        row = self.rows[line - 1] if 0 < line <= len(self.rows) else ()
        return row[column] if column < len(row) else ""


@dataclass(frozen=True, slots=True)
class Workbook:
    """One file, or what was pasted.

    Attributes:
        form: `xlsx`, `xls`, `csv` or `pasted`.
        encoding: In which a CSV was read; empty otherwise.
        told: Codes of what a reader of the result should know: `TOLD` of doubts.
    """

    name: str
    form: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    told: tuple[str, ...] = ()


@cache
def letters(column: int) -> str:
    """Give the name of a column, counted from 0: A, B … Z, AA."""
    name = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
