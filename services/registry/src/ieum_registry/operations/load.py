"""Load files of records: all of them together or none, and the same ones twice change nothing."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from changefeed.mapping import to_facts
from changefeed.subjects.calendar_day import CalendarDay
from changefeed.subjects.catalogue import Programme, ServiceField, Strategy, Task, Technology
from changefeed.subjects.department import Department
from changefeed.subjects.journal import JournalEntry
from changefeed.subjects.load import Load, LoadedDocument, file_id
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.collaboration import Collaboration
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.errors import NotFound, Refused, RuleBroken
from ieum_registry.domain.event import Event
from ieum_registry.domain.milestone import Milestone
from ieum_registry.domain.partner import Partner
from ieum_registry.domain.partner_ids import doubtful
from ieum_registry.domain.promise import Promise, PromiseReport
from ieum_registry.domain.seat import Seat
from ieum_registry.domain.subjects import SUBJECTS, Subject
from ieum_registry.operations.again import until_it_stands
from ieum_registry.operations.agreement import bound_collaborations, must_fit_agreement
from ieum_registry.operations.catalogue import must_hang
from ieum_registry.operations.collaboration import fitting
from ieum_registry.operations.contact import must_fit_contact
from ieum_registry.operations.department import must_be_the_only_office
from ieum_registry.operations.document import must_hide_no_less
from ieum_registry.operations.event import fitting_event
from ieum_registry.operations.loading.document import Document, Draft, read_document
from ieum_registry.operations.loading.faults import Fault, Faults
from ieum_registry.operations.loading.keys import Keys
from ieum_registry.operations.loading.records import read_person, read_record
from ieum_registry.operations.loading.row import Reading
from ieum_registry.operations.loading.text import read_yaml
from ieum_registry.operations.milestone import fitting_milestone, must_keep_owners
from ieum_registry.operations.partner import must_keep_side
from ieum_registry.operations.ports.condition import linked
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction
from ieum_registry.operations.promise import (
    fitting_report,
    must_fit_promise,
    must_keep_promisers,
    take_over,
)
from ieum_registry.operations.references import named_must_exist
from ieum_registry.operations.seat import must_fit_seat

ORDER = (
    "partner",
    "department",
    "programme",
    "strategy",
    "task",
    "service_field",
    "technology",
    "agreement",
    "contact",
    "seat",
    "collaboration",
    "milestone",
    "event",
    "journal",
    "promise",
    "promise_report",
    "calendar_day",
)
"""What is pointed at comes before what points at it."""

FIRST_KIND = {
    "seat": "seat.opened",
    "agreement": "agreement.recorded",
    "collaboration": "collaboration.started",
    "milestone": "milestone.set",
    "journal": "journal.recorded",
    "promise": "promise.made",
    "promise_report": "promise_report.recorded",
    "calendar_day": "calendar_day.declared",
}
UNIQUE = {"partner": "business_number", "agreement": "number", "calendar_day": "on"}
"""What else than the key no two records of a type share."""


def first_kind(subject_type: str) -> str:
    """Give the kind of entry by which a record of a type begins."""
    return FIRST_KIND.get(subject_type, f"{subject_type}.registered")


@dataclass(frozen=True, slots=True)
class LoadFile:
    """A file as it came: its name, and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of it; counts by subject type.

    Attributes:
        entry: The load's own record; None if nothing changed.
        doubts: What was taken although it looks wrong.
    """

    entry: Entry | None
    anchor_on: date
    recorded: Mapping[str, int]
    changed: Mapping[str, int]
    unchanged: Mapping[str, int]
    doubts: Sequence[Fault] = ()


def load(
    files: Sequence[LoadFile], *, today: date, new_id: Callable[[], UUID], ledger: Ledger
) -> Loaded:
    """Record what the files say.

    Records are found again by type and key. A file that was loaded last under its name with the
    same text changes nothing, whatever has been changed by hand since; otherwise what the file
    states wins over what is on record, and what it does not state stays.

    Args:
        today: Becomes the anchor day of relative dates, if this is the first load of all; no file
            tells what was done after it.

    Raises:
        LoadRefused: With every fault of every file.
        Overtaken: Somebody changed what the files name, or what hangs on it, during each of
            several tries; loading again is right.

    Source: ADR 0006; docs/rules/terms.md, T-18, T-19 and T-27.
    """
    return until_it_stands(lambda: _load_once(files, today, new_id, ledger))


def _load_once(
    files: Sequence[LoadFile], today: date, new_id: Callable[[], UUID], ledger: Ledger
) -> Loaded:
    with ledger.open() as transaction:
        anchor_on = anchor_of(transaction) or today
        seen_before = _seen_before(transaction, files)
        keys = Keys(transaction)
        faults = Faults()
        documents = [_read(each, anchor_on, keys, faults) for each in files]
        subjects = _identify(documents, keys, new_id, faults)
        work = _Work(transaction, keys, subjects, faults, seen_before, new_id, today)
        for subject_type in ORDER:
            work.take_in(documents, subject_type)
        faults.check([each.name for each in files])
        entry = work.sign(_load_record(new_id(), anchor_on, documents, work))
        told = (work.recorded, work.changed, work.unchanged)
        return Loaded(entry, anchor_on, *told, work.doubts.found)


def anchor_of(transaction: LedgerTransaction) -> date | None:
    """Give the day that the first load counted from, as all do since; None before it."""
    loads: list[Load] = []
    # Another load beside this one matters if it is the first of all.
    last = transaction.newest(Load, heeding=lambda _: not loads)
    loads += [] if last is None else [last]
    return None if last is None else last.anchor_on


def _seen_before(transaction: LedgerTransaction, files: Sequence[LoadFile]) -> Mapping[str, str]:
    """Give, by the name of each file, the hash of the text that was loaded last under it."""
    found: dict[str, str] = {}
    for name in dict.fromkeys(each.name for each in files):
        last = transaction.newest(Load, linked("file", file_id(name)))
        told = () if last is None else last.documents
        found |= {each.name: each.sha256 for each in told if each.name == name}
    return found


def _read(file: LoadFile, anchor_on: date, keys: Keys, faults: Faults) -> Document:
    sha256 = hashlib.sha256(file.text.encode("utf-8", "surrogatepass")).hexdigest()
    about = Reading(file.name, anchor_on, keys, faults)
    return read_document(file.name, sha256, read_yaml(file.name, file.text, faults), about)


def _identify(
    documents: Sequence[Document], keys: Keys, new_id: Callable[[], UUID], faults: Faults
) -> dict[UUID, Subject]:
    """Give every key an id, the one on record or a new one; a key that stands twice is a fault.

    Returns:
        What is on record of what the files tell, by id.
    """
    told = [draft for document in documents for draft in document.drafts]
    by_key: dict[str, dict[str, Subject]] = {}
    for subject_type in dict.fromkeys(each.subject_type for each in told):
        named = [each.key for each in told if each.subject_type == subject_type and each.key]
        by_key[subject_type] = dict(keys.on_record(subject_type, named))
    first: dict[tuple[str, str], tuple[str, int]] = {}
    for document in documents:
        for draft in document.drafts:
            if draft.key is None:
                continue
            at = (document.name, draft.row.node.line)
            before = first.setdefault((draft.subject_type, draft.key), at)
            if before != at:
                draft.row.faulty = True
                faults.add(
                    "key.twice",
                    *at,
                    draft.row.node.pointer,
                    type=draft.subject_type,
                    key=draft.key,
                    first=f"{before[0]}:{before[1]}",
                )
                continue
            known = by_key[draft.subject_type].get(draft.key)
            subject_id = new_id() if known is None else known.id
            keys.give(draft.subject_type, draft.key, subject_id, own=draft.own)
    return {each.id: each for found in by_key.values() for each in found.values()}


def _load_record(
    load_id: UUID, anchor_on: date, documents: Sequence[Document], work: "_Work"
) -> Load:
    counts = Counter(work.recorded)
    counts.update(work.changed)
    files = tuple(LoadedDocument(each.name, each.sha256) for each in documents)
    return Load(load_id, anchor_on, files, dict(sorted(counts.items())))


_Told = tuple[Document, Draft]
"""A record, and the file that tells it."""


@dataclass(slots=True)
class _Work:
    """The recording: each record is compared, checked against the rules, and written."""

    transaction: LedgerTransaction
    keys: Keys
    subjects: dict[UUID, Subject]
    faults: Faults
    seen_before: Mapping[str, str]
    new_id: Callable[[], UUID]
    today: date
    doubts: Faults = field(default_factory=Faults)
    holders: dict[tuple[str, str], UUID] = field(default_factory=dict)
    recorded: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)

    def take_in(self, documents: Sequence[Document], subject_type: str) -> None:
        """Take in all records of one type from all files."""
        told: list[_Told] = []
        for document in documents:
            drafts = [each for each in document.drafts if each.subject_type == subject_type]
            if self.seen_before.get(document.name) == document.sha256:
                self.unchanged.update({subject_type: len(drafts)} if drafts else {})
            else:
                told.extend((document, draft) for draft in drafts)
        above = _ABOVE.get(subject_type)
        for document, draft in told if above is None else _above_first(told, above):
            self._take_in_one(document, draft)

    def sign(self, record: Load) -> Entry | None:
        """Record the load itself, unless it changed nothing."""
        if not self.recorded and not self.changed:
            return None
        entry = self.transaction.record("load.recorded", record)
        self.transaction.answer_with(entry)
        return entry

    def _take_in_one(self, document: Document, draft: Draft) -> None:
        subject_id = self._id_of(draft)
        before = None if subject_id is None else self.subjects.get(subject_id)
        if before is not None and document.illustrative and not before.provenance.illustrative:
            self._note(draft, "record.real", key=draft.key or "")
        if isinstance(before, Contact) and before.erased_on is not None:
            self.unchanged["contact"] += 1  # Who was erased stays erased, whatever a file says.
            return
        after = read_record(draft, subject_id or self.new_id(), before, document)
        if isinstance(after, Partner):
            self._doubt(draft, after)
        if after is None or draft.row.faulty or self._is_taken(draft, after):
            return
        try:
            self._write(
                document, draft, before, checked(after, before, self.transaction, self.today)
            )
        except NotFound:
            self._must_be_told_already(draft)
        except Refused as refused:
            if refused.code == "reference.unknown":
                self._must_be_told_already(draft)
            else:
                draft.row.refuse(refused)

    def _write(
        self, document: Document, draft: Draft, before: Subject | None, after: Subject
    ) -> None:
        tally = self.unchanged
        is_told_anew = self._keep_person(draft, after, is_new=before is None)
        if before is None:
            kind = first_kind(after.subject_type)
            self.transaction.record(kind, after)
            tally = self.recorded
        elif after != before or is_told_anew:
            self.transaction.record(kind_of_change(before, after), after, document.name)
            if isinstance(after, Agreement) and isinstance(before, Agreement):
                must_keep_owners(before, after, self.transaction)
                must_keep_promisers(before, after, self.transaction)
                must_hide_no_less(before, after, self.transaction)
                bound_collaborations(after, reason=document.name, transaction=self.transaction)
            tally = self.changed
        if isinstance(after, PromiseReport) and after.state == "confirmed":
            take_over(after, self.transaction)
        tally[after.subject_type] += 1

    def _is_taken(self, draft: Draft, after: Subject) -> bool:
        """Note a number or day that another record has; the store would name no line."""
        field_name = UNIQUE.get(after.subject_type)
        value = None if field_name is None else to_facts(after)[field_name]
        if value is None:
            return False
        known = self._holder(after.subject_type, str(value))
        holder = self.holders.setdefault(
            (after.subject_type, str(value)), after.id if known is None else known.id
        )
        if holder != after.id:
            self._note(draft, "value.taken", name=field_name, value=value)
        return holder != after.id

    def _keep_person(self, draft: Draft, after: Subject, *, is_new: bool) -> bool:
        """Keep a contact's name and addresses; who was erased stays erased.

        Returns:
            Whether they differ from what was kept.
        """
        if not isinstance(after, Contact):
            return False
        person = read_person(draft.row)
        kept = None if is_new else self.transaction.person(after.id)
        if person is None or person == kept or (kept is None and not is_new):
            return False
        self.transaction.keep_person(after.id, person)
        return True

    def _id_of(self, draft: Draft) -> UUID | None:
        if draft.key is not None:
            return self.keys.id_of(draft.subject_type, draft.key)
        day = draft.row.day("on") if draft.subject_type == "calendar_day" else None
        if day is None:
            return None
        known = self._holder("calendar_day", str(day))
        if known is None:
            return self.holders.get(("calendar_day", str(day)))
        self.subjects[known.id] = known
        return known.id

    def _holder(self, subject_type: str, value: str) -> Subject | None:
        """Give who has a value on record that no two share."""
        kind_of: type[Any] = SUBJECTS[subject_type]
        return self.transaction.holding(kind_of, UNIQUE[subject_type], [value]).get(value)

    def _note(self, draft: Draft, code: str, **facts: object) -> None:
        row = draft.row
        row.faulty = True
        self.faults.add(code, row.about.file, row.node.line, row.node.pointer, **facts)

    def _doubt(self, draft: Draft, partner: Partner) -> None:
        """Note ids that look wrong; they are taken all the same."""
        row = draft.row
        for name in doubtful(partner):
            if name in row.node.entries:
                node, value = row.node.entries[name], getattr(partner, name)
                place = (row.about.file, node.line, node.pointer)
                self.doubts.add("partner.doubtful", *place, name=name, value=value)

    def _must_be_told_already(self, draft: Draft) -> None:
        """What is pointed at has faults of its own; they are listed, this one would only repeat."""
        if not self.faults.found:
            raise RuleBroken("reference.unknown", type=draft.subject_type, id=draft.key or "")


_ABOVE = {"technology": "broader", "agreement": "parent"}
"""By which field of a file a record hangs under another one of its type."""


def _above_first(told: Sequence[_Told], above_in: str) -> list[_Told]:
    """Put each record after the one that it hangs under, wherever in the files that stands.

    Those that go round in a circle are noted, each at its own line.

    Args:
        above_in: The field that names what is above.
    """
    by_key = {draft.key: (document, draft) for document, draft in told if draft.key is not None}
    found: dict[str, _Told] = {}
    for key in by_key:
        chain: list[str] = []
        above: str | None = key
        while above in by_key and above not in found and above not in chain:
            chain.append(above)
            above = by_key[above][1].row.text(above_in)
        if above in chain:
            circle = chain[chain.index(above) :]
            for place, each in enumerate(circle):
                _, draft = by_key[each]
                way = " → ".join([*circle[place:], *circle[:place], each])
                draft.row.refuse(
                    RuleBroken(
                        f"{draft.subject_type}.cycle", pointer=f"/{above_in}", name=each, way=way
                    )
                )
        found |= {each: by_key[each] for each in reversed(chain)}
    return [*found.values(), *(each for each in told if each[1].key is None)]


def kind_of_change(before: Subject, after: Subject) -> str:
    """Give the kind of entry that says so of a record that is there."""
    if isinstance(before, Milestone) and isinstance(after, Milestone):
        is_done_now = before.done_on is None and after.done_on is not None
        return "milestone.done" if is_done_now else "milestone.changed"
    return f"{after.subject_type}.changed"


def checked(
    subject: Subject, before: Subject | None, transaction: LedgerTransaction, today: date
) -> Subject:
    """Hold a record against the rules that reach beyond it, as its own verb would.

    Raises:
        TypeError: Nobody has said which rules hold for this type.
    """
    match subject:
        case Partner():
            was = before if isinstance(before, Partner) else None
            must_keep_side(subject, transaction, before=was)
        case Department():
            must_be_the_only_office(subject, transaction)
        case Contact():
            must_fit_contact(
                subject, transaction, before=before if isinstance(before, Contact) else None
            )
        case Seat():
            must_fit_seat(subject, transaction)
        case Programme() | Strategy() | Task() | ServiceField() | Technology():
            must_hang(subject, transaction, before=before)
        case Agreement():
            must_fit_agreement(
                subject, transaction, before=before if isinstance(before, Agreement) else None
            )
        case Collaboration():
            was_promised = before if isinstance(before, Collaboration) else None
            if was_promised is not None:
                subject.must_follow(was_promised)
            agreement = transaction.take(Agreement, subject.agreement_id)
            return fitting(subject, agreement, transaction, before=was_promised)
        case Milestone():
            subject.must_have_come(today)
            was_owed = before if isinstance(before, Milestone) else None
            return fitting_milestone(subject, transaction, before=was_owed)
        case Event():
            was_event = before if isinstance(before, Event) else None
            return fitting_event(subject, transaction, before=was_event, today=today)
        case JournalEntry():
            named_must_exist(transaction, subject)
        case Promise():
            was_made = before if isinstance(before, Promise) else None
            must_fit_promise(subject, transaction, before=was_made)
        case PromiseReport():
            if isinstance(before, PromiseReport):
                subject.must_follow(before)
            promise = transaction.take(Promise, subject.promise_id)
            return fitting_report(subject, promise, transaction, today=today)
        case CalendarDay():
            pass  # Its own day is its only bond; `_is_taken` sees to that.
        case _:
            raise TypeError(f"no rules for loading a {subject.subject_type}")
    return subject
