"""The lines of an import that were not written, as a sheet to be mended and brought again."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from httpedge.language import language
from ieum_registry.api.import_sentences import remark_sentence
from ieum_registry.operations.ports.imports import ColumnFound, StagedRow

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT_ALONE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def fault_sheet(columns: Sequence[ColumnFound], rows: Iterable[StagedRow]) -> bytes:
    """Write each sheet's headings and lines as they came, and why in a column of its own."""
    by_sheet: dict[str, list[StagedRow]] = {}
    for row in rows:
        by_sheet.setdefault(row.sheet, []).append(row)
    paper = io.BytesIO()
    with xlsxwriter.Workbook(paper, {"in_memory": True, **_TEXT_ALONE}) as book:
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for number, (name, lines) in enumerate(by_sheet.items() or [("", [])], 1):
            sheet = book.add_worksheet(_sheet_name(name, number))
            headings = _headings(columns, name)
            width = max([len(headings), *(len(each.cells) for each in lines)])
            for column, text in enumerate(headings):
                sheet.write_string(0, column, text)
            sheet.write_string(0, width, "이유" if language() == "ko" else "why")
            sheet.set_column(width, width, 60)
            for place, row in enumerate(lines, 1):
                for column, text in enumerate(row.cells):
                    sheet.write_string(place, column, text)
                sheet.write_string(place, width, _why(row), wrapped)
    return paper.getvalue()


def _headings(columns: Sequence[ColumnFound], sheet: str) -> list[str]:
    found: dict[int, str] = {}
    for each in columns:
        if each.sheet == sheet:
            found.setdefault(_number(each.place), each.heading)
    return [found.get(place, "") for place in range(max(found, default=-1) + 1)]


def _number(letters: str) -> int:
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - ord("A") + 1
    return number - 1


def _why(row: StagedRow) -> str:
    return "\n".join(remark_sentence(each) for each in (*row.faults, *row.questions))


def _sheet_name(name: str, number: int) -> str:
    kept = "".join(each for each in name if each not in r"[]:*?/\'")[:28]
    return kept or str(number)
