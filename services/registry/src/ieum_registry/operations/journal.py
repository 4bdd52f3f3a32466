"""Note that the city was in touch with a partner, and of what."""

from collections.abc import Callable
from uuid import UUID

from changefeed.subjects.department import Department
from changefeed.subjects.journal import JournalEntry
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerPage
from ieum_registry.operations.references import must_exist


def record_contact(entry: JournalEntry, *, ledger: Ledger) -> Entry:
    """Record it for the first time.

    Raises:
        RuleBroken: `reference.unknown`, if what it names is not there.
        Taken: Its key stands at another entry.
    """
    with ledger.open() as page:
        must_name(entry, page)
        return page.record("journal.recorded", entry)


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
    with ledger.open() as page:
        entry = change(page.take(JournalEntry, entry_id, seen))
        must_name(entry, page)
        return page.record_change("journal.changed", entry, reason)


def must_name(entry: JournalEntry, page: LedgerPage) -> None:
    """Make sure that partner, department and agreement are on record.

    Raises:
        RuleBroken: `reference.unknown`.
    """
    must_exist(page, Partner, entry.partner_id, pointer="/partner_id")
    must_exist(page, Department, entry.department_id, pointer="/department_id")
    if entry.agreement_id is not None:
        must_exist(page, Agreement, entry.agreement_id, pointer="/agreement_id")
