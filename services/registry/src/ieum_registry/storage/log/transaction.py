"""One open transaction: what was read in it and what was recorded, before anything is written."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from changefeed.chain import canonical
from changefeed.change import Facts
from changefeed.declared import Declaration
from changefeed.kinds import KINDS
from changefeed.mapping import from_facts, to_facts
from ieum_registry.domain.errors import NotFound, RuleBroken, Stale
from ieum_registry.domain.redaction import LoggedEntry
from ieum_registry.operations.ports.condition import Condition, Value, any_of, equal
from ieum_registry.operations.ports.imports import Page
from ieum_registry.operations.ports.ledger import Entry, Kind, Person
from ieum_registry.storage.database.database import Database
from ieum_registry.storage.database.writing import Row
from ieum_registry.storage.index.meets import meets
from ieum_registry.storage.index.shelves import SHELVES, shelf_of
from ieum_registry.storage.index.shelving import Content, content_of
from ieum_registry.storage.index.spans import Spans

from . import people
from .facts_text import checked_text
from .recorded import Recorded, Unwritten
from .texts import there

Disclose = Callable[[str, Facts], Facts | None]
"""What the public may read of a subject of a type, as a pure function of its facts."""


@dataclass(slots=True)
class _Known:
    """A subject as the transaction has it.

    Attributes:
        text: Its facts, as the log has them or as they were recorded here.
        read_version: The version in the log; 0 for a subject that is new.
        seen: The version that the caller sent, if it sent one.
        content: What it shows on its shelf; None until somebody asks.
        is_gone: Whether it was retracted here.
    """

    subject: Declaration
    version: int
    text: str
    read_version: int
    seen: int | None = None
    content: Content | None = None
    is_gone: bool = False

    def given_as(self, kind_of: type[Kind]) -> Kind:
        """Give the subject; NotFound if it is of another type."""
        if self.is_gone or not isinstance(self.subject, kind_of):
            raise NotFound(kind_of.subject_type, self.subject.id)
        return self.subject


@dataclass(frozen=True, slots=True)
class Listed:
    """What a transaction asked the store for, and which subjects met it.

    Attributes:
        heeding: Whether it matters that a subject has come or gone meanwhile.
    """

    subject_type: str
    conditions: tuple[Condition, ...]
    ids: frozenset[UUID]
    heeding: Callable[[Declaration], bool]


@dataclass(slots=True)
class Transaction:
    """What one open transaction has read and recorded; satisfies `LedgerTransaction`."""

    spans: Spans
    database: Database
    disclose: Disclose
    entries: list[Recorded] = field(default_factory=list)
    recorded: dict[str, set[UUID]] = field(default_factory=dict)
    known: dict[UUID, _Known] = field(default_factory=dict)
    listed: list[Listed] = field(default_factory=list)
    held: dict[tuple[str, str], dict[str, UUID | None]] = field(default_factory=dict)
    people: dict[UUID, Person | None] = field(default_factory=dict)
    destroyed: list[LoggedEntry] = field(default_factory=list)
    forgotten: list[UUID] = field(default_factory=list)
    answer: Entry | None = None
    staged: Page | None = None

    def take(self, kind_of: type[Kind], subject_id: UUID, seen: int | None = None) -> Kind:
        """Give a subject as it stands, read or recorded here."""
        known = self.known.get(subject_id)
        if known is None:
            row = self.spans.one(
                shelf_of(kind_of.subject_type), subject_id, known_at=None, sight=None
            )
            if row is None:
                raise NotFound(kind_of.subject_type, subject_id)
            text = there(kind_of.subject_type, subject_id, row[1])
            subject, version = from_facts(kind_of, json.loads(text)), int(row[0])
            known = self.known[subject_id] = _Known(subject, version, text, version)
        given = known.given_as(kind_of)
        if seen is not None:
            if seen != known.version:
                raise Stale(seen, known.version)
            known.seen = seen
        return given

    def find(self, kind_of: type[Kind], **fields: Value) -> Kind | None:
        """Give the one subject whose fields have these values, or None."""
        found = self.those(kind_of, *(equal(name, value) for name, value in fields.items()))
        if len(found) > 1:
            raise ValueError(f"{sorted(fields)} do not name one {kind_of.subject_type}")
        return found[0] if found else None

    def those(
        self,
        kind_of: type[Kind],
        *conditions: Condition,
        heeding: Callable[[Kind], bool] = lambda _: True,
    ) -> list[Kind]:
        """Give all subjects that meet the conditions, by id, those recorded here included."""
        shelf = shelf_of(kind_of.subject_type)
        read = {subject_id for subject_id, _ in self._read(kind_of, conditions)}

        def is_heeded(each: Declaration) -> bool:
            return isinstance(each, kind_of) and heeding(each)

        self.listed.append(Listed(shelf.subject_type, conditions, frozenset(read), is_heeded))
        changed = self.recorded.get(shelf.subject_type, set())
        now = {
            subject_id
            for subject_id in changed
            if not self.known[subject_id].is_gone
            and meets(shelf, subject_id, self._content(self.known[subject_id]).filled, conditions)
        }
        return [self.known[each].given_as(kind_of) for each in sorted((read - changed) | now)]

    def holding(
        self, kind_of: type[Kind], field_name: str, values: Iterable[str]
    ) -> Mapping[str, Kind]:
        """Give by value who has these values in a unique field on record."""
        held = self.held.setdefault((kind_of.subject_type, field_name), {})
        asked = list(dict.fromkeys(values))
        fresh = [each for each in asked if each not in held]
        if fresh:
            held.update(dict.fromkeys(fresh))
            shelf = shelf_of(kind_of.subject_type)
            for subject_id, facts in self._read(kind_of, [any_of(field_name, fresh)]):
                held[shelf.fill(facts)[field_name]] = subject_id
        return {
            value: self.known[holder].given_as(kind_of)
            for value in asked
            if (holder := held[value]) is not None
        }

    def newest(
        self,
        kind_of: type[Kind],
        asked: Condition | None = None,
        *,
        heeding: Callable[[Kind], bool] = lambda _: True,
    ) -> Kind | None:
        """Give the subject on record that was recorded last, perhaps of those linked."""
        shelf = shelf_of(kind_of.subject_type)
        ids = [each for each, _ in self._learn(kind_of, self.spans.newest(shelf, asked))]

        def is_heeded(each: Declaration) -> bool:
            return isinstance(each, kind_of) and heeding(each)

        conditions = () if asked is None else (asked,)
        self.listed.append(Listed(shelf.subject_type, conditions, frozenset(ids), is_heeded))
        return self.known[ids[0]].given_as(kind_of) if ids else None

    def keys_beside(self, kind_of: type[Kind], key: str, *, most: int) -> Sequence[str]:
        """Give keys on record on both sides of one."""
        return self.spans.keys_beside(shelf_of(kind_of.subject_type), key, most=most)

    def version(self, subject_id: UUID) -> int:
        """Give the version of a subject that was read or recorded here, else 0."""
        known = self.known.get(subject_id)
        return 0 if known is None else known.version

    def record(self, kind: str, aggregate: Declaration, reason: str | None = None) -> Recorded:
        """Collect one change, hashed at once."""
        declared = KINDS[kind]
        if declared.subject_type != aggregate.subject_type:
            raise ValueError(f"{kind} is not said of a {aggregate.subject_type}")
        if declared.needs_reason and not reason:
            raise RuleBroken("change.reason_missing", pointer="/reason", kind=kind)
        facts = to_facts(aggregate)
        text = checked_text(facts)
        shown = self.disclose(aggregate.subject_type, facts)
        known = self.known.get(aggregate.id)
        before = None if known is None else self._content(known)
        shelf = shelf_of(aggregate.subject_type)
        content = (
            None if declared.retracts else content_of(shelf, facts, is_disclosed=shown is not None)
        )
        entry = Recorded(
            kind=kind,
            subject_type=aggregate.subject_type,
            subject_id=aggregate.id,
            version=1 if known is None else known.version + 1,
            text=text,
            disclosed=None if shown is None else canonical(shown),
            reason=reason,
            content=content,
            before=before,
        )
        read_version, seen = (0, None) if known is None else (known.read_version, known.seen)
        self.known[aggregate.id] = _Known(
            aggregate, entry.version, text, read_version, seen, content, declared.retracts
        )
        self.entries.append(entry)
        self.recorded.setdefault(aggregate.subject_type, set()).add(aggregate.id)
        return entry

    def record_change(self, kind: str, aggregate: Declaration, reason: str | None = None) -> Entry:
        """Collect one change, unless the subject stands so already."""
        known = self.known[aggregate.id]
        # Through the domain: facts that were written before a key was added lack it.
        if to_facts(aggregate) != to_facts(known.subject):
            return self.record(kind, aggregate, reason)
        return Unwritten(kind, aggregate.subject_type, aggregate.id, known.version, known.text)

    def answer_with(self, entry: Entry) -> None:
        """Say which entry a repeated key is answered with."""
        self.answer = entry if isinstance(entry, Recorded) else None

    def entry(self, seq: int) -> LoggedEntry | None:
        """Give what is always there of an entry."""
        rows = self.database.rows(
            "SELECT l.subject_type, l.subject_id, n.version FROM change_log l"
            " LEFT JOIN change_log n ON n.subject_id = l.subject_id AND n.version = l.version + 1"
            " WHERE l.seq = ?",
            [seq],
        )
        if not rows:
            return None
        ((subject_type, subject_id, later),) = rows
        return LoggedEntry(seq, subject_type, UUID(str(subject_id)), is_newest=later is None)

    def entries_of(self, subject_id: UUID) -> Sequence[LoggedEntry]:
        """Give what is always there of every entry about a subject."""
        rows = self.database.rows(
            "SELECT l.seq, l.subject_type FROM change_log l WHERE l.subject_id = ?"
            " ORDER BY l.version",
            [str(subject_id)],
        )
        last = len(rows) - 1
        return [
            LoggedEntry(int(seq), subject_type, subject_id, is_newest=position == last)
            for position, (seq, subject_type) in enumerate(rows)
        ]

    def destroy(self, entry: LoggedEntry) -> None:
        """Destroy what an entry says, when the transaction closes."""
        self.destroyed.append(entry)

    def person(self, contact_id: UUID) -> Person | None:
        """Give how a contact is reached, as kept here or before."""
        if contact_id in self.people:
            return self.people[contact_id]
        return people.people_of(self.database, [contact_id]).get(contact_id)

    def keep_person(self, contact_id: UUID, person: Person) -> None:
        """Keep how a contact is called and reached, when the transaction closes."""
        self.people[contact_id] = person

    def erase_person(self, contact_id: UUID) -> None:
        """Forget how a contact is called and reached, when the transaction closes."""
        self.people[contact_id] = None

    def settle(self, page: Page) -> None:
        """Write what becomes of staged records, when the transaction closes."""
        self.staged = page

    def forget_text(self, document_id: UUID) -> None:
        """Forget what was read in a document's file, when the transaction closes."""
        self.forgotten.append(document_id)

    def _read(
        self, kind_of: type[Declaration], conditions: Sequence[Condition]
    ) -> Iterator[tuple[UUID, Facts]]:
        """Read the subjects that meet the conditions on record, and learn those not known yet."""
        rows = self.spans.current(shelf_of(kind_of.subject_type), conditions)
        return self._learn(kind_of, rows)

    def _learn(
        self, kind_of: type[Declaration], rows: Sequence[Row]
    ) -> Iterator[tuple[UUID, Facts]]:
        """Remember the subjects of these rows that are not known yet."""
        for raw_id, version, found in rows:
            text = there(kind_of.subject_type, raw_id, found)
            subject_id, facts = UUID(str(raw_id)), json.loads(text)
            if subject_id not in self.known:
                subject = from_facts(kind_of, facts)
                self.known[subject_id] = _Known(subject, int(version), text, int(version))
            yield subject_id, facts

    def _content(self, known: _Known) -> Content:
        if known.content is None:
            # From the text, not the subject: so it was filled when it was written.
            facts, subject_type = json.loads(known.text), known.subject.subject_type
            shown = self.disclose(subject_type, facts) is not None
            known.content = content_of(SHELVES[subject_type], facts, is_disclosed=shown)
        return known.content
