"""What a sheet would change: each line read and held against what is on record.

Nothing is written; what it gives is staged for a person to decide about.
Source: docs/rules/terms.md, T-56 to T-58.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from changefeed import limits
from changefeed.declared import Label
from changefeed.mapping import from_facts, to_facts
from changefeed.months import months_after
from changefeed.sheet import Column, as_text, cell_of, columns_of
from changefeed.subjects.agreement import End, Party
from changefeed.subjects.parts import PartDay, Words
from changefeed.words import SHOWN
from ieum_registry.domain.agreement import Agreement, taking_effect
from ieum_registry.domain.errors import Refused, RuleBroken
from ieum_registry.domain.naming import KEY, WEB
from ieum_registry.domain.part_day import part_day
from ieum_registry.domain.within_limits import must_be_within_limits
from ieum_registry.operations.importing.choices import NEW, Choices, MatchBy
from ieum_registry.operations.importing.names import Alike, Meant, NameRead, Names
from ieum_registry.operations.importing.on_record import (
    KnownAgreement,
    OnRecord,
    partners_alike,
    read_record,
    title_key,
)
from ieum_registry.operations.importing.people import (
    People,
    PersonRead,
    people_on_record,
    reached_by,
)
from ieum_registry.operations.importing.reading import (
    OF_PEOPLE,
    UNUSED,
    Opened,
    answers_of,
    open_tables,
)
from ieum_registry.operations.importing.remarks import Remarks, remark_of, remarks_on_record
from ieum_registry.operations.ports.imports import (
    Checked,
    Choice,
    Claim,
    FieldChange,
    Found,
    Import,
    Imports,
    Planned,
    Remark,
    RowState,
    StagedRow,
)
from ieum_registry.operations.ports.records import Records
from sheetreader.agreements import read
from sheetreader.cells import At, Workbook, letters
from sheetreader.doubts import TOLD, Doubt
from sheetreader.fields import FIELDS
from sheetreader.headings import USES, Use
from sheetreader.layout import text_of
from sheetreader.people import names_somebody, read_people
from sheetreader.results import Read, ReadAgreement, ReadEnd, ReadLine

SEOUL = ZoneInfo("Asia/Seoul")
KEPT_EVERY = 500
"""Lines; they take about a second."""

MATCHED_BY: Sequence[MatchBy] = ("id", "key", "number")
"""By what agreements are found on record: by the first that the sheet has, else by title and day.
"""

ALONE = ("key", "number")
"""What no two agreements share."""

AS_NEW = Choice(NEW, Label("새 협약", "a new agreement"))


def check(
    claim: Claim,
    this: Import,
    book: Workbook,
    *,
    now: datetime,
    new_id: Callable[[], UUID],
    imports: Imports,
    records: Records,
    keep: Callable[[], None] = lambda: None,
) -> None:
    """Check a sheet as it was decided so far, and stage what it would change.

    Args:
        keep: Called now and then, as a large sheet takes longer than a lease.

    Raises:
        LeaseLost: Somebody moved it on, or took it, meanwhile; nothing of theirs is touched.
    """
    learned = _learned(imports)
    opened = open_tables(book, this.choices, learned)
    today = now.astimezone(SEOUL).date()
    checked = examine(
        opened,
        this.choices,
        people=People(
            this.choices.people,
            this.choices.named_people,
            lambda: people_on_record(records, today),
            new_id,
            today,
        ),
        remarks=Remarks(lambda: remarks_on_record(records), new_id, today),
        record=read_record(records),
        remembered={each: imports.remembered(each) for each in ("partner", "department")},
        alike=partners_alike(records),
        new_id=new_id,
        keep=keep,
    )
    imports.stage(claim, this.version, checked, now)


def _first_of_these(opened: Opened) -> MatchBy:
    return next((each for each in MATCHED_BY if opened.uses(each)), "title_and_day")


def _learned(imports: Imports) -> Mapping[str, Sequence[str]]:
    return {heading: tuple(said.split()) for heading, said in imports.remembered("heading").items()}


def examine(
    opened: Opened,
    choices: Choices,
    *,
    record: OnRecord,
    remembered: Mapping[str, Mapping[str, str]],
    alike: Alike,
    people: People,
    remarks: Remarks,
    new_id: Callable[[], UUID],
    keep: Callable[[], None] = lambda: None,
) -> Checked:
    """Hold every line against what is on record.

    Args:
        remembered: By type what names were said to mean in imports before.
        alike: Who on record looks like a name.
        keep: Called after some lines, again and again.
    """
    partners = {**_still_asked(remembered, "partner", record), **choices.partners}
    departments = {**_still_asked(remembered, "department", record), **choices.departments}
    found = _Examination(
        opened,
        choices,
        record,
        Names("partner", record, partners, choices.new_partners, alike, new_id),
        Names("department", record, departments, choices.new_departments, lambda _: (), new_id),
        people,
        remarks,
        choices.match_by or _first_of_these(opened),
        new_id,
    )
    rows: list[StagedRow] = []
    for each in found.rows():
        rows.append(each)
        if len(rows) % KEPT_EVERY == 0:
            keep()
    planned = found.records()
    return Checked(found.told(rows, planned), tuple(rows), planned)


def _still_asked(
    remembered: Mapping[str, Mapping[str, str]], subject_type: str, record: OnRecord
) -> Mapping[str, str]:
    """Give what is remembered of names, but those that one on record is called by now."""
    said = remembered.get(subject_type, {})
    return {
        name: meant for name, meant in said.items() if len(record.called(subject_type, name)) != 1
    }


@dataclass(slots=True)
class _Line:
    """One line on the way: what is wrong with it, what is asked, what is told."""

    faults: list[Remark] = field(default_factory=list)
    questions: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)

    def refuse(self, refused: Refused, cell: str | None, key: str | None) -> None:
        """Note that a rule refuses it.

        Args:
            key: Under which another value may be typed; None if none would help.
        """
        facts = {name: str(value) for name, value in refused.facts.items()}
        self.fault(refused.code, cell, key, facts)

    def fault(self, code: str, cell: str | None, key: str | None, facts: dict[str, str]) -> None:
        """Note what cannot be taken, with where another value may be typed."""
        self.faults.append(Remark(code, key or code, cell, facts=facts, typed=key is not None))

    @property
    def is_clean(self) -> bool:
        """Whether it can be written."""
        return not self.faults and not self.questions


@dataclass(frozen=True, slots=True)
class _ToWrite:
    """An agreement that is to be written, with its facts as they are to be and as they were."""

    line: int
    agreement: Agreement
    seen: int
    facts: Mapping[str, Any]
    before: Mapping[str, Any] | None


@dataclass(slots=True)
class _Examination:
    """The lines of one file, one after the other."""

    opened: Opened
    choices: Choices
    record: OnRecord
    partners: Names
    departments: Names
    people: People
    remarks: Remarks
    match_by: MatchBy
    new_id: Callable[[], UUID]
    planned: list[_ToWrite] = field(default_factory=list)
    links: int = 0
    needs_own: bool = False
    _lines_of: dict[UUID, str] = field(default_factory=dict)
    _values: dict[tuple[str, str], str] = field(default_factory=dict)

    def rows(self) -> Iterator[StagedRow]:
        """Give every line in its order."""
        sheets = {each.name: each for each in self.opened.book.sheets}
        width = {
            each.layout.sheet.name: max((h.column + 1 for h in each.layout.headings), default=0)
            for each in self.opened.tables
        }
        answers = answers_of(self.choices)
        said = {(sheet, line, key): text for (sheet, line, key), text in answers.items()}
        for place, line in enumerate(read(self.opened.tables, answers), 1):
            row = sheets[line.at.sheet].rows[line.at.line - 1]
            cells = tuple(text_of(each) for each in row[: width[line.at.sheet]])
            yield self._row(place, line, cells, said)

    def _row(
        self,
        place: int,
        line: ReadLine,
        cells: tuple[str, ...],
        said: Mapping[tuple[str, int, str], str],
    ) -> StagedRow:
        about = _Line()
        for each in line.doubts:
            _take_doubt(about, each)
        state: RowState = "passed"
        known: KnownAgreement | None = None
        subject_id: UUID | None = None
        changes: tuple[FieldChange, ...] = ()
        if line.action == "take" and line.agreement is not None:
            known = self._match(line, line.agreement, about, said)
            state, subject_id, changes = self._agreement(line, line.agreement, known, about)
        if about.faults:
            state = "fault"
        elif about.questions:
            state = "question"
        return StagedRow(
            place,
            line.at.sheet,
            line.at.line,
            line.through,
            state,
            line.said,
            cells,
            None if line.agreement is None else line.agreement.title.value,
            subject_id,
            changes,
            tuple(about.faults),
            tuple(about.questions),
            tuple(about.notes),
        )

    def _agreement(
        self,
        line: ReadLine,
        told: ReadAgreement,
        known: KnownAgreement | None,
        about: _Line,
    ) -> tuple[RowState, UUID | None, tuple[FieldChange, ...]]:
        """Make the agreement that a line means, and plan it if it is another than on record."""
        subject_id = None if known is None else known.id
        if known is not None and self.choices.mode == "add":
            return "same", subject_id, ()
        before = None if known is None else from_facts(Agreement, json.loads(known.text))
        parties = self._parties(told, before, about)
        stated = self._stated(told, before, about)
        lead = self._department(told, about)
        if lead is not None:
            stated["lead_department_id"] = lead
        if not about.is_clean:
            return "question", subject_id, ()
        try:
            after = (
                self._new(told, parties, stated)
                if before is None
                else _changed(before, told, parties, stated)
            )
            must_be_within_limits(after)
        except Refused as refused:
            self._refuse(refused, line, told, about)
            return "fault", subject_id, ()
        self._must_be_alone(line, after, about)
        if not about.is_clean:
            return "fault", subject_id, ()
        beside = tuple(self._beside(line, told, after, about))
        if not about.is_clean:
            return "question", subject_id, ()
        was, now = None if before is None else to_facts(before), to_facts(after)
        if was == now:
            return "changed" if beside else "same", subject_id, beside
        self.links += len(parties)
        seen = 0 if known is None else known.version
        self.planned.append(_ToWrite(line.at.line, after, seen, now, was))
        if was is None:
            return "new", after.id, beside
        return "changed", after.id, (*self._differences(was, now), *beside)

    def _beside(
        self, line: ReadLine, told: ReadAgreement, after: Agreement, about: _Line
    ) -> Iterator[FieldChange]:
        """Plan what a line says beside the agreement: its people and its remark."""
        yield from self._people(told, after, about)
        if about.is_clean:
            yield from self._remark(line, told, after, about)

    def _people(self, told: ReadAgreement, after: Agreement, about: _Line) -> Iterator[FieldChange]:
        heard = about if self.people.are_taken else _Line()
        read = [(each, at) for each, at in _people_of(told, heard) if each.name]
        lead = after.lead_department_id
        if lead is None:
            if read and self.people.are_taken:
                _note(about, "import.person_nowhere", read[0][1], read[0][0].name)
            return
        for each, _ in read:
            self.people.notice(lead, each)
        if not self.people.are_taken:
            return
        meant = [(each, at, self.people.meant(lead, self._called(lead), each)) for each, at in read]
        for each, at, whom in meant:
            if whom.refused is not None:
                about.refuse(whom.refused, _address(at), _typed_in(at))
            elif whom.is_open:
                name = f"{each.name} ({self._called(lead)})"
                about.questions.append(
                    Remark(
                        "person.which",
                        f"person.which:{name}",
                        _address(at),
                        each.name,
                        {"name": name},
                        None,
                        whom.choices,
                    )
                )
            elif whom.differs:
                _note(about, "import.person_differs", at, each.name)
        if not about.is_clean:
            return
        for each, _, whom in meant:
            if self.people.take(lead, each.role, whom):
                use: Use = "officer" if each.role == "officer" else "deputy"
                text = each.said if whom.new is not None else each.name
                yield FieldChange(use, USES[use], None, Label(text, text))

    def _called(self, department_id: UUID) -> str:
        known = self.record.departments.get(department_id)
        if known is not None:
            return known.name
        new = self.departments.subject(department_id)
        return "" if new is None else new.name.ko

    def _remark(
        self, line: ReadLine, told: ReadAgreement, after: Agreement, about: _Line
    ) -> Iterator[FieldChange]:
        text = remark_of(told.notes, self._holding)
        if not text or self.remarks.is_known(after.id, text):
            return
        at = told.notes[0].at
        department_id = after.lead_department_id or self.record.coordinating()
        partner_id = next((each.partner_id for each in after.parties if each.side != "own"), None)
        if names_somebody(text):
            _note(about, "import.remark_names", at, text)
        elif department_id is None or partner_id is None:
            _note(about, "import.remark_nowhere", at, text)
        else:
            try:
                entry = self.remarks.entry(after.id, partner_id, department_id, text)
            except Refused as refused:
                _note(about, refused.code, at, text, refused)
                return
            self.remarks.planned.append((line.at.line, entry))
            yield FieldChange("note", USES["note"], None, Label(text, text))

    def _holding(self, at: At) -> tuple[str, tuple[Use, ...]]:
        """Give the heading of a cell's column, and what it holds."""
        if at.column is None:
            return "", ()
        for table in self.opened.tables:
            layout = table.layout
            is_here = layout.sheet.name == at.sheet and at.column in table.uses
            if is_here and layout.body_from <= at.line <= layout.last_line:
                named = (each.text for each in layout.headings if each.column == at.column)
                return next(named, ""), table.uses[at.column]
        return "", ()

    def _match(
        self,
        line: ReadLine,
        told: ReadAgreement,
        about: _Line,
        said: Mapping[tuple[str, int, str], str],
    ) -> KnownAgreement | None:
        """Find the agreement on record that a line is about, or ask."""
        signed = _signed_text(told)
        alike = self.record.by_title.get(title_key(told.title.value), [])
        exact = [each for each in alike if self.record.agreements[each].signed == signed]
        by_this = told.said(self.match_by)
        if by_this is not None:
            certain, perhaps = self.record.found_by(self.match_by, by_this), exact
        else:
            certain = exact
            perhaps = [each for each in alike if self._may_be_of_one_day(each, told)]
        if len(certain) == 1:
            return self.record.agreements[certain[0]]
        asked = certain or perhaps
        key = "record.which" if certain else "record.perhaps"
        if not asked and self.match_by == "id" and by_this is not None:
            key = "record.no_such_id"
        elif not asked:
            return None
        answer = said.get((line.at.sheet, line.at.line, key))
        if answer == NEW:
            return None
        for each in asked:
            if answer == str(each):
                return self.record.agreements[each]
        choices = tuple(self._to_choose(each) for each in asked[:9])
        at = _address(told.title.at)
        about.questions.append(
            Remark(
                key, key, at, told.title.value, {"count": str(len(asked))}, None, (*choices, AS_NEW)
            )
        )
        return None

    def _may_be_of_one_day(self, subject_id: UUID, told: ReadAgreement) -> bool:
        """Say whether two with the same title may be one: one's day is not known to the day."""
        theirs = self.record.agreements[subject_id].signed
        is_whole = told.signed_on is not None and isinstance(told.signed_on.value, date)
        return not is_whole or not _is_day(theirs)

    def _to_choose(self, subject_id: UUID) -> Choice:
        known = self.record.agreements[subject_id]
        text = f"{known.title} ({known.signed or '–'})"
        return Choice(str(subject_id), Label(text, text))

    def _parties(
        self, told: ReadAgreement, before: Agreement | None, about: _Line
    ) -> tuple[Party, ...]:
        """Give the sides that a line names and that are not on record of it."""
        signed = _day(told.signed_on, "signed")
        already = set() if before is None else {each.partner_id for each in before.parties}
        found: dict[UUID, Party] = {}
        for each in told.parties:
            name = NameRead(each.value.name, each.value.other_names, each.value.country)
            meant = self.partners.meant(name)
            _ask(about, "partner.unknown", each, meant)
            if meant.subject_id is not None and meant.subject_id not in already:
                is_own = self._is_own(meant.subject_id)
                side = Party(meant.subject_id, "own" if is_own else "partner", **signed)
                found.setdefault(meant.subject_id, side)
        if before is None and not any(each.side == "own" for each in found.values()):
            own = self._own_side()
            if own is None:
                self.needs_own = True
                about.questions.append(Remark("import.own_side", "own_partner_id"))
            else:
                found = {own: Party(own, "own", **signed), **found}
        return tuple(found.values())

    def _is_own(self, partner_id: UUID) -> bool:
        known = self.record.partners.get(partner_id)
        return known is not None and known.own

    def _own_side(self) -> UUID | None:
        chosen = self.choices.own_partner_id
        if chosen is not None and self._is_own(chosen):
            return chosen
        own = self.record.own()
        return own[0] if len(own) == 1 else None

    def _department(self, told: ReadAgreement, about: _Line) -> UUID | None:
        if told.department is None:
            return None
        meant = self.departments.meant(NameRead(told.department.value))
        _ask(about, "department.unknown", told.department, meant)
        return meant.subject_id

    def _stated(
        self, told: ReadAgreement, before: Agreement | None, about: _Line
    ) -> dict[str, Any]:
        """Give what a line says, but title, kind, parties and department, as the facts hold it.

        What names something that is not on record is left out, and told.
        """
        found = _days_and_end(told)
        for name, said in told.stated.items():
            if name == "id":
                continue
            column = FIELDS[name]
            if column.field.fact.names is None:
                form = _FORMS.get(column.field.fact.form)
                if form is not None and form.fullmatch(said.value) is None:
                    code = "field.key" if column.field.fact.form == "key" else "field.link"
                    refused = RuleBroken(code, name=USES[name].ko, key=said.value)
                    about.refuse(refused, _address(said.at), _typed_in(said.at) or f"use@{name}")
                    continue
                found[name] = said.value
                continue
            ids, unknown = self._named(column.field.fact.names, said.value)
            if ids:
                found[name] = tuple(ids) if name.endswith("_ids") else ids[0]
            if unknown or (len(ids) > 1 and not name.endswith("_ids")):
                called, names = USES[name], ", ".join(unknown or said.value)
                facts = {"name": names, "ko": called.ko, "en": called.en}
                code = "import.not_on_record"
                about.notes.append(Remark(code, code, _address(said.at), names, facts))
        _with_money(found)
        for name, text in _within(found, before).items():
            facts = {"name": text, "ko": USES[name].ko, "en": USES[name].en}
            code = "import.english_alone"
            about.notes.append(Remark(code, code, _address(told.stated[name].at), text, facts))
        return found

    def _named(self, subject_type: str, names: Sequence[str]) -> tuple[list[UUID], list[str]]:
        """Give what names mean on record, and the names that mean nothing, or several things."""
        ids: list[UUID] = []
        unknown: list[str] = []
        for name in names:
            called = self.record.subjects_called(subject_type, name)
            if len(called) == 1:
                ids += called
            else:
                unknown.append(name)
        return ids, unknown

    def _refuse(self, refused: Refused, line: ReadLine, told: ReadAgreement, about: _Line) -> None:
        """Note that a rule refuses it, and in which cell another value would help."""
        use = _use_at_fault(refused)
        if use is None:
            about.refuse(refused, _address(told.title.at), None)
            return
        place = _place_of(use, self.opened, line.at.sheet)
        about.refuse(refused, place.cell(line.at.line), place.key)

    def _new(
        self, told: ReadAgreement, parties: tuple[Party, ...], stated: Mapping[str, Any]
    ) -> Agreement:
        kind, said = told.kind.value, dict(stated)
        if self.choices.kind is not None and not told.kind.written:
            kind = self.choices.kind
        values: dict[str, Any] = {
            "id": self.new_id(),
            "kind": kind,
            "title": Words(told.title.value, said.pop("title.en", None)),
            "end": End("unknown"),
            "lead_department_id": self.choices.department_id,
            **said,
            "parties": parties,
        }
        return Agreement(**taking_effect(values))

    def _must_be_alone(self, line: ReadLine, after: Agreement, about: _Line) -> None:
        """Note that another line says the same agreement, or has its number."""
        here = f"{line.at.sheet} {line.at.line}"
        first = self._lines_of.setdefault(after.id, here)
        if first != here:
            about.fault("import.record_twice", _address(line.at), None, {"other": first})
        for name in ALONE:
            value = getattr(after, name)
            if value is None:
                continue
            first = self._values.setdefault((name, value), here)
            holders = [each for each in self.record.found_by(name, value) if each != after.id]
            place = _place_of(name, self.opened, line.at.sheet)
            if first != here:
                facts = {"other": first, "value": value, "ko": USES[name].ko, "en": USES[name].en}
                about.fault("import.value_twice", place.cell(line.at.line), place.key, facts)
            elif holders:
                facts = {"name": name, "value": value}
                about.fault("value.taken", place.cell(line.at.line), place.key, facts)

    def _differences(
        self, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> Iterator[FieldChange]:
        names = {**self.record.names(), **self._new_names()} if _names_differ(before, after) else {}
        for column in _COLUMNS:
            was, now = _in_words(column, before, names), _in_words(column, after, names)
            if was != now:
                yield FieldChange(".".join(column.path), column.heading, was, now)

    def _new_names(self) -> Mapping[str, str]:
        new = (*self.partners.new.values(), *self.departments.new.values())
        return {str(each.id): each.name.ko for each in new}

    def records(self) -> list[Planned]:
        """Give what is to be written, what is pointed at first."""
        named = {one.partner_id for each in self.planned for one in each.agreement.parties}
        led = {each.agreement.lead_department_id for each in self.planned}
        new = [each for each in self.partners.new.values() if each.id in named]
        under = [each for each in self.departments.new.values() if each.id in led]
        found = [
            Planned(place, None, each.subject_type, each.id, 0, to_facts(each), None)
            for place, each in enumerate((*new, *under))
        ]
        for place, each in enumerate(self.planned, len(found)):
            of = each.agreement.id
            to_write = Planned(
                place, each.line, "agreement", of, each.seen, each.facts, each.before
            )
            found.append(to_write)
        found += self.people.records(len(found))
        return found + self.remarks.records(len(found))

    def told(self, rows: Sequence[StagedRow], planned: Sequence[Planned]) -> Found:
        """Say what was found in all."""
        counts: Counter[str] = Counter(each.state for each in rows)
        records = Counter(each.subject_type for each in planned)
        own = (self.record.choice("partner", each) for each in self.record.own())
        asked = []
        if self.needs_own:
            asked.append(Remark("import.own_side", "own_partner_id", choices=tuple(own)))
        people = self.people.count()
        if people and self.choices.people is None:
            asked.append(Remark("import.people", "people", facts={"count": str(people)}))
        unused = UNUSED if self.people.are_taken else UNUSED | OF_PEOPLE
        return Found(
            self.opened.sheets,
            self.opened.columns,
            (*self.partners.found(), *self.departments.found(), *self.people.found()),
            dict(counts),
            dict(records),
            self.links,
            tuple(
                dict.fromkeys(
                    each.heading for each in self.opened.columns if set(each.uses) & unused
                )
            ),
            people,
            tuple(TOLD[each] for each in self.opened.book.told if each in TOLD),
            tuple(asked),
            self.match_by,
        )


_COLUMNS: Sequence[Column] = columns_of(SHOWN["agreement"], lambda _: True)


def _in_words(column: Column, facts: Mapping[str, Any], names: Mapping[str, str]) -> Label | None:
    """Give a cell in both languages, as text."""
    cells = [cell_of(column, facts, names, language) for language in ("ko", "en")]
    if cells[0] in (None, ()):
        return None
    ko, en = (_text(as_text(cell, "ko")) for cell in cells)
    return Label(ko, en)


def _text(cell: object) -> str:
    return ", ".join(map(str, cell)) if isinstance(cell, list | tuple) else str(cell)


def _names_differ(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return any(before.get(each) != after.get(each) for each in ("parties", "lead_department_id"))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _take_doubt(about: _Line, doubt: Doubt) -> None:
    """Keep what whoever read the sheet says of it."""
    key = doubt.key
    if doubt.weight == "fault":  # Mended by another value in the cell's place, whatever is wrong.
        of = {"title.missing": "title", "parties.missing": "parties"}.get(doubt.code)
        key = _typed_in(doubt.at) or (doubt.key if of is None else f"use@{of}")
    remark = Remark(
        doubt.code,
        key,
        _address(doubt.at),
        doubt.read,
        None,
        doubt.said,
        tuple(Choice(each.value, each.said) for each in doubt.choices),
        doubt.typed,
    )
    {"fault": about.faults, "question": about.questions, "note": about.notes}[doubt.weight].append(
        remark
    )


def _ask(about: _Line, code: str, name: Read[Any], meant: Meant) -> None:
    """Ask whom a name means, or note why it cannot become a record."""
    written = name.value if isinstance(name.value, str) else name.value.name
    if meant.refused is not None:
        about.refuse(meant.refused, _address(name.at), _typed_in(name.at))
    elif meant.is_open:
        about.questions.append(
            Remark(
                code,
                f"{code}:{written}",
                _address(name.at),
                name.written,
                {"name": written},
                None,
                meant.choices,
            )
        )


def _note(about: _Line, code: str, at: At, name: str, refused: Refused | None = None) -> None:
    """Tell what is left out, or stays as it is on record."""
    facts = {} if refused is None else {key: str(value) for key, value in refused.facts.items()}
    about.notes.append(Remark(code, code, _address(at), name, {**facts, "name": name}))


def _people_of(told: ReadAgreement, about: _Line) -> Iterator[tuple[PersonRead, At]]:
    """Give the city's people that a line names; what does not reach anybody is told."""
    for role, said in (("officer", told.officer), ("deputy", told.deputy)):
        if said is None:
            continue
        read = read_people(said.value)
        is_officer = role == "officer"
        phone = told.phone.value if is_officer and told.phone is not None else read.phone
        email = told.email.value if is_officer and told.email is not None else read.email
        number, address, wrong = reached_by(phone, email)
        for each in wrong:
            _note(about, "import.person_reach", said.at, each)
        name = read.names[0] if read.names else ""
        yield PersonRead("officer" if is_officer else "deputy", name, number, address), said.at


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a line says something: in a column, or nowhere."""

    use: Use
    column: int | None

    def cell(self, line: int) -> str | None:
        """Give the cell, as a spreadsheet calls it."""
        return None if self.column is None else f"{letters(self.column)}{line}"

    @property
    def key(self) -> str:
        """Under which a value is typed in its place."""
        return f"use@{self.use}" if self.column is None else f"cell@{letters(self.column)}"


def _place_of(use: Use, opened: Opened, sheet: str) -> _Where:
    """Find the column of a sheet that says it; of an end the term does, too."""
    uses = ("ends_on", "term") if use == "ends_on" else (use,)
    for each in uses:
        for table in opened.tables:
            if table.layout.sheet.name == sheet:
                for column, held in sorted(table.uses.items()):
                    if each in held:
                        return _Where(each, column)
    return _Where(use, None)


_AT_FAULT: Mapping[str, Use] = {
    "term.reversed": "ends_on",
    "agreement.party_two_sides": "parties",
    "agreement.party_twice": "parties",
}
_OF_POINTER: Mapping[str, Use] = {
    "end": "ends_on",
    "signed_": "signed_on",
    "effective_": "effective_on",
}


def _use_at_fault(refused: Refused) -> Use | None:
    """Say what a line would have to say otherwise, by what a rule names."""
    if refused.code in _AT_FAULT:
        return _AT_FAULT[refused.code]
    path = (refused.pointer or "").removeprefix("/").split("/")
    name = _OF_POINTER.get(path[0], path[0])
    dotted = ".".join(path).removesuffix(".ko")
    return next((each for each in (dotted, name) if each in USES), None)


def _typed_in(at: At) -> str | None:
    return None if at.column is None else f"cell@{letters(at.column)}"


def _address(at: At) -> str:
    return at.address


def _changed(
    before: Agreement,
    told: ReadAgreement,
    parties: tuple[Party, ...],
    stated: Mapping[str, Any],
) -> Agreement:
    """Give an agreement on record with what a line says of it; what it does not say stays."""
    said = dict(stated)
    if told.kind.written:
        said["kind"] = told.kind.value
    title = said.get("title", before.title)
    if told.title.value != title.ko:
        said["title"] = Words(told.title.value, title.en)
    return replace(before, **said, parties=(*before.parties, *parties))


def _days_and_end(told: ReadAgreement) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if told.signed_on is not None:
        found |= _day(told.signed_on, "signed")
    if told.effective_on is not None:
        found |= _day(told.effective_on, "effective")
    if told.end is not None:
        found["end"] = _end(told.end.value)
    return found


def _with_money(found: dict[str, Any]) -> None:
    """Take an amount for a yes, where nothing else is said; nothing is no amount."""
    if "amount_won" not in found:
        return
    amount = found["amount_won"]
    found.setdefault("money", bool(amount))
    if not amount:
        found["amount_won"] = None


def _within(found: dict[str, Any], before: Agreement | None) -> dict[str, str]:
    """Put what is said of a part, or in one language, into the part that holds it.

    Returns:
        English of which no Korean is known, by its field: words have Korean always.
    """
    if before is not None and "title.en" in found:
        found["title"] = Words(before.title.ko, found.pop("title.en"))
    for name in [each for each in found if isinstance(found[each], str) and each in _WORDS]:
        old = None if before is None else getattr(before, name)
        found[name] = Words(found[name], None if old is None else old.en)
    alone: dict[str, str] = {}
    for name in [each for each in found if each.endswith(".en") and each != "title.en"]:
        of, english = name.removesuffix(".en"), found.pop(name)
        korean = found.get(of) or (None if before is None else getattr(before, of))
        if korean is None:
            alone[name] = english
        else:
            found[of] = Words(korean.ko, english)
    of_end = {name: found.pop(name) for name in list(found) if name.startswith("end.")}
    if of_end:
        end = found.get("end") or (None if before is None else before.end) or End("unknown")
        said = {name.removeprefix("end."): value for name, value in of_end.items()}
        found["end"] = replace(end, **said)
    return alone


_FORMS = {"key": KEY, "web": WEB}
_WORDS = frozenset(
    name
    for name, column in FIELDS.items()
    if column.field.holds is Words and not name.endswith(".en")
)
_TERMED = ("fixed", "auto_renews")


def _end(told: ReadEnd) -> End:
    part = None if told.ends_as is None else _part(told.ends_as)
    is_termed = told.rule in _TERMED
    months = told.months if is_termed and (told.months or 0) <= limits.TERM_MONTHS else None
    notice = _notice_days(told) if is_termed else None
    return End(told.rule, told.ends_on, told.text or None, part, months or None, notice)


def _notice_days(told: ReadEnd) -> int | None:
    """Give how long before the last day, in days; of months only where that day is known."""
    if not told.notice:
        return None
    days = told.notice
    if told.notice_unit == "months":
        if told.ends_on is None:
            return None
        days = (told.ends_on - months_after(told.ends_on, -told.notice)).days
    return days if 0 < days <= limits.NOTICE_DAYS else None


def _day(told: Read[date | PartDay] | None, name: str) -> dict[str, Any]:
    """Give a day, or what is written of it, by the two fields that hold them."""
    if told is None:
        return {}
    if isinstance(told.value, date):
        return {f"{name}_on": told.value, f"{name}_as": None}
    return {f"{name}_on": None, f"{name}_as": _part(told.value)}


def _part(told: PartDay) -> PartDay:
    """Keep what is written, with what the rule of the record makes of it."""
    try:
        return part_day(told.written)
    except Refused:
        return told


def _signed_text(told: ReadAgreement) -> str:
    if told.signed_on is None:
        return ""
    value = told.signed_on.value
    return value.isoformat() if isinstance(value, date) else str(value.written)
