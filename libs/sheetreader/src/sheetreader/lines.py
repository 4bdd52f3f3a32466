"""What each line under a header is: a record, a part of one, or something beside the records."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal
from unicodedata import normalize

from changefeed.declared import Label
from sheetreader.cells import Merge, Sheet
from sheetreader.columns import Uses
from sheetreader.doubts import Answers
from sheetreader.headings import Use, plain
from sheetreader.layout import Layout, filled, text_of

LineKind = Literal[
    "title",
    "header",
    "section",
    "record",
    "record_of_several_lines",
    "continuation",
    "subtotal",
    "total",
    "note",
    "blank",
    "unclear",
]

REASONS: Mapping[str, Label] = MappingProxyType(
    {
        "above_header": Label("표 위의 제목이나 설명", "a title or remark above the table"),
        "header": Label("제목 행", "the header"),
        "header_again": Label("되풀이된 제목 행", "the header once more"),
        "no_header": Label(
            "제목 행을 찾지 못한 시트: 제목 행을 고르면 읽습니다.",
            "no header was found on this sheet: choose its line to have it read",
        ),
        "section": Label("구분 제목", "a heading within the table"),
        "record": Label("협약", "an agreement"),
        "merged": Label("병합된 칸에 속한 줄", "part of the agreement above, under merged cells"),
        "goes_on": Label("윗줄 협약에 이어지는 줄", "goes on with the agreement above"),
        "quoted": Label("윗줄 칸에 이어지는 줄", "lies within a cell of a line above"),
        "subtotal": Label("소계", "a subtotal"),
        "total": Label("합계", "a total"),
        "note": Label("주석", "a remark"),
        "example": Label("작성 예시", "an example of how to fill it in"),
        "blank": Label("빈 줄", "an empty line"),
        "unclear": Label("무엇인지 알 수 없는 줄", "nobody can tell what this line is"),
        "answered": Label("사람이 정한 줄", "as a person decided"),
        "plan": Label("체결되지 않은 계획", "a plan that was not signed"),
        "duplicate": Label("같은 파일에 이미 있는 협약", "an agreement that this file has already"),
    }
)
"""Why a line is read as it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table.

    Attributes:
        reason: A code of `REASONS`.
        of: For a continuation the line where its record begins.
        text: Of a section what it says.
    """

    number: int
    kind: LineKind
    reason: str
    of: int | None = None
    text: str = ""


_TOTAL = re.compile(
    r"(?:총|합|누|총합|소|전체합|부분합|중간합)?계(?:\(.*\))?|합산|전체|소합계|총합계?|total"
    r"|subtotal|sum|grandtotal"
    r"|(?:총|소)?건수",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:[-※*]?)(?:이상|총|합계|소계|누계|총계|계|전체)[:：,]?(?:총|협약)?(?:협약"
    r"|mou)?\(?[\d,]+\)?(?:건|개|곳|개소|개사"
    r"|개기관|매)?(?:끝|임)?[.]?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\s*(?:※|\*|＊|☞|주\s*\d*\s*[):.]|\(주\)\s*\d*\s*[:.]|비고\s*[:：]|참고\s*[:：]|붙임"
    r"|자료\s*[:：]"
    r"|출처\s*[:：]|문의\s*[:：]?"
    r"|단위\s*[:：]|\(단위|작성(?:자|일|부서|요령|방법)|이\s*하\s*여\s*백"
    r"|[-–]?\s*끝\s*[-–.]?\s*$|기준일"
    r"|\([\d.\s년월일]+기준\)|<\s*끝)"
)
_EXAMPLE = re.compile(
    r"^\s*[<(\[【]?\s*(?:작성\s*)?(?:예시|예|보기|샘플|sample|example)\s*(?:\d\s*)?[)\]>】:：.]",
    re.IGNORECASE,
)
_EXAMPLE_ALONE = re.compile(r"(?:작성\s*)?(?:예시|예|보기|샘플)", re.IGNORECASE)
# A remark rather than a name.
_SENTENCE = re.compile(r".{31,}|.*(?:다|함|음|임|바람|요망)\s*\.?|.*\.\s*", re.DOTALL)
_HOLDERS = re.compile(r"[○◯△□◇]{2,}")
_SECTION = re.compile(
    r"\s*(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]|[IVX]{1,4}\s*[.)]|\d{1,2}\s*[.)]\s*\D"
    r"|[가나다라마바사아자차카타파하]\s*[.)]|[①-⑳]"
    r"|[□■○●◇◆▶▷▣◈❍☐✔]|[【\[<《〈(].*[】\]>》〉)]\s*$|제\s*\d+\s*[장편부]"
    r"|['’]?\d{2,4}\s*년(?:도)?(?:\s|$"
    r"|\s*체결|\()|[-=]{2,})"
)
_SEQUENCE = re.compile(r"\d{1,5}(?:\s*-\s*\d{1,3})?[.)]?|[①-⑳]|NEW|신규|추가", re.IGNORECASE)


def lines_of(layout: Layout, uses: Uses, answers: Answers) -> Iterator[Line]:
    """Tell what each line of a table is, every line once and in order."""
    return _Reading(layout, uses, answers).lines()


class _Reading:
    def __init__(self, layout: Layout, uses: Uses, answers: Answers) -> None:
        self._layout = layout
        self._sheet: Sheet = layout.sheet
        self._answers = answers
        self._columns = {
            use: tuple(column for column, each in uses.items() if use in each)
            for use in ("sequence", "title", "parties", "signed_on", "note", "number")
        }
        self._read = frozenset(column for column, each in uses.items() if set(each) - {"ignore"})
        self._headings = {each.column: plain(each.text) for each in layout.headings}
        self._merged = _by_line(self._sheet.merges)
        self._record: int | None = None
        self._after_blank = False

    def lines(self) -> Iterator[Line]:
        layout = self._layout
        for number in range(layout.first_line, layout.last_line + 1):
            line = self._line(number)
            self._after_blank = line.kind == "blank"
            if line.kind == "record":
                self._record = number
            elif line.kind in {"section", "subtotal", "total", "header", "title", "note"}:
                self._record = None
            yield line

    def _line(self, number: int) -> Line:
        if number in self._sheet.quoted:
            begun = self._sheet.quoted[number]
            of = self._record if begun >= self._layout.body_from else None
            return Line(number, "continuation", "quoted", of or begun)
        cells = filled(self._sheet, number)
        if number in self._layout.header_lines:
            return Line(number, "header", "header")
        if number < self._layout.body_from:
            return self._above(number, cells)
        answered = self._answers.get((self._sheet.name, number, "line"))
        if answered == "skip":
            return Line(number, "note", "answered")
        if answered == "section":
            return Line(number, "section", "answered", text=" ".join(text for _, text in cells))
        if answered == "take":
            return Line(number, "record", "answered")
        if answered == "join" and self._record is not None:
            return Line(number, "continuation", "answered", self._record)
        return self._under_header(number, cells)

    def _above(self, number: int, cells: Sequence[tuple[int, str]]) -> Line:
        if not cells:
            return Line(number, "blank", "blank")
        if not self._layout.header_lines:
            return Line(number, "note", "no_header")
        if _NOTE.match(cells[0][1]) and len(cells) == 1 and not cells[0][1].startswith("("):
            return Line(number, "note", "note")
        return Line(number, "title", "above_header")

    def _under_header(self, number: int, cells: Sequence[tuple[int, str]]) -> Line:
        own = dict(cells)
        if self._is_under_record(number, own):
            return Line(number, "continuation", "merged", self._record)
        if not cells:
            return Line(number, "blank", "blank")
        if self._is_header_again(cells):
            return Line(number, "header", "header_again")
        kind = self._total(cells)
        if kind is not None:
            return Line(number, kind, kind)
        first = cells[0][1]
        if _EXAMPLE.match(first) or _EXAMPLE_ALONE.fullmatch(first):
            return Line(number, "note", "example")
        if self._has_placeholders(own):
            return Line(number, "unclear", "unclear", text=" | ".join(own.values()))
        if _NOTE.match(first) and not self._has(own, "title", but=first):
            return Line(number, "note", "note")
        if self._is_wide(number, cells):
            return Line(number, "section", "section", text=first)
        if self._goes_on(own):
            return Line(number, "continuation", "goes_on", self._record)
        if len(cells) == 1:
            return self._alone(number, cells[0])
        return Line(number, "record", "record")

    def _is_under_record(self, number: int, own: Mapping[int, str]) -> bool:
        """Say whether the record above goes on here: its title is one merged cell down to here.

        Where several records share a title, each has a number or a day of its own.
        """
        if self._record is None:
            return False
        begun = self._from_above(number, "title")
        if begun is None or begun > self._record:
            return False
        signed_with = (
            self._has(own, "signed_on")
            and self._has(own, "parties")
            and self._from_above(number, "sequence") is None
        )
        return not (self._has(own, "sequence") or signed_with)

    def _from_above(self, number: int, use: Use) -> int | None:
        """Give the line where the merged cell begins that this line's cell of a use lies in."""
        for merge in self._merged.get(number, ()):
            if merge.first_line < number and any(
                merge.first_column <= column <= merge.last_column
                for column in self._columns.get(use, ())
            ):
                return merge.first_line
        return None

    def _is_header_again(self, cells: Sequence[tuple[int, str]]) -> bool:
        return (
            len(cells) > 1
            and len(cells) * 2 > len(self._headings)
            and all(plain(text) in self._headings.get(column, "") for column, text in cells)
        )

    def _total(self, cells: Sequence[tuple[int, str]]) -> Literal["subtotal", "total"] | None:
        """Tell a total: its word, or how many there are, before anything else is said."""
        title = self._columns["title"]
        for column, text in cells[:3]:
            said = re.sub(r"\s+", "", normalize("NFKC", text))
            if _TOTAL.fullmatch(said) or _COUNTED.fullmatch(said):
                others = [each for place, each in cells if place != column]
                if any(column in title and len(each) > 15 for each in others):
                    return None
                return (
                    "subtotal" if said.startswith(("소", "부분", "중간", "sub", "Sub")) else "total"
                )
            if not _SEQUENCE.fullmatch(text):
                return None
        return None

    def _has_placeholders(self, own: Mapping[int, str]) -> bool:
        return any(_HOLDERS.search(own.get(column, "")) for column in self._columns["title"])

    def _has(self, own: Mapping[int, str], use: Use, *, but: str = "") -> bool:
        return any(own.get(column, but) not in {but, ""} for column in self._columns.get(use, ()))

    def _is_wide(self, number: int, cells: Sequence[tuple[int, str]]) -> bool:
        """Say whether a line is one cell across most of the table."""
        if len(cells) > 1:
            return False
        column = cells[0][0]
        width = max((each.column for each in self._layout.headings), default=0) + 1
        return any(
            merge.first_column <= column <= merge.last_column
            and 2 * (merge.last_column - merge.first_column + 1) >= width
            for merge in self._merged.get(number, ())
        )

    def _goes_on(self, own: Mapping[int, str]) -> bool:
        """Say whether a line without a title, number or day of its own belongs to the one above.

        In a CSV, and where somebody parted the cells, this is all that is left of merged ones.
        """
        if (
            self._record is None
            or self._after_blank
            or any(self._has(own, use) for use in ("title", "sequence", "signed_on", "number"))
        ):
            return False
        if len(own) == 1 and _SENTENCE.fullmatch(next(iter(own.values()))):
            return False
        return any(column in self._read for column in own)

    def _alone(self, number: int, cell: tuple[int, str]) -> Line:
        """Tell what a line with one cell is."""
        column, text = cell
        if _NOTE.match(text):
            return Line(number, "note", "note")
        if _SECTION.match(text):
            return Line(number, "section", "section", text=text)
        if column in self._columns["sequence"]:
            if _SEQUENCE.fullmatch(text):
                return Line(number, "blank", "blank")
            return Line(number, "section", "section", text=text)
        return Line(number, "unclear", "unclear", self._record, text)


def _by_line(merges: Sequence[Merge]) -> Mapping[int, tuple[Merge, ...]]:
    found: dict[int, list[Merge]] = {}
    for merge in merges:
        for line in range(merge.first_line, merge.last_line + 1):
            found.setdefault(line, []).append(merge)
    return {line: tuple(several) for line, several in found.items()}


def texts_of(sheet: Sheet, line: int) -> str:
    """Give a line's cells as one text, for a person to recognise it by."""
    return " | ".join(text_of(value) for value in sheet.rows[line - 1] if text_of(value))
