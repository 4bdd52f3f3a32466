"""One record of a ledger: its cells, merged and repeated ones filled, made into an agreement."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from unicodedata import is_normalized, normalize

from changefeed import limits
from changefeed.declared import Label
from changefeed.subjects.agreement import AgreementKind
from changefeed.subjects.parts import PartDay
from changefeed.written_day import read_part
from sheetreader.cells import At, Mark, Value, letters
from sheetreader.days import (
    NO_DAY,
    DayRead,
    of_year,
    plus_months,
    read_day_cell,
    read_written,
    says_nothing,
    year_said,
)
from sheetreader.doubts import Answers, Choice, Doubt, doubt
from sheetreader.duplicates import SAME_DAY, Known, Signature, compared, compared_all
from sheetreader.ends import NOTHING_SAID, TermRead, read_term
from sheetreader.fields import FIELDS, Unclear, read_field
from sheetreader.headings import USES, Use
from sheetreader.kinds import kind_named, kind_of_title
from sheetreader.layout import filled, text_of
from sheetreader.parties import PartyRead, read_parties
from sheetreader.people import PeopleRead, read_people
from sheetreader.results import Action, Read, ReadAgreement, ReadEnd, ReadLine, Table

_LONGEST_DITTO = 8
_DITTO = re.compile(
    r"(?:〃|″|〞|“|”|\"|＂|''|´´|,,){1,2}|상\s*동|上\s*同|동\s*상|위와?\s*(?:같음|동일)|좌동|ditto",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    "[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u3164\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
_ODD = re.compile(rf"[\u00a0\u3000\t]|{_HIDDEN.pattern}")
_NO_MARK = Mark()
_PLAN_IN_TITLE = re.compile(
    r"[(\[][^()\[\]]*(?:추진|협의|검토|준비)\s*중[^()\[\]]*[)\]]|체결\s*예정|[(\[]예정[)\]]"
)
_YES = re.compile(r"[○OoＯ◯YyVv✓√]|yes|예|유|있음|자동(?:연장|갱신)?|가능|해당|여", re.IGNORECASE)
_NO = re.compile(r"[×xXＸNn]|no|아니오|무|없음|부|불가|미해당|해당\s*없음|비해당", re.IGNORECASE)
_AS_WRITTEN = "as_written"
_LEFT_OUT = "leave"
_OVER = re.compile(
    r"\s*(?:협약|기간|계약|중도)?\s*(?:해지|해약|파기|철회|종료|만료|실효|취소|폐기|종결|ended|terminated)"
    r"(?!\s*(?:예정|없음|안|전))",
    re.IGNORECASE,
)
_ENDED_ON = re.compile(r"해지일|종료일|파기일")
_LONGEST_STATE = 40
_DAY_IN = re.compile(r"['’]?\d{2,4}\s*[-./년]\s*\d{1,2}\s*[-./월]\s*\d{1,2}")
_BROKEN_OFF = re.compile(r"해지|해약|파기|철회|취소|폐기|중도|terminated", re.IGNORECASE)
_OF_PEOPLE: tuple[Use, ...] = ("department", "officer", "phone", "email")
_STILL_READ: frozenset[Use] = frozenset({"ignore"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a record: what it says, and where.

    Attributes:
        ditto: What stood here instead, where the value is that of the cell above.
        text: The value as it reads.
    """

    at: At
    value: Value
    mark: Mark = _NO_MARK
    ditto: str = ""
    text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", text_of(self.value))


class RecordReader:
    """Reads the records of one table, one after another.

    It knows the record above, for ditto marks, and the section that the next one stands under.
    """

    def __init__(self, table: Table, answers: Answers, known: Known) -> None:
        self.sheet = table.layout.sheet
        self.answers = answers
        self.known = known
        self.uses = table.uses
        self.columns: dict[Use, tuple[int, ...]] = {}
        for column, uses in sorted(table.uses.items()):
            for use in uses:
                self.columns[use] = (*self.columns.get(use, ()), column)
        self.headings = {each.column: each.text for each in table.layout.headings}
        self.merged = {
            (line, column): (merge.first_line, merge.first_column)
            for merge in self.sheet.merges
            if merge.first_line >= table.layout.body_from
            for line in range(merge.first_line, min(merge.last_line, len(self.sheet.rows)) + 1)
            for column in range(merge.first_column, merge.last_column + 1)
            if (line, column) != (merge.first_line, merge.first_column)
        }
        self.heading = _heading(table)
        # As many columns from the left as all have a heading: beyond them something may stand.
        self.headed_through = next(each for each in count() if each not in self.headings)
        self.struck = {line for (line, _), mark in self.sheet.marks.items() if mark.struck}
        self.fields_read = [each for each in FIELDS if each in self.columns]
        self.read_columns = [
            column for column, uses in self.uses.items() if set(uses) - _STILL_READ
        ]
        self.above: dict[int, tuple[Cell, ...]] = {}
        self.section = ""
        self.section_year: int | None = None

    def under(self, section: str) -> None:
        """Go on under another section."""
        self.section = section
        self.section_year = year_said(section)

    def read(self, lines: Sequence[int], through: int, reason: str) -> ReadLine:
        """Read one record.

        Args:
            lines: Those that say something of it, the first one first.
            through: The last one that belongs to it.
            reason: Why its first line is one.
        """
        return _Record(self, lines, through, reason).read()


def _heading(table: Table) -> str:
    """Give what stands over a table: its title says what kind of agreements it lists."""
    layout = table.layout
    above = range(layout.first_line, layout.header_lines[0] if layout.header_lines else 1)
    return " ".join(text for line in above for _, text in filled(layout.sheet, line))


class _Record:
    """The reading of one record."""

    def __init__(
        self, reader: RecordReader, lines: Sequence[int], through: int, reason: str
    ) -> None:
        self._reader = reader
        self._lines = lines
        self._through = through
        self._reason = reason
        self._sheet = reader.sheet
        self._line = lines[0]
        self._at = At(self._sheet.name, self._line)
        self._doubts: list[Doubt] = []
        self._notes: list[Read[str]] = []
        self._cells = {column: self._column(column) for column in reader.read_columns}
        for column, cells in self._cells.items():
            if cells:
                reader.above[column] = cells

    def read(self) -> ReadLine:
        """Put the agreement together, and say what becomes of its line."""
        self._tell_of_lines()
        struck = self._is_struck()
        title = self._text("title", most=limits.AGREEMENT_TITLE)
        parties, not_named = self._parties()
        signed, plan = self._signed()
        people = self._people()
        end, effective = self._end(signed)
        end = self._as_stands(self._renewed(end), struck=struck)
        stated = self._stated()
        for use in ("note", "status"):
            self._notes += self._texts(use)
        if title is not None and signed_on_is_open(signed) and _PLAN_IN_TITLE.search(title.written):
            plan = plan or title.written
        agreement = None
        if title is None:
            self._tell("title.missing", self._place("title"), typed=True)
        else:
            agreement = ReadAgreement(
                title=title,
                kind=self._kind(title),
                parties=parties,
                parties_not_named=not_named,
                sequence=self._text("sequence"),
                stated=stated,
                signed_on=signed,
                effective_on=effective,
                end=end,
                department=people["department"],
                officer=people["officer"],
                deputy=people["deputy"],
                phone=people["phone"],
                email=people["email"],
                notes=tuple(self._notes),
                struck=struck,
                section=self._reader.section,
            )
        return self._line_of(agreement, plan)

    def _line_of(self, agreement: ReadAgreement | None, plan: str) -> ReadLine:
        several = len(self._lines) > 1
        action: Action = "take"
        of: At | None = None
        reason = self._reason
        if plan:
            self._tell("line.plan", self._at, plan)
            action, reason = "skip", "plan"
        elif agreement is not None:
            of, surely = self._duplicate_of(agreement)
            if surely:
                action, reason = "duplicate", "duplicate"
        if not plan and not self._has_parties(agreement):
            self._tell("parties.missing", self._place("parties"), typed=True)
        return ReadLine(
            self._at,
            self._through,
            "record_of_several_lines" if several else "record",
            action,
            reason,
            of,
            agreement,
            tuple(self._doubts),
        )

    # ---- cells ---------------------------------------------------------------------------------

    def _column(self, column: int) -> tuple[Cell, ...]:
        """Give what a column says of this record: a cell for each of its lines that says anything.

        What lies under a cell merged from above says what that says.
        """
        found: list[Cell] = []
        for line in self._lines:
            cell = self._cell(line, column)
            if cell is None:
                continue
            if len(cell.text) <= _LONGEST_DITTO and _DITTO.fullmatch(cell.text):
                found += self._as_above(cell)
            else:
                found.append(cell)
        return tuple(found)

    def _cell(self, line: int, column: int) -> Cell | None:
        if self._reader.answers:
            key = f"cell@{letters(column)}"
            typed = self._reader.answers.get((self._sheet.name, line, key))
            if typed is not None:
                at = At(self._sheet.name, line, column)
                return Cell(at, typed) if typed.strip() else None
        mark = self._sheet.marks.get((line, column), _NO_MARK)
        value = self._sheet.at(line, column)
        if value == "" and not mark.unworked and line == self._line:
            begun = self._reader.merged.get((line, column))
            if begun is not None:
                mark = self._sheet.marks.get(begun, _NO_MARK)
                value = self._sheet.at(*begun)
        if value == "" and mark is _NO_MARK:
            return None
        at = At(self._sheet.name, line, column)
        if mark.error or mark.unworked:
            code = "cell.error" if mark.error else "cell.unworked"
            self._tell(code, at, mark.error, typed=True)
            return None
        if isinstance(value, str):
            value = self._cleaned(_out_of_quotes(value), at)
            if value.startswith("=") and len(value) > 1:
                self._tell("cell.unworked", at, value, typed=True)
                return None
        if value == "" or (isinstance(value, str) and not value.strip()):
            return None
        if mark.formula:
            self._tell("cell.formula", at, text_of(value))
        if (mark.struck and not self._line_is_struck(line)) or mark.struck_part:
            return self._without_struck(Cell(at, value, mark))
        return Cell(at, value, mark)

    def _cleaned(self, text: str, at: At) -> str:
        """Leave out what nobody sees, and take every blank for a blank."""
        if _ODD.search(text) is None:
            return text if is_normalized("NFC", text) else normalize("NFC", text)
        text = text.replace("\u00a0", " ").replace("\u3000", " ").replace("\t", " ")
        if _HIDDEN.search(text) is None:
            return normalize("NFC", text)
        self._tell("cell.cleaned", at)
        return normalize("NFC", _HIDDEN.sub("", text.replace("\u2028", "\n")))

    def _without_struck(self, cell: Cell) -> Cell | None:
        gone = cell.mark.struck_part or cell.text
        choices = (
            Choice("drop", Label("빼기", "leave it out")),
            Choice("keep", Label("그대로 두기", "keep it")),
        )
        said = self._ask("cell.struck", cell.at, gone, choices)
        if said != "drop":
            return cell
        rest = cell.text.replace(cell.mark.struck_part, " ") if cell.mark.struck_part else ""
        return replace(cell, value=rest) if rest.strip() else None

    def _as_above(self, cell: Cell) -> list[Cell]:
        above = self._reader.above.get(cell.at.column or 0, ())
        if not above:
            self._tell("cell.ditto_of_nothing", cell.at, cell.text, typed=True)
            return []
        meant = ", ".join(each.text for each in above)
        self._tell("cell.ditto", cell.at, cell.text, meant=meant)
        return [replace(each, at=cell.at, ditto=cell.text) for each in above]

    def _typed(self, use: Use) -> tuple[Cell, ...]:
        """Give what a person typed of this record that no column says."""
        said = self._reader.answers.get((self._sheet.name, self._line, f"use@{use}"), "")
        return (Cell(self._at, said),) if said.strip() else ()

    def _first(self, use: Use) -> tuple[Cell, ...]:
        if self._reader.answers and (typed := self._typed(use)):
            return typed
        for column in self._reader.columns.get(use, ()):
            if cells := self._of(use, column):
                return cells
        return ()

    def _of(self, use: Use, column: int) -> tuple[Cell, ...]:
        """Give what a column says of one of its uses, as a name before and partners in brackets."""
        cells = self._cells.get(column, ())
        held = self._reader.uses.get(column, ())
        if len(held) < 2:
            return cells
        others = set(held)
        if use in {"title", "parties"} and {"title", "parties"} <= others:
            place = 0 if use == "title" else 1
        elif use in {"signed_on", "ends_on"} and {"signed_on", "ends_on"} <= others:
            place = 0 if use == "signed_on" else 1
        else:
            return cells
        halves = ((cell, _halves(cell)[place]) for cell in cells)
        return tuple(
            cell if text == cell.text else replace(cell, value=text)
            for cell, text in halves
            if text
        )

    def _texts(self, use: Use) -> list[Read[str]]:
        return [
            Read(cell.text, cell.ditto or cell.text, cell.at)
            for column in self._reader.columns.get(use, ())
            for cell in self._cells.get(column, ())
            if not says_nothing(cell.text)
        ]

    def _text(self, use: Use, *, most: int = limits.LINE, lines: bool = False) -> Read[str] | None:
        """Give what the cells of a use say, as one text."""
        cells = [each for each in self._first(use) if not says_nothing(each.text)]
        if not cells:
            return None
        said = dict.fromkeys(each.text for each in cells)
        text = "\n".join(said) if lines else " ".join(" ".join(said).split())
        if len(text) > most:
            self._tell(
                "text.too_long", cells[0].at, text[:80], typed=True, length=len(text), most=most
            )
        return Read(text, "\n".join(each.ditto or each.text for each in cells), cells[0].at)

    # ---- lines ---------------------------------------------------------------------------------

    def _tell_of_lines(self) -> None:
        for line in self._lines:
            at = At(self._sheet.name, line)
            if line in self._sheet.hidden_lines:
                self._tell("line.hidden", at)
            if line in self._sheet.parted:
                self._tell("line.parted", at, sign=self._sheet.parted[line])
            if len(self._sheet.rows[line - 1]) <= self._reader.headed_through:
                continue
            for column, text in filled(self._sheet, line):
                if column not in self._reader.headings and column not in self._cells:
                    self._tell("line.outside", At(at.sheet, line, column), text)

    def _line_is_struck(self, line: int) -> bool:
        """Say whether most of what a line says is struck through."""
        if line not in self._reader.struck:
            return False
        cells = [
            column
            for column, _ in filled(self._sheet, line)
            if "sequence" not in self._reader.uses.get(column, ())
        ]
        struck = sum(
            1 for column in cells if self._sheet.marks.get((line, column), _NO_MARK).struck
        )
        title = self._reader.columns.get("title", ())
        by_title = any(self._sheet.marks.get((line, each), _NO_MARK).struck for each in title)
        return bool(cells) and by_title and 2 * struck > len(cells)

    def _is_struck(self) -> bool:
        if not self._line_is_struck(self._line):
            return False
        self._tell("line.struck", self._at)
        return True

    # ---- partners ------------------------------------------------------------------------------

    def _parties(self) -> tuple[tuple[Read[PartyRead], ...], int | None]:
        found: list[Read[PartyRead]] = []
        not_named: int | None = 0
        cells = [
            cell
            for column in self._reader.columns.get("parties", ())
            for cell in self._of("parties", column)
        ]
        for cell in self._typed("parties") or cells:
            read, more = self._parties_of(cell, len(found))
            found += read
            not_named = None if more is None or not_named is None else not_named + more
        once: dict[str, Read[PartyRead]] = {}
        for each in found:
            same = compared(each.value.name)
            if same in once:
                self._tell("parties.twice", each.at, each.value.written)
            else:
                once[same] = each
        return tuple(once.values()), not_named

    def _parties_of(self, cell: Cell, before: int) -> tuple[list[Read[PartyRead]], int | None]:
        if not isinstance(cell.value, str):
            self._tell("cell.no_text", cell.at, cell.text, typed=True)
            return [], 0
        if says_nothing(cell.text):
            return [], 0
        answer = ""
        for code in ("parties.one_or_several", "parties.fewer"):
            answer = answer or self._answer(code, cell.at)
        read = read_parties(cell.text, answer, before)
        for code, about, facts in read.doubts:
            self._doubts.append(doubt(code, cell.at, about, _PARTY_CHOICES.get(code, ()), facts))
        for each in read.parties:
            if len(each.name) > limits.LINE:
                sizes = {"length": len(each.name), "most": limits.LINE}
                self._doubts.append(
                    doubt("text.too_long", cell.at, each.name, (), sizes, typed=True)
                )
            if each.remark:
                self._tell("party.remark", cell.at, each.remark)
        return [Read(each, each.written, cell.at) for each in read.parties], read.not_named

    def _has_parties(self, agreement: ReadAgreement | None) -> bool:
        if agreement is None or agreement.parties or agreement.parties_not_named != 0:
            return True
        return any(each.code.startswith(("parties.", "cell.")) for each in self._doubts)

    # ---- days ----------------------------------------------------------------------------------

    def _signed(self) -> tuple[Read[date | PartDay] | None, str]:
        """Read the day of signing.

        Returns:
            What was read, and what says that nothing was signed yet.
        """
        cells = self._first("signed_on")
        year = self._year()
        if not cells:
            if year is not None:
                at = self._place("year")
                return Read(read_part(str(year)), str(year), at), ""
            self._tell("day.missing", self._place("signed_on"), typed=True)
            return None, ""
        reads = [self._day(cell, year) for cell in cells]
        days = {str(each.on) for each in reads if each.on is not None}
        if len(days) > 1:
            choices = tuple(_day_choice(each) for each in sorted(days))
            text = ", ".join(cell.text for cell in cells)
            said = self._ask("day.several", cells[0].at, text, choices, typed=True)
            if not said:
                return None, ""
            reads = [read_written(said)]
        first, cell = reads[0], cells[0]
        if first.is_plan:
            return None, cell.text
        if first.is_nothing:
            self._tell("day.missing", cell.at, typed=True)
            return None, ""
        return _day_of(first, cell), ""

    def _year(self) -> int | None:
        for cell in self._first("year"):
            year = year_said(cell.value)
            if year is not None:
                return year
        return None

    def _day(self, cell: Cell, year: int | None = None) -> DayRead:
        """Read a day, with what a person has answered, and tell what is not certain."""
        read = read_day_cell(cell.value, cell.mark.shown, from_1904=self._sheet.from_1904)
        elsewhere = year if year is not None else self._reader.section_year
        if read.code == "day.unreadable" and elsewhere is not None:
            on = of_year(cell.text, elsewhere)
            if on is not None:
                self._tell("day.year_from_elsewhere", cell.at, cell.text, year=elsewhere)
                return DayRead(on=on)
        if read.on is not None and year is not None and read.on.year != year:
            choices = tuple(
                _day_choice(each.isoformat())
                for each in (read.on, plus_months(read.on, 12 * (year - read.on.year)))
            )
            said = self._ask("day.other_year", cell.at, cell.text, choices, typed=True, year=year)
            return self._said_day(said, cell, read)
        if not read.code:
            return read
        choices = tuple(_day_choice(each) for each in read.choices)
        if read.code == "day.unreadable":
            choices += (Choice(_AS_WRITTEN, Label("적힌 그대로 두기", "keep it as written")),)
        code = "cell.no_text" if not isinstance(cell.value, (str, int, float)) else read.code
        about = read.remark if read.code == "day.remark" else cell.text
        said = self._ask(code, cell.at, about, choices, typed=True, **read.facts)
        return self._said_day(said, cell, read)

    def _said_day(self, said: str, cell: Cell, read: DayRead) -> DayRead:
        if not said:
            return read
        if said == _AS_WRITTEN:
            return DayRead(part=read_part(cell.text))
        answered = read_written(said)
        if answered.on is not None or answered.part is not None:
            return answered
        self._tell("day.unreadable", cell.at, said, typed=True)
        return NO_DAY

    # ---- the end -------------------------------------------------------------------------------

    def _end(
        self, signed: Read[date | PartDay] | None
    ) -> tuple[Read[ReadEnd] | None, Read[date | PartDay] | None]:
        """Read when it ends, and from when it holds, out of all columns that say so."""
        effective = self._plain_day("effective_on")
        last = self._last_day()
        term, cell = self._term()
        if last is None and cell is None:
            return None, effective
        if cell is not None and term is not NOTHING_SAID:
            begins = term.begins
            if effective is None and not begins.is_nothing and not begins.is_plan:
                effective = _begun(begins, cell, signed)
        if last is not None and (cell is None or term is NOTHING_SAID):
            return self._with_last_day(last, signed, effective), effective
        if cell is None or term is NOTHING_SAID:
            return None, effective
        end = self._reckoned(term, cell, signed, effective)
        if last is not None:
            end = self._agreeing(end, last, cell)
        return Read(end, cell.ditto or cell.text, cell.at), effective

    def _renewed(self, end: Read[ReadEnd] | None) -> Read[ReadEnd] | None:
        """Add what a column of its own says of renewal."""
        for cell in self._first("renewal"):
            told = read_term(cell.text)
            if _NO.fullmatch(cell.text) or says_nothing(cell.text):
                return end
            old = ReadEnd() if end is None else end.value
            if told.rule != "auto_renews" and not _YES.fullmatch(cell.text):
                self._tell("end.as_written", cell.at, cell.text, typed=True)
                text = "\n".join(each for each in (old.text, cell.text) if each)
                return Read(replace(old, text=text), cell.text, cell.at)
            new = replace(
                old,
                rule="auto_renews",
                notice=told.notice if told.notice is not None else old.notice,
                notice_unit=told.unit or old.notice_unit,
                text="\n".join(each for each in (old.text, cell.text) if each),
            )
            return Read(new, cell.text if end is None else end.written, cell.at)
        return end

    def _plain_day(self, use: Use) -> Read[date | PartDay] | None:
        for cell in self._first(use):
            return None if _says_when_it_ends(cell) else _day_of(self._day(cell), cell)
        return None

    def _last_day(self) -> tuple[DayRead, Cell] | None:
        """Read the column of last days; a length that stands there is read as a term."""
        for cell in self._first("ends_on"):
            if isinstance(cell.value, str):
                term = read_term(cell.text)
                if term.ends.is_nothing and (term.understood or not term.begins.is_nothing):
                    return None
            read = self._day(cell)
            return None if read.is_nothing else (read, cell)
        return None

    def _term(self) -> tuple[TermRead, Cell | None]:
        for use in ("term", "ends_on", "effective_on"):
            cells = self._first(use)
            if not cells:
                continue
            cell = cells[0]
            if use == "ends_on" and not isinstance(cell.value, str):
                continue
            if use == "effective_on" and not _says_when_it_ends(cell):
                continue
            if use == "term" and isinstance(cell.value, date):
                return TermRead("fixed", ends=DayRead(on=read_day_cell(cell.value).on)), cell
            text = " ".join(each.text for each in cells)
            if text.isdecimal():
                text += self._unit(cell)
            term = read_term(text)
            if use == "ends_on" and not term.ends.is_nothing:
                continue
            return term, replace(cell, value=text)
        return NOTHING_SAID, None

    def _unit(self, cell: Cell) -> str:
        """Give the unit that a heading names for its numbers: 협약기간(년)."""
        heading = self._reader.headings.get(cell.at.column or 0, "")
        found = re.search(r"[(\[](?:단위\s*[:：]\s*)?(년|개월|월)[)\]]", heading)
        return "" if found is None else {"월": "개월"}.get(found[1], found[1])

    def _with_last_day(
        self,
        last: tuple[DayRead, Cell],
        signed: Read[date | PartDay] | None,
        effective: Read[date | PartDay] | None,
    ) -> Read[ReadEnd]:
        read, cell = last
        end = ReadEnd("fixed", self._not_before(read.on, cell, signed, effective), read.part)
        if end.ends_on is None and end.ends_as is None:
            end = ReadEnd("unknown", text=cell.text)
        return Read(end, cell.ditto or cell.text, cell.at)

    def _reckoned(
        self,
        term: TermRead,
        cell: Cell,
        signed: Read[date | PartDay] | None,
        effective: Read[date | PartDay] | None,
    ) -> ReadEnd:
        """Work out the last day where a length is said, and tell how."""
        if not term.understood:
            self._tell("end.as_written", cell.at, cell.text, typed=True)
        ends = self._end_answered(term, cell)
        end = ReadEnd(term.rule, ends.on, ends.part, term.months, term.notice, term.unit, cell.text)
        if ends.on is not None:
            return replace(end, ends_on=self._not_before(ends.on, cell, signed, effective))
        if term.months is None or ends.part is not None:
            return end
        start = _exactly(effective) or _exactly(signed)
        if start is None:
            self._tell("end.not_reckoned", cell.at, cell.text, typed=True)
            return replace(end, rule="unknown" if term.rule == "fixed" else term.rule)
        last = plus_months(start, term.months)
        self._tell(
            "end.reckoned",
            cell.at,
            cell.text,
            begins=start.isoformat(),
            months=term.months,
            ends=last.isoformat(),
        )
        return replace(end, ends_on=last)

    def _end_answered(self, term: TermRead, cell: Cell) -> DayRead:
        if term.yearless:
            choices = tuple(_day_choice(each) for each in term.choices)
            said = self._ask("end.year_missing", cell.at, cell.text, choices, typed=True)
            return self._said_day(said, cell, NO_DAY)
        if term.ends.code in {"day.order", "day.calendar"}:
            choices = tuple(_day_choice(each) for each in term.ends.choices)
            said = self._ask(term.ends.code, cell.at, cell.text, choices, typed=True)
            return self._said_day(said, cell, term.ends)
        return term.ends

    def _not_before(
        self,
        last: date | None,
        cell: Cell,
        signed: Read[date | PartDay] | None,
        effective: Read[date | PartDay] | None,
    ) -> date | None:
        start = _earliest(effective) or _earliest(signed)
        if last is None or start is None or last >= start:
            return last
        said = self._ask(
            "end.before_signing",
            cell.at,
            cell.text,
            typed=True,
            meant=last.isoformat(),
            begins=start.isoformat(),
        )
        answered = self._said_day(said, cell, NO_DAY).on if said else None
        return answered if answered is not None and answered >= start else None

    def _agreeing(self, end: ReadEnd, last: tuple[DayRead, Cell], cell: Cell) -> ReadEnd:
        """Take the last day that a column of its own says; ask where the term says another."""
        read, place = last
        if read.on is None:
            return end if end.ends_on is not None else replace(end, ends_as=read.part)
        if end.ends_on is None:
            rule = "fixed" if end.rule in {"unknown", "evergreen"} else end.rule
            return replace(end, rule=rule, ends_on=read.on, ends_as=None)
        # Three years from 1 January end on 31 December or 1 January, as papers have it.
        if abs((end.ends_on - read.on).days) <= 1:
            return replace(end, ends_on=read.on)
        first, second = end.ends_on.isoformat(), read.on.isoformat()
        said = self._ask(
            "end.conflict",
            place.at,
            place.text,
            (_day_choice(first), _day_choice(second)),
            typed=True,
            first=first,
            second=second,
        )
        answered = self._said_day(said, cell, NO_DAY).on if said else None
        return replace(end, ends_on=answered)

    def _as_stands(self, end: Read[ReadEnd] | None, *, struck: bool) -> Read[ReadEnd] | None:
        """Heed what is said of its state: what is over has ended on a day, or nobody knows when."""
        found = end
        if struck:
            told = Label("취소선: 끝난 협약", "struck through: an agreement that has ended")
            found = self._over(end, Cell(self._at, told.ko), "")
        for column in self._reader.columns.get("status", ()):
            for cell in self._cells.get(column, ()):
                on = self._ended_on(cell, column)
                is_over = len(cell.text) <= _LONGEST_STATE and _OVER.match(cell.text) is not None
                if on is None and not is_over:
                    continue
                known = None if end is None else end.value.ends_on
                if on is None and known is not None and _BROKEN_OFF.search(cell.text) is None:
                    self._tell("status.end_read", cell.at, cell.text, ends=known.isoformat())
                    continue
                if on is not None:
                    self._tell("status.end_read", cell.at, cell.text, ends=on.isoformat())
                    return self._over(end, cell, on.isoformat())
                choices = (Choice(_AS_WRITTEN, Label("종료 미상으로 두기", "leave it not known")),)
                said = self._ask("status.ended", cell.at, cell.text, choices, typed=True)
                return self._over(end, cell, "" if said == _AS_WRITTEN else said)
        return found

    def _ended_on(self, cell: Cell, column: int) -> date | None:
        """Give the day that a cell about the state says it ended on: 해지(2023.5.1.)."""
        if _ENDED_ON.search(self._reader.headings.get(column, "").replace(" ", "")) is not None:
            return read_day_cell(cell.value, cell.mark.shown, from_1904=self._sheet.from_1904).on
        if not isinstance(cell.value, str) or _OVER.match(cell.text) is None:
            return None
        found = _DAY_IN.search(cell.text)
        return None if found is None else read_written(found[0]).on

    def _over(self, end: Read[ReadEnd] | None, cell: Cell, said: str) -> Read[ReadEnd]:
        """Give the end of what is over: on the day that is said, or known to nobody."""
        old = ReadEnd() if end is None else end.value
        day = self._said_day(said, cell, NO_DAY) if said else NO_DAY
        agreed = old.text or (old.ends_on.isoformat() if old.ends_on else "")
        text = "\n".join(dict.fromkeys(each for each in (agreed, cell.text) if each))
        if day.on is None and day.part is None:
            new = ReadEnd("unknown", text=text)
        else:
            new = ReadEnd("fixed", day.on, day.part, text=text)
        return Read(new, cell.text, cell.at)

    # ---- fields as they are --------------------------------------------------------------------

    def _stated(self) -> Mapping[str, Read[object]]:
        found: dict[str, Read[object]] = {}
        # What no column says may have been typed.
        for name in FIELDS if self._reader.answers else self._reader.fields_read:
            column = FIELDS[name]
            field_of = column.field
            is_text = field_of.fact.codes is None and field_of.holds not in {bool, int}
            most = field_of.fact.most or (
                limits.PASSAGE if field_of.fact.form == "passage" else limits.LINE
            )
            if not is_text or field_of.fact.names is not None:
                most = limits.PASSAGE
            is_passage = field_of.fact.form == "passage"
            said = self._text(name, most=most, lines=is_passage or field_of.fact.names is not None)
            if said is not None and (read := self._field(name, said)) is not None:
                found[name] = read
        return found

    def _field(self, name: str, said: Read[str]) -> Read[object] | None:
        """Read one field; what it does not take is asked about, and may be left out."""
        heading = self._reader.headings.get(said.at.column or 0, "")
        value = read_field(name, said.value, heading)
        if not isinstance(value, Unclear):
            return Read(value, said.written, said.at)
        called = USES[name]
        choices = (
            *(Choice(code, label) for code, label in value.choices),
            Choice(_LEFT_OUT, Label("옮기지 않기", "leave it out")),
        )
        is_typed = not value.choices
        answer = self._answer(value.code, said.at)
        if answer == _LEFT_OUT:
            return None
        value_said = read_field(name, answer, "(원)") if answer else value  # So it was asked for.
        if not isinstance(value_said, Unclear):
            return Read(value_said, said.written, said.at)
        made = doubt(value.code, said.at, said.value, choices, {"name": called.ko}, typed=is_typed)
        english = doubt(value.code, said.at, said.value, (), {"name": called.en})
        self._doubts.append(replace(made, said=Label(made.said.ko, english.said.en)))
        return None

    # ---- people --------------------------------------------------------------------------------

    def _people(self) -> Mapping[str, Read[str] | None]:
        found: dict[str, Read[str] | None] = {
            "department": None,
            "officer": None,
            "deputy": self._text("deputy"),
            "phone": None,
            "email": None,
        }
        departments = self._of_departments()
        done: set[At] = set()
        for use in _OF_PEOPLE:
            for cell in self._first(use):
                if cell.at in done or (use == "department" and _is_one_word(cell.text)):
                    continue
                done.add(cell.at)
                if not isinstance(cell.value, str):
                    self._tell("cell.no_text", cell.at, cell.text, typed=True)
                    continue
                if says_nothing(cell.text):
                    continue
                self._take_people(use, cell, read_people(cell.text), found)
        if departments is not None:
            found["department"] = departments
        return found

    def _of_departments(self) -> Read[str] | None:
        """Give what columns of departments say, where it is that and nothing else."""
        texts = [
            each
            for each in self._texts("department")
            if _is_one_word(each.value)
            or not (read_people(each.value).names or read_people(each.value).phone)
        ]
        if not texts:
            return None
        said = dict.fromkeys(" ".join(each.value.split()) for each in texts)
        return Read(" ".join(said), texts[0].written, texts[0].at)

    def _take_people(
        self, use: Use, cell: Cell, read: PeopleRead, found: dict[str, Read[str] | None]
    ) -> None:
        said = {
            "department": read.department,
            "officer": read.names[0] if read.names else "",
            "phone": read.phone,
            "email": read.email,
        }
        for name, text in said.items():
            if text and found[name] is None:
                found[name] = Read(text, cell.ditto or cell.text, cell.at)
        if len(read.names) > 1:
            self._tell("officer.several", cell.at, ", ".join(read.names))
            if found["deputy"] is None:
                found["deputy"] = Read(read.names[1], cell.text, cell.at)
        if read.rest and use in {"officer", "phone", "email"}:
            self._tell("officer.unclear", cell.at, read.rest)

    # ---- what follows --------------------------------------------------------------------------

    def _kind(self, title: Read[str]) -> Read[AgreementKind]:
        for cell in self._first("kind"):
            named = kind_named(cell.text)
            if named is not None:
                return Read(named, cell.ditto or cell.text, cell.at)
            if not says_nothing(cell.text):
                self._tell("kind.unknown", cell.at, cell.text)
        told = (
            kind_of_title(title.value)
            or kind_of_title(self._reader.section)
            or kind_of_title(self._reader.heading)
        )
        if told is None:
            self._tell("kind.assumed", title.at, title.value)
        return Read(told or "mou", title.written, title.at)

    def _duplicate_of(self, agreement: ReadAgreement) -> tuple[At | None, bool]:
        """Say which agreement before it this one perhaps is, unless a person said that it is not.

        One that is not the same stands beside it from now on.

        Returns:
            Its line, and whether this one is left out unless a person says otherwise: of two that
            share day and partners alone, as of two papers signed at one table, neither is.
        """
        new = Signature(
            self._at,
            agreement.title.value,
            None if agreement.signed_on is None else agreement.signed_on.value,
            compared_all(each.value.name for each in agreement.parties),
            "" if agreement.sequence is None else agreement.sequence.value,
            self._reader.section,
            " ".join(each.value for each in agreement.notes),
        )
        found = self._reader.known.find(new)
        if found is None:
            self._reader.known.add(new)
            return None, False
        old, why = found
        answer = self._answer("duplicate.perhaps", self._at)
        if answer == "different":
            self._reader.known.add(new)
            return None, False
        if answer != "same":
            other = (
                old.at.address
                if old.at.sheet == self._at.sheet
                else f"{old.at.sheet} {old.at.address}"
            )
            made = doubt(
                "duplicate.perhaps",
                self._at,
                agreement.title.value,
                _SAME_OR_NOT,
                {"other": other, "title": old.title, "why": why.ko},
            )
            facts = {"other": other, "title": old.title, "why": why.en}
            english = doubt("duplicate.perhaps", self._at, "", (), facts)
            self._doubts.append(replace(made, said=Label(made.said.ko, english.said.en)))
        return old.at, answer == "same" or why is not SAME_DAY

    # ---- doubts --------------------------------------------------------------------------------

    def _place(self, use: Use) -> At:
        columns = self._reader.columns.get(use, ())
        return At(self._sheet.name, self._line, columns[0] if columns else None)

    def _answer(self, code: str, at: At) -> str:
        if not self._reader.answers:
            return ""
        key = code if at.column is None else f"{code}@{letters(at.column)}"
        return self._reader.answers.get((at.sheet, at.line, key), "")

    def _ask(
        self,
        code: str,
        at: At,
        read: str,
        choices: tuple[Choice, ...] = (),
        *,
        typed: bool = False,
        **facts: str | int,
    ) -> str:
        """Give what a person answered; tell the doubt where nobody has yet."""
        answer = self._answer(code, at)
        if not answer:
            self._tell(code, at, read, choices, typed=typed, **facts)
        return answer

    def _tell(
        self,
        code: str,
        at: At,
        read: str = "",
        choices: tuple[Choice, ...] = (),
        *,
        typed: bool = False,
        **facts: str | int,
    ) -> None:
        self._doubts.append(doubt(code, at, read, choices, facts, typed=typed))


_SAME_OR_NOT = (
    Choice("same", Label("같은 협약(빼기)", "the same (leave it out)")),
    Choice("different", Label("다른 협약", "another agreement")),
)
_PARTY_CHOICES: Mapping[str, tuple[Choice, ...]] = {
    "parties.one_or_several": (
        Choice("one", Label("한 기관", "one partner")),
        Choice("several", Label("여러 기관", "several partners")),
    ),
    "parties.fewer": (Choice("all", Label("적힌 이름이 전부", "those are all")),),
}


def signed_on_is_open(signed: Read[date | PartDay] | None) -> bool:
    """Say whether no exact day of signing is known."""
    return signed is None or not isinstance(signed.value, date)


def _out_of_quotes(text: str) -> str:
    """Give what a CSV keeps as text by writing it `="001"`."""
    found = re.fullmatch(r'="([^"]*)"', text.strip())
    return text if found is None else found[1]


def _says_when_it_ends(cell: Cell) -> bool:
    """Say whether a rule stands where a first day should, as 무기한."""
    return isinstance(cell.value, str) and read_term(cell.text).rule in {
        "evergreen",
        "until_purpose_achieved",
        "auto_renews",
    }


def _is_one_word(text: str) -> bool:
    """Say whether a cell of departments names that alone, whatever it ends in."""
    return re.fullmatch(r"[가-힣A-Za-z0-9·]+", text.strip()) is not None


def _halves(cell: Cell) -> tuple[str, str]:
    """Part a cell that says two things: in two lines, on both sides of a wave, or in brackets."""
    text = cell.text
    for sign in ("\n", "~"):
        if sign in text:
            first, _, second = text.partition(sign)
            return first.strip(), second.strip()
    found = re.fullmatch(
        r"(.*?)\s*[(\[]([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]]\s*", text, re.DOTALL
    )
    return (found[1], found[2].strip()) if found and found[1] else (text, "")


def _day_choice(day: str) -> Choice:
    return Choice(day, Label(day, day))


def _day_of(read: DayRead, cell: Cell) -> Read[date | PartDay] | None:
    value = read.on if read.on is not None else read.part
    return None if value is None else Read(value, cell.ditto or cell.text, cell.at)


def _begun(
    begins: DayRead, cell: Cell, signed: Read[date | PartDay] | None
) -> Read[date | PartDay] | None:
    """Give the first day in force where a term says another than that of signing."""
    found = _day_of(begins, cell)
    if found is None or signed is None:
        return found
    one, other = found.value, signed.value
    if isinstance(one, PartDay) and isinstance(other, date):
        return None if one.from_on and one.to_on and one.from_on <= other <= one.to_on else found
    if isinstance(one, PartDay) and isinstance(other, PartDay):
        return None if (one.from_on, one.to_on) == (other.from_on, other.to_on) else found
    return None if one == other else found


def _exactly(read: Read[date | PartDay] | None) -> date | None:
    return read.value if read is not None and isinstance(read.value, date) else None


def _earliest(read: Read[date | PartDay] | None) -> date | None:
    if read is None:
        return None
    return read.value if isinstance(read.value, date) else read.value.from_on
