"""Several of a kind in one form: a row of inputs each, into which a block of a spreadsheet is put.

Its fields come in as lists of equal length, `name` ×n, `email` ×n. Blank rows say nothing and go.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any
from unicodedata import normalize

from flask_babel import gettext

from changefeed import limits
from ieum_portal.domain.draft import Values
from ieum_portal.operations.ports import Registry
from ieum_portal.pages.changing.declared import Form, Subject
from ieum_portal.pages.changing.filled import Filled
from ieum_portal.pages.labels import said

PASTED = "pasted"
"""The field into which a block is pasted where no script takes it."""

FEWEST, MORE = 3, 5
"""So many rows a form shows at least, and so many come when more are asked for."""

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One input of a row: its id, which is also what its fault is known by."""

    id: str
    name: str
    input: str
    value: str


class NoBlock(Exception):
    """A text is no block of cells that could be put in; the code says why (`FIELD_FAULTS`)."""

    def __init__(self, code: str) -> None:
        """Name the code."""
        super().__init__(code)
        self.code = code


class Rows:
    """The part of a form in which several of a kind are entered."""

    def __init__(self, form: Form) -> None:
        """Choose what each row asks for: facts that take a line of text."""
        self.form = form
        self.keys = tuple(each.key for each in form.asked)

    @property
    def labels(self) -> Mapping[str, str]:
        """What each column is called in the reader's language."""
        return {each.key: said(each.fact.label) for each in self.form.asked}

    def taken(self, values: Values, *, adds: bool) -> Values:
        """Give what was typed with what was pasted below it, and blank rows for more.

        A text that is no block stays where it was pasted, so that nothing of it is lost.
        """
        rows, pasted = self.rows_in(values), values.get(PASTED, ("",))[0]
        try:
            rows = [*rows, *self.block(pasted, at=0)]
            pasted = ""
        except NoBlock:
            pass
        blank = [("",) * len(self.keys)] * (MORE if adds else 0)
        columns = zip(*rows, *blank, strict=True)
        held = dict(zip(self.keys, columns, strict=False)) or dict.fromkeys(self.keys, ())
        return {**values, **held, PASTED: (pasted,)}

    def rows_in(self, values: Mapping[str, Sequence[str]]) -> list[Cells]:
        """Give the rows in which something is written."""
        columns = [values.get(key, ()) for key in self.keys]
        return [row for row in zip_longest(*columns, fillvalue="") if any(map(str.strip, row))]

    def block(self, text: str, *, at: int) -> list[Cells]:
        """Read a block as a spreadsheet copies it: tabs between cells, quotes around some.

        Args:
            at: The column into which its first cell goes.

        Raises:
            NoBlock: It is none, or does not fit.
        """
        try:
            lines = list(csv.reader(io.StringIO(text, newline=""), "excel-tab", strict=True))
        except csv.Error as unreadable:
            raise NoBlock("no_table") from unreadable
        tidy = [[" ".join(normalize("NFC", cell).split()) for cell in line] for line in lines]
        rows = [_without_blank_end(line) for line in tidy if any(line)]
        if rows and self._is_heading(rows[0]):
            rows = rows[1:]
        room = len(self.keys) - at
        if any(len(row) > room for row in rows):
            raise NoBlock("too_many_cells")
        if len(rows) > limits.TOGETHER:
            raise NoBlock("too_many_rows")
        return [(*row, *[""] * (room - len(row))) for row in rows]

    def shown(self, values: Mapping[str, Sequence[str]]) -> list[list[Cell]]:
        """Give the inputs of all rows, blank ones below."""
        columns = [list(values.get(key, ())) for key in self.keys]
        rows = list(zip_longest(*columns, fillvalue=""))
        rows += [("",) * len(self.keys)] * (FEWEST - len(rows))
        return [
            [
                Cell(f"{asked.key}-{number}", asked.key, _input(asked.key), value)
                for asked, value in zip(self.form.asked, row, strict=True)
            ]
            for number, row in enumerate(rows)
        ]

    def read(
        self, filled: Filled, values: Mapping[str, Sequence[str]], registry: Registry
    ) -> list[dict[str, Any]]:
        """Give the facts of each row; faults are noted at their cells."""
        rows, found = self.rows_in(values), []
        for number, row in enumerate(rows):
            inner = filled.row(dict(zip(self.keys, row, strict=True)))
            found.append(self.form.read(inner, Subject(), registry))
            filled.faults |= {f"{key}-{number}": code for key, code in inner.faults.items()}
        if not rows:
            filled.faults.setdefault(f"{self.keys[0]}-0", "empty")
        if len(rows) > limits.TOGETHER:
            filled.faults.setdefault(PASTED, "too_many_rows")
        if pasted := next(iter(values.get(PASTED, ())), ""):
            filled.faults.setdefault(PASTED, self._why_not(pasted))
        return found

    def is_cell(self, name: str) -> bool:
        """Whether a field at fault is one of a row."""
        key, _, number = name.rpartition("-")
        return key in self.keys and number.isdigit()

    def called(self, name: str) -> str:
        """Give what such a field is called."""
        key, _, number = name.rpartition("-")
        field = self.labels[key]
        return str(gettext("%(row)s번째 줄 %(field)s", row=int(number) + 1, field=field))

    def _why_not(self, pasted: str) -> str:
        try:
            self.block(pasted, at=0)
        except NoBlock as fault:
            return fault.code
        return "not_taken"

    def _is_heading(self, row: Cells) -> bool:
        known = {
            word.casefold()
            for each in self.form.asked
            for word in (each.fact.label.ko, each.fact.label.en, each.key)
        }
        return all(cell.casefold() in known for cell in row if cell)


def _without_blank_end(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row


def _input(key: str) -> str:
    return {"email": "email", "phone": "tel"}.get(key, "text")
