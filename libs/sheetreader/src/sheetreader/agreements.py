"""What each line of a ledger says of an agreement, where that stands, and what is not certain.

Reading is a function of the tables, of what their columns hold and of what a person has decided:
the same three give the same lines. Nothing is taken silently that might be meant otherwise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from changefeed.declared import Label
from sheetreader.cells import At
from sheetreader.doubts import NO_ANSWERS, Answers, Choice, doubt
from sheetreader.duplicates import Known
from sheetreader.lines import Line, lines_of
from sheetreader.record import RecordReader
from sheetreader.results import ReadLine, Table

_KINDS_OF_LINE = (
    Choice("section", Label("소제목", "a heading")),
    Choice("join", Label("윗줄에 이어짐", "goes with the line above")),
    Choice("take", Label("협약", "an agreement")),
    Choice("skip", Label("제외", "leave it out")),
)


def read(tables: Sequence[Table], answers: Answers = NO_ANSWERS) -> Iterator[ReadLine]:
    """Read the lines of one table or several, in their order; each line comes once.

    An agreement that was read before, in whichever table, is told as a duplicate.
    """
    known = Known()
    for table in tables:
        yield from _Reading(table, answers, known).lines()


@dataclass(slots=True)
class _Lines:
    """The lines of one record, and blank ones that may lie within it."""

    first: Line
    rest: list[Line] = field(default_factory=list)
    blanks: list[Line] = field(default_factory=list)


class _Reading:
    """The reading of one table."""

    def __init__(self, table: Table, answers: Answers, known: Known) -> None:
        self._table = table
        self._sheet = table.layout.sheet
        self._answers = answers
        self._record = RecordReader(table, answers, known)

    def lines(self) -> Iterator[ReadLine]:
        """Give every line once; those of a record together, where they begin."""
        record: _Lines | None = None
        for line in lines_of(self._table.layout, self._table.uses, self._answers):
            if line.kind == "continuation" and record is not None:
                record.rest += [*record.blanks, line]
                record.blanks = []
            elif line.kind == "blank" and record is not None:
                record.blanks.append(line)
            else:
                if record is not None:
                    yield from self._of_record(record)
                record = _Lines(line) if line.kind == "record" else None
                if record is None:
                    yield self._beside(line)
        if record is not None:
            yield from self._of_record(record)

    def _of_record(self, lines: _Lines) -> Iterator[ReadLine]:
        at = At(self._sheet.name, lines.first.number)
        own = [lines.first.number, *(each.number for each in lines.rest if each.reason != "quoted")]
        through = lines.rest[-1].number if lines.rest else lines.first.number
        yield self._record.read(own, through, lines.first.reason)
        for each in lines.rest:
            reason = "goes_on" if each.kind == "blank" else each.reason
            yield ReadLine(
                At(at.sheet, each.number), each.number, "continuation", "join", reason, at
            )
        for each in lines.blanks:
            yield ReadLine(At(at.sheet, each.number), each.number, "blank", "skip", "blank")

    def _beside(self, line: Line) -> ReadLine:
        """Tell a line that is no record."""
        at = At(self._sheet.name, line.number)
        if line.kind == "section":
            self._record.under(line.text)
        if line.kind == "unclear":
            asked = doubt("line.unclear", at, line.text, _KINDS_OF_LINE)
            return ReadLine(at, line.number, line.kind, "ask", line.reason, doubts=(asked,))
        of = None if line.of is None else At(self._sheet.name, line.of)
        return ReadLine(at, line.number, line.kind, "skip", line.reason, of)
