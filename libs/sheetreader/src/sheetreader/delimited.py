"""CSV and pasted cells: how the letters are encoded, what parts the cells, where a line begins."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sheetreader.bounds import CELL, COLUMNS, LINES
from sheetreader.cells import Sheet, Workbook, letters
from sheetreader.unreadable import ENCODINGS, Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNS = ",\t;|"
_LOOKED_AT = 200
_HANGUL = re.compile("[가-힣]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|table|meta|head)", re.IGNORECASE
)
_FORMS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"HWP Document File", "HWP"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
)

Parted = tuple[list[str], int, int]
"""Cells, and the first and last line of the file that they were read from."""


def read_delimited(data: bytes, name: str, encoding: str | None) -> Workbook:
    """Read a CSV: BOM, UTF-8, CP949, strictly and in that order, else a person is asked.

    Raises:
        Unreadable: If it is not text, or nobody can tell how it is encoded.
    """
    for begins, form in _FORMS:
        if data.startswith(begins):
            raise Unreadable("file.not_a_sheet", found=form)
    if _MARKUP.match(data[:1000]):
        raise Unreadable("file.not_a_sheet", found="HTML")
    text, used = _decoded(data, encoding)
    told = ("file.no_marks",) if used != "cp949" else ("file.no_marks", "file.cp949")
    return Workbook(name, "csv", (_sheet(text, "CSV"),), used, told)


def read_pasted(text: str, name: str) -> Workbook:
    """Read what was copied out of a spreadsheet.

    Raises:
        Unreadable: If it holds nothing or is not to be read.
    """
    if not text.strip():
        raise Unreadable("file.empty")
    return Workbook(name, "pasted", (_sheet(text, "붙여넣기"),), "", ("file.no_marks",))


def _decoded(data: bytes, encoding: str | None) -> tuple[str, str]:
    for mark, used in _MARKS:
        if data.startswith(mark):
            return _strictly(data.removeprefix(mark), used), used
    if encoding is not None:
        if encoding not in ENCODINGS:
            raise Unreadable("encoding.unknown", choices=ENCODINGS)
        return _strictly(data, encoding), encoding
    _no_nul(data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp949")
    except UnicodeDecodeError:
        raise Unreadable("encoding.unknown", choices=ENCODINGS) from None
    if not _reads_as_korean(text):
        raise Unreadable("encoding.unknown", choices=ENCODINGS)
    return text, "cp949"


def _reads_as_korean(text: str) -> bool:
    """Tell Korean from what decodes as CP949, too: other encodings of East Asia do.

    They give Chinese characters, or syllables that Korean hardly ever writes: those which CP949
    added to the 2,350 of KS X 1001.
    """
    letters = Counter(_NOT_ASCII.findall(text))
    usual = sum(times for each, times in letters.items() if _HANGUL.match(each) and _is_usual(each))
    return 2 * usual >= sum(letters.values())


def _is_usual(syllable: str) -> bool:
    """Say whether KS X 1001 has a syllable: EUC-KR spells the others out in eight bytes."""
    return len(syllable.encode("euc-kr")) == 2


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unreadable(
            "encoding.wrong", choices=ENCODINGS, encoding=encoding, line=line
        ) from None


def _no_nul(data: bytes) -> None:
    position = data.find(b"\x00")
    if position >= 0:
        raise Unreadable("file.nul", choices=ENCODINGS, line=data[:position].count(b"\n") + 1)


def _sheet(text: str, name: str) -> Sheet:
    if "\x00" in text:
        raise Unreadable("file.nul", line=text[: text.index("\x00")].count("\n") + 1)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    sign, said = _sign(text)
    rows: list[Sequence[str]] = []
    quoted: dict[int, int] = {}
    for cells, first, last in _parted(text, sign):
        if len(cells) > COLUMNS:
            raise Unreadable(
                "sheet.too_many_columns",
                sheet=name,
                found=len(cells),
                most=COLUMNS,
                place=f"{letters(COLUMNS)}{first}",
            )
        if last > LINES:
            raise Unreadable(
                "sheet.too_many_lines", sheet=name, found=last, most=LINES, place=f"A{LINES + 1}"
            )
        rows.append(cells)
        for line in range(first + 1, last + 1):
            rows.append(())
            quoted[line] = first
    if said:
        rows[0] = ()
    parted = _parted_otherwise(rows, sign)
    return Sheet(name, tuple(rows), quoted=quoted, parted=parted)


def _sign(text: str) -> tuple[str, bool]:
    """Tell what parts the cells: what the file says (`sep=;`), else what most lines agree on."""
    first, _, _ = text.partition("\n")
    if (found := re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE)) and found[1] in _SIGNS:
        return found[1], True
    lines = [line for line in text.split("\n", _LOOKED_AT)[:_LOOKED_AT] if line.strip()]

    def agreed(sign: str) -> int:
        counts = Counter(line.count(sign) for line in lines)
        return max((times * min(count, 8) for count, times in counts.items() if count), default=0)

    return max(_SIGNS, key=agreed), False


def _parted(text: str, sign: str) -> Iterator[Parted]:
    """Give each row with the lines that it was read from.

    Raises:
        Unreadable: `quotes.open`, if a quote is not closed where it should be.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    before = 0
    width = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            code = "cell.too_long" if "field larger" in str(error) else "quotes.open"
            raise Unreadable(code, line=before + 1, most=CELL) from None
        for cell in cells:
            if len(cell) > CELL:
                raise Unreadable("cell.too_long", line=before + 1, most=CELL)
            # A quote that was never meant to open swallows whole lines until the next one.
            if "\n" in cell and any(
                line.count(sign) >= max(width - 1, 2) for line in cell.split("\n")[1:-1]
            ):
                raise Unreadable("quotes.open", line=before + 1)
        width = max(width, len(cells))
        yield cells, before + 1, reader.line_num
        before = reader.line_num


def _parted_otherwise(rows: list[Sequence[str]], sign: str) -> dict[int, str]:
    """Part lines again that somebody wrote with another sign than the rest, and say which.

    A line counts so if it is one cell now and would have just the usual number of cells then.
    """
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return {}
    usual = widths.most_common(1)[0][0]
    found: dict[int, str] = {}
    for index, row in enumerate(rows):
        filled = [cell for cell in row if cell.strip()]
        if usual < 3 or len(filled) != 1 or not row or row[0] != filled[0]:
            continue
        for other in _SIGNS:
            cells = row[0].split(other)
            if other != sign and len(cells) == usual:
                rows[index] = cells
                found[index + 1] = other
                break
    return found
