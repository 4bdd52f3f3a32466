"""Register and change departments of the city."""

from collections.abc import Callable
from uuid import UUID

from changefeed.subjects.department import Department
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.operations.ports.condition import equal
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction


def register_department(department: Department, *, ledger: Ledger) -> Entry:
    """Record a department for the first time.

    Raises:
        RuleBroken: `department.office_taken`.
    """
    with ledger.open() as transaction:
        must_be_the_only_office(department, transaction)
        return transaction.record("department.registered", department)


def change_department(
    department_id: UUID,
    change: Callable[[Department], Department],
    *,
    reason: str | None,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record what is now known of a department.

    Raises:
        NotFound, Stale: No such department; changed after version `seen`.
        RuleBroken: `department.office_taken`.
    """
    with ledger.open() as transaction:
        department = change(transaction.take(Department, department_id, seen))
        must_be_the_only_office(department, transaction)
        return transaction.record_change("department.changed", department, reason)


def must_be_the_only_office(department: Department, transaction: LedgerTransaction) -> None:
    """Make sure that one department alone coordinates: letters that reach nobody go there.

    Raises:
        RuleBroken: `department.office_taken`.

    Source: docs/rules/terms.md, T-20.
    """
    if not department.office:
        return
    for other in transaction.those(Department, equal("office", True)):
        if other.id != department.id:
            raise RuleBroken("department.office_taken", pointer="/office", other=other.name.ko)
