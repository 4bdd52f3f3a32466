"""A list as a file: comma-separated values, and a workbook that keeps days and numbers as such."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import xlsxwriter

from httpedge.sheet import cell, sheet_of

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

PASTED = "text/tab-separated-values; charset=utf-8"

Plain = str | int | date | datetime | None
"""What a cell holds in a file."""

WIDEST, NARROWEST, ROOM = 60, 8, 2
"""Of columns, in letters; Hangul takes the room of two."""
LONGEST_TEXT = 32_767
"""So many letters Excel takes in a cell."""
NOT_IN_A_NAME = str.maketrans("", "", "[]:*?/\\'")


def text_of(titles: Sequence[str], rows: Iterable[Sequence[Plain]]) -> str:
    """Write rows as comma-separated values; no cell begins a formula."""
    return sheet_of([titles, *rows])


def pasted_of(titles: Sequence[str], rows: Iterable[Sequence[Plain]]) -> str:
    """Write rows as tab-separated values, to be pasted into a sheet: no cell begins a formula.

    Nothing in a cell parts cells or lines, as pasting knows no quotes; so no mark stands at the
    beginning either.
    """
    lines = ([_in_one_cell(each) for each in row] for row in [titles, *rows])
    return "".join("\t".join(line) + "\r\n" for line in lines)


def _in_one_cell(value: Plain) -> str:
    return cell(" ".join(value.split()) if isinstance(value, str) else value)


def workbook_of(name: str, titles: Sequence[str], rows: Sequence[Sequence[Plain]]) -> bytes:
    """Write rows as a workbook of one sheet, its heading frozen and ready to be filtered.

    Days and numbers stay days and numbers. Text stays text whatever it begins with: what a program
    might take for a formula is marked as quoted, so that it is none after it was edited, either.
    """
    paper = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(paper, options) as book:
        sheet = book.add_worksheet(name.translate(NOT_IN_A_NAME)[:31])
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        forms = {
            date: book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
            int: book.add_format({"num_format": "#,##0"}),
        }
        quoted = book.add_format({"quote_prefix": True})
        sheet.write_row(0, 0, titles, heading)
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    is_plain = cell(value) == value
                    form = None if is_plain else quoted
                    sheet.write_string(at, column, value[:LONGEST_TEXT], form)
                elif isinstance(value, date):
                    sheet.write_datetime(at, column, value, forms[type(value)])
                elif value is not None:
                    sheet.write_number(at, column, value, forms[int])
        for column, title in enumerate(titles):
            texts = [title, *(str(row[column]) for row in rows[:500] if row[column] is not None)]
            room = max(map(_room, texts)) + ROOM
            sheet.set_column(column, column, min(max(room, NARROWEST), WIDEST))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(titles) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4.
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return paper.getvalue()


def _room(text: str) -> int:
    return sum(2 if ord(each) > 0x1100 else 1 for each in text)
