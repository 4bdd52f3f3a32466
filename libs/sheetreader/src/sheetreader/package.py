"""The parts of an xlsx: none grows too large, and what calamine does not tell of its cells.

Seen here: what is struck through, formulas without a value, errors, hidden lines and columns, and
days whose format shows only a month or a year. Kept is what is remarkable alone, so that a large
sheet costs little.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from xml.parsers import expat

from sheetreader.bounds import CELLS, COLUMNS, LINES, MERGES, PART_BYTES, RATIO, UNPACKED_BYTES
from sheetreader.cells import Mark, letters
from sheetreader.unreadable import Unreadable

_CHUNK = 2**18
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_OTHERS = {
    "word/document.xml": "DOCX",
    "ppt/presentation.xml": "PPTX",
    "content.xml": "ODS, ODT",
    "Contents/content.hpf": "HWPX",
    "mimetype": "ODS, HWPX",
    "xl/workbook.bin": "XLSB",
}
# Formats that Excel knows by number and that show a month and a year alone.
_MONTHS_BUILT_IN = {17: "mmm-yy", 55: "yyyy/mm", 57: 'yyyy"年"m"月"'}

Attributes = dict[str, str]


@dataclass(slots=True)
class Seen:
    """What was seen of one sheet."""

    marks: dict[tuple[int, int], Mark] = field(default_factory=dict)
    hidden_lines: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


NO_SEEN = Seen()


class Package:
    """One xlsx, whose parts are read within bounds.

    Raises:
        Unreadable: If it is no workbook, protected, damaged, or would grow too large.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, RuntimeError):
            raise Unreadable("file.damaged") from None
        self._names = {each.filename: each for each in entries}
        if any(each.flag_bits & 1 for each in entries):
            raise Unreadable("file.encrypted")
        if sum(each.file_size for each in entries) > UNPACKED_BYTES or any(
            _grows(each) for each in entries
        ):
            raise Unreadable("file.bomb")
        if "[Content_Types].xml" not in self._names or not self._workbook_path():
            found = next((said for name, said in _OTHERS.items() if name in self._names), "ZIP")
            raise Unreadable("file.not_a_sheet", found=found)

    @property
    def has_macros(self) -> bool:
        """Say whether macros are in it; they are never run."""
        return any(name.endswith("vbaProject.bin") for name in self._names)

    @property
    def is_from_1904(self) -> bool:
        """Say whether days are counted from 1904, as old Macs had it."""
        told: list[str] = []

        def begun(name: str, attributes: Attributes) -> None:
            if name == "workbookPr":
                told.append(attributes.get("date1904", "0"))

        self._walk(self._workbook_path(), begun)
        return bool(told) and told[0] in {"1", "true"}

    def seen(self) -> dict[str, Seen]:
        """Look through all sheets, and give by name what calamine does not tell of them."""
        path = self._workbook_path()
        targets = self._targets(path)
        sheets: dict[str, str] = {}

        def begun(name: str, attributes: Attributes) -> None:
            if name == "sheet":
                target = targets.get(attributes.get("r:id") or attributes.get("id", ""))
                if target is not None:
                    sheets[attributes.get("name", "")] = target

        self._walk(path, begun)
        styles = self._styles(posixpath.join(posixpath.dirname(path), "styles.xml"))
        texts = self._struck_texts(posixpath.join(posixpath.dirname(path), "sharedStrings.xml"))
        found = {}
        for sheet, part in sheets.items():
            if part in self._names:
                found[sheet] = _SheetWalk(sheet, styles, texts).walked(self._chunks(part))
        return found

    def _workbook_path(self) -> str:
        if "xl/workbook.xml" in self._names:
            return "xl/workbook.xml"
        return next((each for each in self._names if each.endswith("/workbook.xml")), "")

    def _targets(self, path: str) -> dict[str, str]:
        folder, _, name = path.rpartition("/")
        targets: dict[str, str] = {}

        def begun(name: str, attributes: Attributes) -> None:
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                whole = target.removeprefix("/") if target[:1] == "/" else f"{folder}/{target}"
                targets[attributes.get("Id", "")] = posixpath.normpath(whole)

        self._walk(f"{folder}/_rels/{name}.rels", begun)
        return targets

    def _styles(self, path: str) -> "_Styles":
        styles = _Styles()
        self._walk(path, styles.begun, styles.ended)
        return styles

    def _struck_texts(self, path: str) -> "_Texts":
        texts = _Texts()
        self._walk(path, texts.begun, texts.ended, texts.said)
        return texts

    def _walk(
        self,
        path: str,
        begun: Callable[[str, Attributes], None],
        ended: Callable[[str], None] | None = None,
        said: Callable[[str], None] | None = None,
    ) -> None:
        if path in self._names:
            walk(self._chunks(path), begun, ended, said)

    def _chunks(self, path: str) -> Iterator[bytes]:
        """Give a part piece by piece; a part that is larger than it says does not fit its sum."""
        try:
            with self._zip.open(path) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError):
            raise Unreadable("file.damaged") from None


def walk(
    chunks: Iterator[bytes],
    begun: Callable[[str, Attributes], None],
    ended: Callable[[str], None] | None = None,
    said: Callable[[str], None] | None = None,
) -> None:
    """Walk through XML without keeping any of it; names come without their prefix.

    Raises:
        Unreadable: If it is no XML, or declares entities.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def declared(*_: object) -> None:
        raise Unreadable("file.declares_entities")

    def started(name: str, attributes: Attributes) -> None:
        begun(name.rpartition(":")[2] if ":" in name else name, attributes)

    def over(name: str) -> None:
        if ended is not None:
            ended(name.rpartition(":")[2] if ":" in name else name)

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = started
    if ended is not None:
        parser.EndElementHandler = over
    if said is not None:
        parser.CharacterDataHandler = said
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Unreadable("file.damaged") from None


def _grows(entry: zipfile.ZipInfo) -> bool:
    if entry.file_size > PART_BYTES:
        return True
    return entry.file_size > 2**20 and entry.file_size > RATIO * max(entry.compress_size, 1)


class _Styles:
    """Which styles strike through, and which show a day without its day or month."""

    def __init__(self) -> None:
        self.struck: set[int] = set()
        self.short: dict[int, str] = {}
        self._fonts: list[bool] = []
        self._formats: dict[int, str] = dict(_MONTHS_BUILT_IN)
        self._cells = 0
        self._within: list[str] = []

    def begun(self, name: str, attributes: Attributes) -> None:
        within = self._within[-1] if self._within else ""
        if name == "font" and within == "fonts":
            self._fonts.append(False)
        elif name == "strike" and within == "font" and "fonts" in self._within:
            self._fonts[-1] = attributes.get("val", "1") not in {"0", "false"}
        elif name == "numFmt" and attributes.get("numFmtId", "").isdecimal():
            self._formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "xf" and within == "cellXfs":
            self._xf(attributes)
            self._cells += 1
        self._within.append(name)

    def ended(self, _: str) -> None:
        self._within.pop()

    def _xf(self, attributes: Attributes) -> None:
        font, shown = attributes.get("fontId", ""), attributes.get("numFmtId", "")
        if font.isdecimal() and int(font) < len(self._fonts) and self._fonts[int(font)]:
            self.struck.add(self._cells)
        code = self._formats.get(int(shown), "") if shown.isdecimal() else ""
        plain = _LITERAL.sub("", code).lower()
        if "y" in plain and "d" not in plain and "h" not in plain:
            self.short[self._cells] = code


class _Texts:
    """Shared texts that are struck through, in part (with that part) or as a whole."""

    def __init__(self) -> None:
        self.part: dict[int, str] = {}
        self.whole: set[int] = set()
        self._index = -1
        self._is_struck = False
        self._is_text = False
        self._plain = ""
        self._gone = ""

    def begun(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._index += 1
            self._plain = self._gone = ""
        elif name == "r":
            self._is_struck = False
        elif name == "strike":
            self._is_struck = attributes.get("val", "1") not in {"0", "false"}
        elif name == "t":
            self._is_text = True

    def said(self, text: str) -> None:
        if self._is_text:
            if self._is_struck:
                self._gone += text
            else:
                self._plain += text

    def ended(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "r":
            self._is_struck = False
        elif name == "si" and self._gone.strip():
            if self._plain.strip():
                self.part[self._index] = self._gone.strip()
            else:
                self.whole.add(self._index)


class _SheetWalk:
    """One walk through a sheet's cells.

    Raises:
        Unreadable: If more cells are used than are read, before anything is made of them.
    """

    def __init__(self, sheet: str, styles: _Styles, texts: _Texts) -> None:
        self._sheet = sheet
        self._styles = styles
        self._texts = texts
        self._marks: dict[tuple[int, int], Mark] = {}
        self._hidden_lines: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._line = self._column = self._style = 0
        self._kind = ""
        self._formula = self._has_value = self._in_value = False
        self._value = ""
        self._last = [0, 0]
        self._has_struck_texts = bool(texts.part or texts.whole)
        self._merges = 0
        self._in_run = self._run_struck = False
        self._gone = self._plain = ""

    def walked(self, chunks: Iterator[bytes]) -> Seen:
        walk(chunks, self._begun, self._ended, self._said)
        lines = self._last[0]
        if lines * (self._last[1] + 1) > CELLS:
            raise Unreadable("sheet.too_many_cells", sheet=self._sheet, most=CELLS)
        return Seen(self._marks, frozenset(self._hidden_lines), frozenset(self._hidden_columns))

    def _begun(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._cell_begun(attributes)
        elif name in {"v", "t"}:
            self._in_value = True
            self._has_value = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._line = _number(attributes.get("r"), self._line + 1)
            self._column = -1
            if attributes.get("hidden") in {"1", "true"}:
                self._hidden_lines.add(self._line)
        elif name == "r":
            self._in_run, self._run_struck = True, False
        elif name == "strike" and self._in_run:
            self._run_struck = attributes.get("val", "1") not in {"0", "false"}
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = _number(attributes.get("min"), 1), _number(attributes.get("max"), 1)
            self._hidden_columns.update(range(first - 1, min(last, COLUMNS)))
        elif name == "mergeCell":
            self._merges += 1
            if self._merges > MERGES:
                raise Unreadable("sheet.too_many_cells", sheet=self._sheet, most=CELLS)

    def _cell_begun(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            name = place.rstrip("0123456789")
            self._column = _column(name)
            # Whoever reads the values goes by what the cell says of its line, too.
            self._line = int(place[len(name) :] or self._line)
        self._style = _number(attributes.get("s"), 0)
        self._kind = attributes.get("t", "n")
        self._formula = self._has_value = False
        self._value = self._gone = self._plain = ""

    def _said(self, text: str) -> None:
        if self._in_value:
            self._value += text
            if self._in_run and self._run_struck:
                self._gone += text
            else:
                self._plain += text

    def _ended(self, name: str) -> None:
        if name in {"v", "t"}:
            self._in_value = False
        elif name == "r":
            self._in_run = False
        elif name == "c":
            self._cell_ended()

    def _cell_ended(self) -> None:
        if self._has_value or self._formula:
            self._bounded()
        if not (self._formula or self._is_told()):
            return
        value = self._value.strip()
        if not value and not self._formula:
            return
        part, whole = self._gone.strip(), bool(self._gone.strip() and not self._plain.strip())
        if self._kind == "s" and value.isdecimal():
            part, whole = self._texts.part.get(int(value), ""), int(value) in self._texts.whole
        mark = Mark(
            struck=whole or self._style in self._styles.struck,
            struck_part="" if whole else part,
            formula=self._formula,
            unworked=self._formula and not value,
            error=value if self._kind == "e" else "",
            shown=self._styles.short.get(self._style, "") if self._kind == "n" else "",
        )
        if mark != Mark():
            self._marks[self._line, self._column] = mark

    def _is_told(self) -> bool:
        """Say whether anything about a cell may be remarkable: most have nothing."""
        styles = self._styles
        if self._kind == "s":
            return self._style in styles.struck or self._has_struck_texts
        return (
            self._style in styles.struck
            or self._style in styles.short
            or self._kind == "e"
            or bool(self._gone)
        )

    def _bounded(self) -> None:
        self._last[1] = max(self._last[1], self._column)
        self._last[0] = max(self._last[0], self._line)
        if self._column < COLUMNS and self._line <= LINES:
            return
        place = f"{letters(self._column)}{self._line}"
        if self._column >= COLUMNS:
            raise Unreadable(
                "sheet.too_many_columns",
                sheet=self._sheet,
                found=self._column + 1,
                most=COLUMNS,
                place=place,
            )
        raise Unreadable(
            "sheet.too_many_lines", sheet=self._sheet, found=self._line, most=LINES, place=place
        )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() else otherwise


@cache
def _column(name: str) -> int:
    if not (name.isascii() and name.isalpha()):
        raise Unreadable("file.damaged")
    number = 0
    for letter in name:
        number = 26 * number + ord(letter.upper()) - ord("A") + 1
    return number - 1
