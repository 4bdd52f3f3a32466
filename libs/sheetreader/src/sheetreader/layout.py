"""Where on a sheet a table begins: its header, of one line or several, and its columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from sheetreader.cells import Merge, Sheet, Value, letters
from sheetreader.headings import Use, plain, uses_of

_LOOKED_AT = 60
_HEADER_LINES = 3
_DIGITS = re.compile(r"\d")
_NUMBER = re.compile(r"\d{3}|\d[.-]\d")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over one column.

    Attributes:
        column: From 0.
        text: As it is written; of a header of several lines all of it, from above.
        uses: What the words say that the column holds; none if nobody knows them.
    """

    column: int
    text: str
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """One table on a sheet.

    The tables of a sheet part its lines between them: what stands over the first header belongs to
    the first one, everything else to the header that it stands under.

    Attributes:
        header_lines: None if no header was found: a person says where it is, or that there is none.
    """

    sheet: Sheet
    first_line: int
    last_line: int
    header_lines: tuple[int, ...]
    headings: tuple[Heading, ...]

    @property
    def body_from(self) -> int:
        """The first line under the header; where a person said that there is none, the first."""
        if self.header_lines:
            return self.header_lines[-1] + 1
        return self.first_line if self.headings else self.last_line + 1


def text_of(value: Value) -> str:
    """Give a cell's value as it reads: whole numbers without a point, days as `2021-11-16`."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else str(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def filled(sheet: Sheet, line: int) -> list[tuple[int, str]]:
    """Give the cells of a line that show anything, with their columns."""
    return [
        (column, text)
        for column, value in enumerate(sheet.rows[line - 1])
        if value != "" and (text := text_of(value))
    ]


def layouts_of(sheet: Sheet, header_line: int | None = None) -> tuple[Layout, ...]:
    """Find the tables of a sheet, one under another.

    Args:
        header_line: Where a person says that the (first line of the) header is; 0 if they say that
            there is none: then columns are called A, B, C.

    Returns:
        At least one; a single one without headings where no header was found.
    """
    if header_line is None and (apart := _side_by_side(sheet)) is not None:
        return tuple(each for part in apart for each in layouts_of(part))
    last = len(sheet.rows)
    if header_line == 0:
        width = max(map(len, sheet.rows), default=0)
        named = tuple(Heading(column, letters(column)) for column in range(width))
        return (Layout(sheet, 1, last, (), named),)
    headers = [_header_at(sheet, header_line)] if header_line else list(_headers(sheet))
    if not headers:
        return (Layout(sheet, 1, last, (), ()),)
    begins = [1, *(lines[0] for lines, _ in headers[1:])]
    ends = [*(begin - 1 for begin in begins[1:]), last]
    return tuple(
        Layout(sheet, first, end, lines, headings)
        for first, end, (lines, headings) in zip(begins, ends, headers, strict=True)
    )


def layout_of(sheet: Sheet, header_line: int | None = None) -> Layout:
    """Find the first table of a sheet."""
    return layouts_of(sheet, header_line)[0]


def _side_by_side(sheet: Sheet) -> tuple[Sheet, Sheet] | None:
    """Part a sheet with two tables beside one another, with a column between that says nothing.

    Each keeps its columns, so that places stay true; the second is called by its first column.
    """
    for line in range(1, min(len(sheet.rows), _LOOKED_AT) + 1):
        cells = filled(sheet, line)
        columns = [column for column, _ in cells]
        for left, right in pairwise(columns):
            if right - left < 2 or _merge_at(sheet.merges, line, right - 1) is not None:
                continue
            halves = (
                [text for column, text in cells if column <= left],
                [text for column, text in cells if column >= right],
            )
            if all(_names_columns(each) for each in halves):
                return _left_of(sheet, right), _right_of(sheet, right)
    return None


def _left_of(sheet: Sheet, column: int) -> Sheet:
    rows = tuple(row[:column] for row in sheet.rows)
    merges = tuple(each for each in sheet.merges if each.first_column < column)
    return replace(sheet, rows=rows, merges=merges)


def _right_of(sheet: Sheet, column: int) -> Sheet:
    rows = tuple([""] * column + list(row[column:]) for row in sheet.rows)
    merges = tuple(each for each in sheet.merges if each.first_column >= column)
    return replace(sheet, name=f"{sheet.name} {letters(column)}", rows=rows, merges=merges)


Header = tuple[tuple[int, ...], tuple[Heading, ...]]


def _headers(sheet: Sheet) -> Iterator[Header]:
    """Find the headers, of which each says something else than the one before it."""
    before: tuple[tuple[int, str], ...] = ()
    line = 0
    while line < len(sheet.rows):
        line += 1
        if line > _LOOKED_AT and not before:
            return
        if not _is_header(sheet, line):
            continue
        lines, headings = _header_at(sheet, line)
        said = tuple((each.column, plain(each.text)) for each in headings)
        if said != before:
            yield lines, headings
        before = said
        line = lines[-1]


def _is_header(sheet: Sheet, line: int) -> bool:
    """Say whether a line names columns: mostly words of headings, a title or partners among them.

    A line of two cells is none: a record may say as much.
    """
    row = sheet.rows[line - 1]
    if any(not isinstance(each, str) or len(each) > 40 or _NUMBER.search(each) for each in row):
        return False
    return _names_columns([text for _, text in filled(sheet, line)])


def _names_columns(texts: Sequence[str]) -> bool:
    if len(texts) < 3:
        return False
    known = [uses for text in texts if (uses := uses_of(text))]
    said = {use for uses in known for use in uses}
    return 2 * len(known) > len(texts) and len(said) >= 3 and bool(said & {"title", "parties"})


def _header_at(sheet: Sheet, line: int) -> Header:
    first = line
    if line > 1 and _is_over(sheet, line - 1):
        first = line - 1
    lines = [*range(first, line + 1)]
    while len(lines) < _HEADER_LINES and _goes_on(sheet, lines[0], lines[-1] + 1):
        lines.append(lines[-1] + 1)
    return tuple(lines), tuple(_headings(sheet, lines))


def _is_over(sheet: Sheet, line: int) -> bool:
    """Say whether a line groups the columns of the header under it, as 담당 over 부서 and 이름."""
    cells = filled(sheet, line)
    return len(cells) >= 2 and not any(_DIGITS.search(text) or len(text) > 15 for _, text in cells)


def _goes_on(sheet: Sheet, first: int, line: int) -> bool:
    """Say whether a line is a further one of the header.

    It lies under merged headings, or names parts of those above it and nothing else.
    """
    if line > len(sheet.rows):
        return False
    cells = filled(sheet, line)
    if any(
        each.first_line <= line - 1 < line <= each.last_line and each.first_line >= first
        for each in sheet.merges
    ):
        return all(len(text) <= 40 for _, text in cells)
    if not cells or not all(uses_of(text) for _, text in cells):
        return False
    above = dict(filled(sheet, line - 1))
    return len(cells) < len(above) or any(column not in above for column, _ in cells)


def _headings(sheet: Sheet, lines: Sequence[int]) -> Iterator[Heading]:
    width = max(len(sheet.rows[line - 1]) for line in lines)
    for column in range(width):
        said: list[str] = []
        for line in lines:
            text = _over(sheet, line, column, lines)
            if text and (not said or said[-1] != text):
                said.append(text)
        if not said:
            continue
        own = said[-1]
        above = said[-2] if len(said) > 1 else ""
        yield Heading(column, " ".join(said), uses_of(own, above))


def _over(sheet: Sheet, line: int, column: int, lines: Sequence[int]) -> str:
    """Give what a line of the header says over a column, its own or that of a cell over it."""
    merge = _merge_at(sheet.merges, line, column)
    if merge is not None:
        return _heading(sheet.at(max(merge.first_line, lines[0]), merge.first_column))
    own = _heading(sheet.at(line, column))
    if own or line == lines[-1] or not _heading(sheet.at(lines[-1], column)):
        return own
    # In a CSV nothing is merged: what stands over several columns stands over the first alone.
    left = column
    while left > 0 and not _heading(sheet.at(line, left)):
        left -= 1
        if not _heading(sheet.at(lines[-1], left)):
            return ""
    return _heading(sheet.at(line, left))


def _heading(value: Value) -> str:
    return re.sub(r"\s+", " ", text_of(value))


def _merge_at(merges: Sequence[Merge], line: int, column: int) -> Merge | None:
    return next(
        (
            each
            for each in merges
            if each.first_line <= line <= each.last_line
            and each.first_column <= column <= each.last_column
        ),
        None,
    )
