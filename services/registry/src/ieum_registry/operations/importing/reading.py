"""Opening a sheet that was brought: its tables, its columns, and what was decided about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ieum_registry.operations.importing.choices import Choices
from ieum_registry.operations.ports.imports import ColumnFound, SheetFound
from sheetreader.cells import Workbook, letters
from sheetreader.columns import guess
from sheetreader.doubts import Answers
from sheetreader.headings import USES, Use, plain
from sheetreader.layout import Layout, layouts_of
from sheetreader.results import Table
from sheetreader.workbook import open_workbook, pasted

UNUSED: frozenset[Use] = frozenset({"status"})
"""What is read and has no place on record: told, never lost in silence."""

OF_PEOPLE: frozenset[Use] = frozenset({"officer", "deputy", "phone", "email"})
"""What is left out, and told, unless a person lets the city's people be entered (T-80)."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file with its tables."""

    book: Workbook
    sheets: tuple[SheetFound, ...]
    columns: tuple[ColumnFound, ...]
    tables: tuple[Table, ...]

    def uses(self, use: Use) -> bool:
        """Say whether any column holds that."""
        return any(use in each.uses for each in self.columns)


def open_sheet(data: bytes, name: str, choices: Choices) -> Workbook:
    """Open what was sent or pasted.

    Raises:
        Unreadable: With its code, its facts and perhaps what to choose between.
    """
    if choices.pasted:
        return pasted(data.decode("utf-8", "replace"), name)
    return open_workbook(data, name, encoding=choices.encoding)


def open_tables(book: Workbook, choices: Choices, learned: Mapping[str, Sequence[str]]) -> Opened:
    """Find the tables to read and what their columns hold.

    Args:
        learned: What headings were said to hold in imports before.
    """
    decided = {plain(heading): _uses(uses) for heading, uses in choices.uses.items()}
    known = {heading: _uses(uses) for heading, uses in learned.items()} | decided
    sheets: list[SheetFound] = []
    columns: list[ColumnFound] = []
    tables: list[Table] = []
    for sheet in book.sheets:
        layouts = layouts_of(sheet, choices.header.get(sheet.name))
        header = next((each.header_lines for each in layouts if each.header_lines), ())
        is_read = bool(header) and not sheet.hidden
        if choices.sheets is not None:
            is_read = sheet.name in choices.sheets
        found = SheetFound(sheet.name, len(sheet.rows), header, is_read, sheet.hidden)
        sheets.append(found)
        for layout in layouts if is_read else ():
            guessed = _guessed(layout, known)
            tables.append(Table(layout, {each[0]: each[1] for each in guessed}))
            columns += [each[2] for each in guessed]
    return Opened(book, tuple(sheets), tuple(columns), tuple(tables))


def _guessed(
    layout: Layout, known: Mapping[str, tuple[Use, ...]]
) -> list[tuple[int, tuple[Use, ...], ColumnFound]]:
    return [
        (
            each.column,
            each.uses,
            ColumnFound(
                layout.sheet.name,
                letters(each.column),
                each.heading,
                each.uses,
                each.why,
                each.samples,
            ),
        )
        for each in guess(layout, known)
    ]


def _uses(said: Sequence[str]) -> tuple[Use, ...]:
    return tuple(each for each in said if each in USES)


def answers_of(choices: Choices) -> Answers:
    """Give a person's answers as whoever reads wants them."""
    return {(each.sheet, each.line, each.key): each.said for each in choices.answers}
