"""Declare a day to be a working day or not."""

from collections.abc import Callable
from uuid import UUID

from changefeed.subjects.calendar_day import CalendarDay
from ieum_registry.operations.ports.ledger import Entry, Ledger


def declare_calendar_day(day: CalendarDay, *, ledger: Ledger) -> Entry:
    """Record a decreed day.

    Raises:
        Taken: That day is declared already; change its record.
    """
    with ledger.open() as transaction:
        return transaction.record("calendar_day.declared", day)


def change_calendar_day(
    day_id: UUID,
    change: Callable[[CalendarDay], CalendarDay],
    *,
    reason: str | None,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record what now holds for a decreed day.

    Raises:
        NotFound, Stale: No such day; changed after version `seen`.
        Taken: Its new day is declared already.
    """
    with ledger.open() as transaction:
        day = transaction.take(CalendarDay, day_id, seen)
        return transaction.record_change("calendar_day.changed", change(day), reason)
