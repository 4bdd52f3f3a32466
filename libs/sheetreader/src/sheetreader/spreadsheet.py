"""Excel files: values by calamine, and what it does not tell (`package`)."""

import io
from collections.abc import Sequence
from dataclasses import replace

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from sheetreader.bounds import CELLS, COLUMNS, LINES, SHEETS
from sheetreader.cells import Mark, Merge, Sheet, Value, Workbook, letters
from sheetreader.package import NO_SEEN, Package, Seen
from sheetreader.unreadable import Unreadable

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOT_EXCEL = ("WordDocument".encode("utf-16-le"), "HwpSummaryInformation".encode("utf-16-le"))
_SHOWN = "VeryHidden", "Hidden"


def read_xlsx(data: bytes, name: str) -> Workbook:
    """Read an xlsx: its parts are looked through first, so that nothing too large is unpacked.

    Raises:
        Unreadable: If it is no workbook, too large, protected or damaged.
    """
    package = Package(data)
    seen = package.seen()
    told = ("file.macros",) if package.has_macros else ()
    sheets = _sheets(data, seen)
    if package.is_from_1904:
        sheets = tuple(replace(each, from_1904=True) for each in sheets)
    return Workbook(name, "xlsx", sheets, told=told)


def read_xls(data: bytes, name: str) -> Workbook:
    """Read an xls of 1997 to 2003; neither strokes through cells nor formulas are seen there.

    Raises:
        Unreadable: If it is protected, damaged or another program's file.
    """
    if _ENCRYPTED in data:
        raise Unreadable("file.encrypted")
    if any(each in data for each in _NOT_EXCEL):
        raise Unreadable("file.not_a_sheet", found="HWP, DOC")
    return Workbook(name, "xls", _sheets(data, {}), told=("file.no_marks",))


def _sheets(data: bytes, seen: dict[str, Seen]) -> tuple[Sheet, ...]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            meant = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
            if len(meant) > SHEETS:
                raise Unreadable("file.too_many_sheets", found=len(meant), most=SHEETS)
            return tuple(
                _sheet(
                    book,
                    each.name,
                    seen.get(each.name, NO_SEEN),
                    hidden=str(each.visible).rpartition(".")[2] in _SHOWN,
                )
                for each in meant
            )
    except PasswordError:
        raise Unreadable("file.encrypted") from None
    except CalamineError:
        raise Unreadable("file.damaged") from None


def _sheet(book: CalamineWorkbook, name: str, seen: Seen, *, hidden: bool) -> Sheet:
    found = book.get_sheet_by_name(name)
    end = found.end
    if end is not None:
        _within_bounds(name, end[0] + 1, end[1] + 1)
    # Empty columns on the left are left out by calamine, empty lines above are not.
    left = ("",) * (found.start[1] if found.start is not None else 0)
    rows: list[tuple[Value, ...]] = [(*left, *row) for row in found.iter_rows()]
    merges = tuple(
        Merge(first[0] + 1, last[0] + 1, first[1], last[1])
        for first, last in found.merged_cell_ranges or ()
    )
    return Sheet(
        name,
        _with_errors(rows, seen.marks),
        merges,
        seen.marks,
        seen.hidden_lines,
        seen.hidden_columns,
        hidden=hidden,
    )


def _within_bounds(name: str, lines: int, columns: int) -> None:
    if columns > COLUMNS:
        place = f"{letters(columns - 1)}{lines}"
        raise Unreadable(
            "sheet.too_many_columns", sheet=name, found=columns, most=COLUMNS, place=place
        )
    if lines > LINES:
        place = f"{letters(columns - 1)}{lines}"
        raise Unreadable("sheet.too_many_lines", sheet=name, found=lines, most=LINES, place=place)
    if lines * columns > CELLS:
        raise Unreadable("sheet.too_many_cells", sheet=name, most=CELLS)


def _with_errors(
    rows: list[tuple[Value, ...]], marks: dict[tuple[int, int], Mark]
) -> Sequence[Sequence[Value]]:
    """Put `#REF!` where calamine gives nothing, so that no fault reads as an empty cell."""
    for (line, column), mark in marks.items():
        if not mark.error:
            continue
        while len(rows) < line:
            rows.append(())
        row = [*rows[line - 1], *[""] * (column + 1 - len(rows[line - 1]))]
        row[column] = mark.error
        rows[line - 1] = tuple(row)
    return rows
