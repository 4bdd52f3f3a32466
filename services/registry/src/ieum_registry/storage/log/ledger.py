"""One transaction: entries are collected, and numbered, chained and shelved last, before COMMIT.

What a transaction reads, it reads without a lock. The lock that numbers are drawn under is taken
when the block ends; then everything that was read is compared with what has been written since the
transaction was opened, and the transaction is refused if any of it has changed. So the lock is held
for the inserts alone, and a rule that was checked in a transaction still holds in the log.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from uuid import UUID

from changefeed.change import Actor
from ieum_registry.domain.errors import Taken
from ieum_registry.operations.ports.idempotency import KeyUse, Remembered
from ieum_registry.operations.ports.ledger import LedgerTransaction
from ieum_registry.storage.database.database import Database
from ieum_registry.storage.database.writing import FEW, UniqueClash, WriteTransaction
from ieum_registry.storage.documents.texts import forget
from ieum_registry.storage.index.shelves import SHELVES
from ieum_registry.storage.index.shelving import Content, Shelving, write_grams, write_spans
from ieum_registry.storage.index.spans import Spans

from . import idempotency, people, redact, staging
from .log import Log, LogEnd, append, end_alone
from .overtaken import must_still_stand
from .recorded import Recorded
from .transaction import Disclose, Transaction

MANY = 1000
"""From how many entries in one transaction changes what the database should expect."""


class BoundLedger:
    """The ledger in one caller's name; satisfies `Ledger`."""

    def __init__(
        self, store: "LedgerStore", actor: Actor, at: datetime, *, dry_run: bool, key: KeyUse | None
    ) -> None:
        self._store = store
        self._actor = actor
        self._at = at
        self._dry_run = dry_run
        self._key = key

    def open(self) -> AbstractContextManager[LedgerTransaction]:
        """Open a transaction; it is committed when the block ends well."""
        return self._opened()

    @contextmanager
    def _opened(self) -> Iterator[LedgerTransaction]:
        transaction, opened_at = self._store.begin()
        yield transaction
        if transaction.entries or transaction.people or transaction.staged is not None:
            self._store.commit(
                transaction, opened_at, self._actor, self._at, dry_run=self._dry_run, key=self._key
            )


class LedgerStore:
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

    def begin(self) -> tuple[Transaction, int]:
        """Give an empty transaction and how far the log reached when it was opened."""
        opened_at = self._log.end().seq
        return Transaction(self._spans, self._database, self._disclose), opened_at

    def commit(
        self,
        transaction: Transaction,
        opened_at: int,
        actor: Actor,
        at: datetime,
        *,
        dry_run: bool,
        key: KeyUse | None,
    ) -> None:
        """Number, chain, shelve and commit what it holds; keep none of it in a dry run."""
        is_many = len(transaction.entries) >= MANY
        if is_many and not dry_run:
            self._write_grams_ahead(transaction.entries)
        with self._database.writing() as writing:
            if not is_many or dry_run:
                _write_grams(writing, transaction.entries)
            end = end_alone(writing)
            if end.seq != opened_at:
                must_still_stand(transaction, writing, self._spans, since=opened_at)
            end = self._number(transaction.entries, end, actor, at)
            try:
                with writing.together() if len(transaction.entries) <= FEW else nullcontext():
                    append(writing, [entry.stored for entry in transaction.entries])
                    write_spans(writing, _shelvings(transaction.entries))
            except UniqueClash as clash:
                raise _refused(transaction, clash) from clash
            redact.destroy(writing, transaction.destroyed)
            people.write(writing, transaction.people)
            if transaction.staged is not None:
                staging.settle(writing, transaction.staged)
            forget(writing, transaction.forgotten)
            if key is not None and transaction.entries:
                answer = transaction.answer or transaction.entries[0]
                told = (answer.subject_type, answer.subject_id, answer.version, end.seq)
                idempotency.settle(writing, key, Remembered(*told))
            if dry_run:
                writing.give_up()
        if not dry_run:
            self._written(end.seq)
            if is_many:
                self._database.take_stock()

    def _write_grams_ahead(self, entries: Sequence[Recorded]) -> None:
        """Write the pieces of text, which are most of the rows, in transactions of their own.

        Other writers take their turns in between. If the transaction is refused afterwards, pieces
        of texts that are not there find nothing; the next `reindex` takes them away.
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


def _write_grams(writing: WriteTransaction, entries: Sequence[Recorded]) -> None:
    by_type: dict[str, list[tuple[UUID, Content]]] = {}
    for entry in entries:
        content, before = entry.content, entry.before
        if content is None:
            continue
        if content.searched != (None if before is None else before.searched):
            by_type.setdefault(entry.subject_type, []).append((entry.subject_id, content))
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


def _refused(transaction: Transaction, clash: UniqueClash) -> Exception:
    """Say what a clash means: in the log a new subject's id is in use, elsewhere a value is."""
    if not clash.index.startswith("change_log"):
        return _taken(clash)
    fresh = next((each for each in transaction.entries if each.version == 1), None)
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
