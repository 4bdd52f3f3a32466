"""Register and change what the city wants done: programme, strategies, tasks, fields, technologies.

All five are told alike: what they hang under must be there, and a technology is never, however
far up, a kind of itself.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar
from uuid import UUID

from changefeed.subjects.catalogue import Programme, ServiceField, Strategy, Task, Technology
from ieum_registry.domain.collaboration import Collaboration
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.subjects import Subject
from ieum_registry.operations.collaboration import must_stay_within
from ieum_registry.operations.ports.condition import any_of, equal
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction
from ieum_registry.operations.references import must_exist

CatalogueItem = Programme | Strategy | Task | ServiceField | Technology
Item = TypeVar("Item", Programme, Strategy, Task, ServiceField, Technology)


def register_item(item: Item, *, ledger: Ledger) -> Entry:
    """Record an item of the catalogue for the first time.

    Raises:
        RuleBroken: `reference.unknown`, if what it hangs under is not there.
        Taken: Its key stands at another item of its type.
    """
    with ledger.open() as transaction:
        must_hang(item, transaction)
        return transaction.record(f"{item.subject_type}.registered", item)


def change_item(
    kind_of: type[Item],
    item_id: UUID,
    change: Callable[[Item], Item],
    *,
    reason: str | None,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record what is now known of an item of the catalogue.

    Raises:
        NotFound, Stale: No such item; changed after version `seen`.
        RuleBroken: `reference.unknown`; `technology.cycle`; `programme.has_commitments`.
    """
    with ledger.open() as transaction:
        before = transaction.take(kind_of, item_id, seen)
        item = change(before)
        must_hang(item, transaction, before=before)
        return transaction.record_change(f"{kind_of.subject_type}.changed", item, reason)


def must_hang(
    item: CatalogueItem, transaction: LedgerTransaction, *, before: Subject | None = None
) -> None:
    """Make sure that what an item hangs under is there; a programme hangs under nothing.

    Args:
        before: As it is on record; a task with commitments stays in their agreements' programme.

    Raises:
        RuleBroken: `reference.unknown`; `technology.cycle`; `programme.has_commitments`.
    """
    match item:
        case Programme():
            pass
        case ServiceField():
            must_exist(transaction, Programme, item.programme_id, pointer="/programme_id")
        case Strategy():
            must_exist(transaction, Programme, item.programme_id, pointer="/programme_id")
            if isinstance(before, Strategy) and before.programme_id != item.programme_id:
                tasks = transaction.those(Task, equal("strategy_id", item.id))
                _must_keep_programme(tasks, item, transaction, pointer="/programme_id")
        case Task():
            strategy = must_exist(transaction, Strategy, item.strategy_id, pointer="/strategy_id")
            if isinstance(before, Task) and before.strategy_id != item.strategy_id:
                _must_keep_programme([item], strategy, transaction, pointer="/strategy_id")
        case Technology():
            _must_not_circle(item, transaction)


def _must_keep_programme(
    tasks: Iterable[Task], strategy: Strategy, transaction: LedgerTransaction, *, pointer: str
) -> None:
    on_them = transaction.those(Collaboration, any_of("task_id", [each.id for each in tasks]))
    must_stay_within(on_them, transaction, pointer=pointer, programme_id=strategy.programme_id)


def _must_not_circle(technology: Technology, transaction: LedgerTransaction) -> None:
    """Walk up from what is broader, until the top or the technology itself.

    Source: docs/rules/terms.md, T-21.
    """
    above = technology.broader_id
    while above is not None:
        if above == technology.id:
            raise RuleBroken("technology.cycle", pointer="/broader_id", name=technology.name.ko)
        above = must_exist(transaction, Technology, above, pointer="/broader_id").broader_id
