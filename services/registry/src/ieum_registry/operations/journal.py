"""Note that the city was in touch with a partner, and of what."""

from collections.abc import Callable
from uuid import UUID

from changefeed.subjects.journal import JournalEntry
from ieum_registry.operations.ports.ledger import Entry, Ledger
from ieum_registry.operations.references import named_must_exist


def record_contact(entry: JournalEntry, *, ledger: Ledger) -> Entry:
    """Record it for the first time.

    Raises:
        RuleBroken: `reference.unknown`, if what it names is not there.
        Taken: Its key stands at another entry.
    """
    with ledger.open() as transaction:
        named_must_exist(transaction, entry)
        return transaction.record("journal.recorded", entry)


def change_contact(
    entry_id: UUID,
    change: Callable[[JournalEntry], JournalEntry],
    *,
    reason: str | None,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record what is now known of it.

    Raises:
        NotFound, Stale: No such entry; changed after version `seen`.
        RuleBroken: `reference.unknown`.
    """
    with ledger.open() as transaction:
        entry = change(transaction.take(JournalEntry, entry_id, seen))
        named_must_exist(transaction, entry)
        return transaction.record_change("journal.changed", entry, reason)


def retract_contact(entry_id: UUID, *, reason: str, seen: int, ledger: Ledger) -> Entry:
    """Record that it should never have been recorded, and why; it is on record no longer.

    Raises:
        NotFound, Stale: No such entry; changed after version `seen`.

    Source: docs/changes.md, kinds that retract.
    """
    with ledger.open() as transaction:
        entry = transaction.take(JournalEntry, entry_id, seen)
        return transaction.record("journal.retracted", entry, reason)
