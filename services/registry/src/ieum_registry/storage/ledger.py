"""One transaction: entries are collected, and numbered, chained and shelved last, before COMMIT.

What a page reads, it reads without a lock. The lock that numbers are drawn under is taken when the
block ends; then everything that was read is compared with what has been written since the page
was opened, and the page is refused if any of it has changed. So the lock is held for the inserts
alone, and a rule that was checked on a page still holds in the log.
"""

import json
import secrets
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from changefeed.chain import body_hash, canonical, disclosed_hash, entry_hash
from changefeed.change import Actor, Change, Fact, Facts
from changefeed.kinds import KINDS
from ieum_registry.domain.errors import NotFound, RuleBroken, Stale, Taken
from ieum_registry.operations.ports import (
    Aggregate,
    Condition,
    Entry,
    KeyUse,
    LedgerPage,
    Person,
    Subject,
    Value,
    equal,
)
from ieum_registry.operations.verify import StoredChange

from . import idempotency, people
from .database import Database
from .log import Log, LogEnd, append, as_change, end_within
from .meets import meets
from .shelves import SHELVES, shelf_of
from .shelving import Content, Shelving, content_of, write_grams, write_spans
from .spans import Spans
from .writing import UniqueClash, WriteTransaction

SALT_BYTES = 16
LARGEST = 2**53 - 1
MANY = 1000
"""From how many entries on one page changes what the database should expect."""

Disclose = Callable[[str, Facts], Facts | None]
"""What the public may read of a subject of a type, as a pure function of its facts."""


class Recorded:
    """One change on a page: what it says at once, its number once the page is closed."""

    def __init__(
        self,
        *,
        kind: str,
        subject_type: str,
        subject_id: UUID,
        version: int,
        text: str,
        disclosed: str | None,
        reason: str | None,
        content: Content,
        before: Content | None,
    ) -> None:
        self.kind = kind
        self.subject_type = subject_type
        self.subject_id = subject_id
        self.version = version
        self.text = text
        self.disclosed = disclosed
        self.reason = reason
        self.content = content
        self.before = before
        self.salt = secrets.token_bytes(SALT_BYTES)
        self.disclosed_salt = None if disclosed is None else secrets.token_bytes(SALT_BYTES)
        # Hashed here, outside the lock.
        self.body_hash = body_hash(self.salt, text, reason)
        self.disclosed_hash = (
            None
            if disclosed is None or self.disclosed_salt is None
            else disclosed_hash(self.disclosed_salt, disclosed)
        )
        self._stored: StoredChange | None = None

    def numbered(self, after: LogEnd, actor: Actor, at: datetime) -> LogEnd:
        """Take the next number and chain on; gives the end of the log after it."""
        stored = StoredChange(
            seq=after.seq + 1,
            at=at,
            actor=actor,
            kind=self.kind,
            schema=KINDS[self.kind].schema,
            subject_type=self.subject_type,
            subject_id=self.subject_id,
            version=self.version,
            body=self.text,
            reason=self.reason,
            salt=self.salt,
            disclosed=self.disclosed,
            disclosed_salt=self.disclosed_salt,
            body_hash=self.body_hash,
            disclosed_hash=self.disclosed_hash,
            prev_hash=after.hash,
            hash=b"",
        )
        digest = entry_hash(stored.header())
        self._stored = replace(stored, hash=digest)
        return LogEnd(stored.seq, digest, at)

    @property
    def stored(self) -> StoredChange:
        """The numbered entry; RuntimeError while the page is open."""
        if self._stored is None:
            raise RuntimeError("the page is still open; entries are numbered when it closes")
        return self._stored

    @property
    def seq(self) -> int:
        """The entry's number."""
        return self.stored.seq

    @property
    def change(self) -> Change:
        """The whole entry as the feed would give it."""
        return as_change(self.stored)


@dataclass(frozen=True, slots=True)
class _Unwritten:
    """A change that would change nothing: what stands, in the place of an entry."""

    kind: str
    subject_type: str
    subject_id: UUID
    version: int
    text: str

    @property
    def seq(self) -> int:
        """Never there."""
        raise RuntimeError("nothing was different, so nothing was written")

    @property
    def change(self) -> Change:
        """Never there."""
        raise RuntimeError("nothing was different, so nothing was written")


@dataclass(slots=True)
class _Known:
    """A subject as the page has it.

    Attributes:
        text: Its facts, as the log has them or as they were recorded here.
        read_version: The version in the log; 0 for a subject that is new.
        content: What it shows on its shelf; None until somebody asks.
    """

    subject: Aggregate
    version: int
    text: str
    read_version: int
    content: Content | None = None

    def given_as(self, kind_of: type[Subject]) -> Subject:
        """Give the subject; NotFound if it is of another type."""
        if not isinstance(self.subject, kind_of):
            raise NotFound(kind_of.subject_type, self.subject.id)
        return self.subject


@dataclass(slots=True)
class _Page:
    """What one open page has read and recorded; satisfies `LedgerPage`."""

    spans: Spans
    database: Database
    disclose: Disclose
    entries: list[Recorded] = field(default_factory=list)
    recorded: dict[str, set[UUID]] = field(default_factory=dict)
    known: dict[UUID, _Known] = field(default_factory=dict)
    listed: list[tuple[str, tuple[Condition, ...], frozenset[UUID]]] = field(default_factory=list)
    people: dict[UUID, Person | None] = field(default_factory=dict)
    answer: Entry | None = None

    def take(self, kind_of: type[Subject], subject_id: UUID, seen: int | None = None) -> Subject:
        known = self.known.get(subject_id)
        if known is None:
            row = self.spans.one(
                shelf_of(kind_of.subject_type), subject_id, known_at=None, sight=None
            )
            if row is None:
                raise NotFound(kind_of.subject_type, subject_id)
            known = self._learn(kind_of, subject_id, int(row[0]), row[1])
        subject = known.given_as(kind_of)
        if seen is not None and seen != known.version:
            raise Stale(seen, known.version)
        return subject

    def find(self, kind_of: type[Subject], **fields: Value) -> Subject | None:
        found = self.those(kind_of, *(equal(name, value) for name, value in fields.items()))
        if len(found) > 1:
            raise ValueError(f"{sorted(fields)} do not name one {kind_of.subject_type}")
        return found[0] if found else None

    def those(self, kind_of: type[Subject], *conditions: Condition) -> list[Subject]:
        shelf = shelf_of(kind_of.subject_type)
        read: set[UUID] = set()
        for raw_id, version, text in self.spans.current(shelf, conditions):
            subject_id = UUID(str(raw_id))
            read.add(subject_id)
            if subject_id not in self.known:
                self._learn(kind_of, subject_id, int(version), text)
        self.listed.append((shelf.subject_type, conditions, frozenset(read)))
        changed = self.recorded.get(shelf.subject_type, set())
        now = {
            subject_id
            for subject_id in changed
            if meets(shelf, subject_id, self._content(self.known[subject_id]).filled, conditions)
        }
        return [self.known[each].given_as(kind_of) for each in sorted((read - changed) | now)]

    def version(self, subject_id: UUID) -> int:
        known = self.known.get(subject_id)
        return 0 if known is None else known.version

    def record(self, kind: str, aggregate: Aggregate, reason: str | None = None) -> Recorded:
        declared = KINDS[kind]
        if declared.subject_type != aggregate.subject_type:
            raise ValueError(f"{kind} is not said of a {aggregate.subject_type}")
        if declared.needs_reason and not reason:
            raise RuleBroken("change.reason_missing", pointer="/reason", kind=kind)
        facts = aggregate.facts()
        text = checked_text(facts)
        shown = self.disclose(aggregate.subject_type, facts)
        known = self.known.get(aggregate.id)
        before = None if known is None else self._content(known)
        shelf = shelf_of(aggregate.subject_type)
        content = content_of(shelf, facts, is_disclosed=shown is not None)
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
        read_version = 0 if known is None else known.read_version
        self.known[aggregate.id] = _Known(aggregate, entry.version, text, read_version, content)
        self.entries.append(entry)
        self.recorded.setdefault(aggregate.subject_type, set()).add(aggregate.id)
        return entry

    def record_change(self, kind: str, aggregate: Aggregate, reason: str | None = None) -> Entry:
        known = self.known[aggregate.id]
        # Through the domain: facts that were written before a key was added lack it.
        if aggregate.facts() != known.subject.facts():
            return self.record(kind, aggregate, reason)
        return _Unwritten(kind, aggregate.subject_type, aggregate.id, known.version, known.text)

    def answer_with(self, entry: Entry) -> None:
        self.answer = entry if isinstance(entry, Recorded) else None

    def person(self, contact_id: UUID) -> Person | None:
        if contact_id in self.people:
            return self.people[contact_id]
        return people.people_of(self.database, [contact_id]).get(contact_id)

    def keep_person(self, contact_id: UUID, person: Person) -> None:
        self.people[contact_id] = person

    def erase_person(self, contact_id: UUID) -> None:
        self.people[contact_id] = None

    def _learn(self, kind_of: type[Aggregate], subject_id: UUID, version: int, text: str) -> _Known:
        known = _Known(kind_of.from_facts(json.loads(text)), version, text, version)
        self.known[subject_id] = known
        return known

    def _content(self, known: _Known) -> Content:
        if known.content is None:
            # From the text, not the subject: so it was filled when it was written.
            facts, subject_type = json.loads(known.text), known.subject.subject_type
            shown = self.disclose(subject_type, facts) is not None
            known.content = content_of(SHELVES[subject_type], facts, is_disclosed=shown)
        return known.content


def checked_text(facts: Facts) -> str:
    """Write facts as canonical text.

    Raises:
        ValueError: They hold what has no one text: a float, a number of 2^53 or more, a key
            outside ASCII, text that is not NFC. The edge refuses all of these first.
    """
    _check(facts)
    text = canonical(facts)
    if not unicodedata.is_normalized("NFC", text):
        raise ValueError("facts hold text that is not NFC")
    return text


def _check(value: Fact | Mapping[str, Fact]) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not key.isascii():
                raise ValueError(f"facts hold the key {key!r}, which is not ASCII")
            _check(inner)
    elif isinstance(value, list):
        for inner in value:
            _check(inner)
    elif isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError("facts hold a number of 2^53 or more")
    elif value is not None and not isinstance(value, str):
        raise ValueError(f"facts hold a {type(value).__name__}")


class BoundLedger:
    """The ledger in one caller's name; satisfies `Ledger`."""

    def __init__(
        self, book: "Book", actor: Actor, at: datetime, *, dry_run: bool, key: KeyUse | None
    ) -> None:
        self._book = book
        self._actor = actor
        self._at = at
        self._dry_run = dry_run
        self._key = key

    def open(self) -> AbstractContextManager[LedgerPage]:
        """Open a page; it is committed when the block ends well."""
        return self._opened()

    @contextmanager
    def _opened(self) -> Iterator[LedgerPage]:
        page, opened_at = self._book.blank_page()
        yield page
        if page.entries or page.people:
            self._book.close_page(
                page, opened_at, self._actor, self._at, dry_run=self._dry_run, key=self._key
            )


class Book:
    """The ledger of one store.

    Args:
        disclose: What the public may read of a subject.
        written: Called after each commit with the new head.
    """

    def __init__(
        self, database: Database, disclose: Disclose, written: Callable[[int], None]
    ) -> None:
        self._database = database
        self._spans = Spans(database)
        self._log = Log(database, self._spans)
        self._disclose = disclose
        self._written = written

    def in_name_of(
        self, actor: Actor, *, at: datetime, dry_run: bool = False, key: KeyUse | None = None
    ) -> BoundLedger:
        """Give the ledger in a caller's name.

        Args:
            at: The instant of the change, aware; entries get the later of it and the entry before.
            dry_run: Number and check everything, then keep nothing.
            key: The claimed Idempotency-Key, to be settled together with the entries.
        """
        return BoundLedger(self, actor, at, dry_run=dry_run, key=key)

    def blank_page(self) -> tuple[_Page, int]:
        """Give an empty page and how far the log reached when it was opened."""
        opened_at = self._log.end().seq
        return _Page(self._spans, self._database, self._disclose), opened_at

    def close_page(
        self,
        page: _Page,
        opened_at: int,
        actor: Actor,
        at: datetime,
        *,
        dry_run: bool,
        key: KeyUse | None,
    ) -> None:
        """Number, chain, shelve and commit what a page holds; keep none of it in a dry run."""
        is_many = len(page.entries) >= MANY
        if is_many and not dry_run:
            self._write_grams_ahead(page.entries)
        with self._database.writing() as writing:
            if not is_many or dry_run:
                _write_grams(writing, page.entries)
            writing.become_sole_writer()
            end = end_within(writing)
            if end.seq != opened_at:
                self._refuse_if_changed(writing, page, opened_at)
            end = self._number(page.entries, end, actor, at)
            try:
                append(writing, [entry.stored for entry in page.entries])
            except UniqueClash as clash:
                raise _twice(page, clash) from clash
            try:
                write_spans(writing, _shelvings(page.entries))
            except UniqueClash as clash:
                raise _taken(clash) from clash
            people.write(writing, page.people)
            if key is not None and page.entries:
                idempotency.settle(writing, key, page.answer or page.entries[0])
            if dry_run:
                writing.give_up()
        if not dry_run:
            self._written(end.seq)
            if is_many:
                self._database.take_stock()

    def _write_grams_ahead(self, entries: Sequence[Recorded]) -> None:
        """Write the pieces of text, which are most of the rows, in transactions of their own.

        Other writers take their turns in between. If the page is refused afterwards, pieces of
        texts that are not there find nothing; the next `reindex` takes them away.
        """
        for start in range(0, len(entries), MANY):
            with self._database.writing() as writing:
                _write_grams(writing, entries[start : start + MANY])

    def _number(
        self, entries: Sequence[Recorded], end: LogEnd, actor: Actor, at: datetime
    ) -> LogEnd:
        instant = max(at, end.at)
        for entry in entries:
            end = entry.numbered(end, actor, instant)
        return end

    def _refuse_if_changed(self, writing: WriteTransaction, page: _Page, opened_at: int) -> None:
        """Refuse the page if anything that it read was changed after it was opened."""
        since = writing.rows(
            "SELECT subject_id, subject_type, max(version) FROM change_log WHERE seq > ?"
            " GROUP BY subject_id, subject_type",
            [opened_at],
        )
        for raw_id, _, version in since:
            known = page.known.get(UUID(str(raw_id)))
            if known is not None and known.read_version != version:
                raise Stale(known.read_version, int(version))
        touched = {subject_type for _, subject_type, _ in since}
        for subject_type, conditions, ids in page.listed:
            if subject_type in touched:
                # Another connection: what was committed before the lock was given is there.
                rows = self._spans.current(shelf_of(subject_type), conditions)
                if frozenset(UUID(str(row[0])) for row in rows) != ids:
                    raise Stale(opened_at, int(self._log.end().seq))


def _write_grams(writing: WriteTransaction, entries: Sequence[Recorded]) -> None:
    by_type: dict[str, list[tuple[UUID, Content]]] = {}
    for entry in entries:
        if entry.content.searched != (None if entry.before is None else entry.before.searched):
            by_type.setdefault(entry.subject_type, []).append((entry.subject_id, entry.content))
    for subject_type in sorted(by_type):
        write_grams(writing, SHELVES[subject_type], by_type[subject_type])


def _shelvings(entries: Sequence[Recorded]) -> Iterator[Shelving]:
    for entry in entries:
        yield Shelving(
            SHELVES[entry.subject_type],
            entry.seq,
            entry.subject_id,
            entry.version,
            entry.content,
            entry.before,
        )


def _twice(page: _Page, clash: UniqueClash) -> Exception:
    """Say what a clash in the log means: a new subject's id is in use, or somebody was faster."""
    fresh = next((each for each in page.entries if each.version == 1), None)
    if fresh is not None:
        return Taken(fresh.subject_type, "id")
    return RuntimeError(f"the log refused a number that was drawn under the lock: {clash.index}")


def _taken(clash: UniqueClash) -> Taken:
    """Name the field: SQLite says `partner_span.key`, PostgreSQL `partner_span_one_key`."""
    if "." in clash.index:
        table, _, column = clash.index.split(",")[0].strip().partition(".")
        return Taken(table.removesuffix("_span"), column)
    table, _, column = clash.index.partition("_span_one_")
    return Taken(table, column)
