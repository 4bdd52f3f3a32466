"""Register, change and cancel events, and take a cancellation back."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from changefeed.subjects.catalogue import Task
from changefeed.subjects.department import Department
from ieum_registry.domain.event import Event
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction
from ieum_registry.operations.references import must_exist


def register_event(event: Event, *, today: date, ledger: Ledger) -> Entry:
    """Record an event and who takes part.

    Raises:
        RuleBroken: `reference.unknown`; what `Event.must_be_possible` raises.
    """
    with ledger.open() as transaction:
        return transaction.record(
            "event.registered", fitting_event(event, transaction, today=today)
        )


def change_event(
    event_id: UUID,
    change: Callable[[Event], Event],
    *,
    reason: str | None,
    today: date,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record what is now true of an event; at another time or place it is a revision on.

    Raises:
        NotFound, Stale: No such event; changed after version `seen`.
        RuleBroken: As on registering; `event.is_cancelled`.
    """
    with ledger.open() as transaction:
        before = transaction.take(Event, event_id, seen)
        event = fitting_event(change(before), transaction, before=before, today=today)
        return transaction.record_change("event.changed", event, reason)


def cancel_event(
    event_id: UUID,
    *,
    cancelled_on: date,
    reason: str,
    told: str | None,
    today: date,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record that it does not take place, and why.

    Args:
        reason: For the log; staff alone read it.
        told: What those who take part and the public are told of it.

    Raises:
        NotFound, Stale: No such event; changed after version `seen`.
        RuleBroken: `event.is_cancelled`, `event.cancelled_in_future`.
    """
    with ledger.open() as transaction:
        event = transaction.take(Event, event_id, seen)
        return transaction.record(
            "event.cancelled", event.cancelled(cancelled_on, today, told=told), reason
        )


def reopen_event(
    event_id: UUID, *, reason: str, now: datetime, today: date, seen: int, ledger: Ledger
) -> Entry:
    """Record that it takes place after all, and why.

    Raises:
        NotFound, Stale: No such event; changed after version `seen`.
        RuleBroken: `event.not_cancelled`, `event.is_over`.
    """
    with ledger.open() as transaction:
        event = transaction.take(Event, event_id, seen)
        return transaction.record("event.reopened", event.reopened(now, today), reason)


def fitting_event(
    event: Event, transaction: LedgerTransaction, *, today: date, before: Event | None = None
) -> Event:
    """Check what it names and that its times can be, and give it with its revision.

    Args:
        today: In Seoul; the day of the revision, if it is one.
        before: As it is on record; None if it is new.

    Raises:
        RuleBroken: `reference.unknown`; `event.is_cancelled`; what `Event.must_be_possible` raises.
    """
    fitting = event if before is None else event.moved_from(before, today)
    if fitting == before:
        return fitting
    fitting.must_be_possible()
    if fitting.department_id is not None:
        must_exist(transaction, Department, fitting.department_id, pointer="/department_id")
    for partner_id in fitting.partner_ids:
        must_exist(transaction, Partner, partner_id, pointer="/partner_ids")
    for task_id in fitting.task_ids:
        must_exist(transaction, Task, task_id, pointer="/task_ids")
    return fitting
