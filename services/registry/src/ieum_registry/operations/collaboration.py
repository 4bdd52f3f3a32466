"""Start, change and end collaborations: one partner's commitments under one agreement."""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from changefeed.subjects.catalogue import ServiceField, Strategy, Task, Technology
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.collaboration import Collaboration
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction
from ieum_registry.operations.references import must_exist


def start_collaboration(
    collaboration: Collaboration, *, reason: str | None = None, ledger: Ledger
) -> Entry:
    """Record a commitment, bounded by the days on which its partner is party.

    Raises:
        RuleBroken: `reference.unknown`; `collaboration.not_party`, `collaboration.never_holds`,
            `collaboration.other_programme`, `collaboration.agreement_closed`.
    """
    with ledger.open() as transaction:
        agreement = must_exist(
            transaction, Agreement, collaboration.agreement_id, pointer="/agreement_id"
        )
        started = fitting(collaboration, agreement, transaction)
        return transaction.record("collaboration.started", started, reason)


def change_collaboration(
    collaboration_id: UUID,
    change: Callable[[Collaboration], Collaboration],
    *,
    reason: str | None,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record what is now true of a commitment.

    Raises:
        NotFound, Stale: No such collaboration; changed after version `seen`.
        RuleBroken: As on starting; `change.reason_missing`, if its last day changes and nobody
            says why (docs/rules/lifecycle.md, L-10); `collaboration.moved`.
    """
    with ledger.open() as transaction:
        before = transaction.take(Collaboration, collaboration_id, seen)
        after = change(before)
        after.must_follow(before)
        if after.ends_on != before.ends_on and not reason:
            raise RuleBroken("change.reason_missing", pointer="/reason")
        agreement = must_exist(transaction, Agreement, after.agreement_id, pointer="/agreement_id")
        fit = fitting(after, agreement, transaction, before=before)
        return transaction.record_change("collaboration.changed", fit, reason)


def end_collaboration(
    collaboration_id: UUID, *, ends_on: date, reason: str, seen: int, ledger: Ledger
) -> Entry:
    """Record the last day of a commitment, and why it ends.

    Raises:
        NotFound, Stale: No such collaboration; changed after version `seen`.
        RuleBroken: `collaboration.already_ended`; `term.reversed`.
    """
    with ledger.open() as transaction:
        collaboration = transaction.take(Collaboration, collaboration_id, seen)
        agreement = transaction.take(Agreement, collaboration.agreement_id)
        ended = _by_a_party(collaboration, agreement).ended(ends_on, agreement).under(agreement)
        return transaction.record("collaboration.ended", ended, reason)


def fitting(
    collaboration: Collaboration,
    agreement: Agreement,
    transaction: LedgerTransaction,
    *,
    before: Collaboration | None = None,
) -> Collaboration:
    """Check a commitment against what it names, and give it with the days on which it holds.

    Args:
        before: As it is on record. One that is public there under a closed agreement, from before
            that was refused, is closed with whatever else of it changes.

    Raises:
        RuleBroken: As `start_collaboration`.

    Source: docs/rules/lifecycle.md, L-20.
    """
    known = collaboration.under(agreement)
    if known != collaboration and (before is None or before.disclosure != "public"):
        raise RuleBroken("collaboration.agreement_closed", pointer="/disclosure")
    bounded = _by_a_party(known, agreement).bounded_by(agreement)
    if not bounded.ever_holds:
        raise RuleBroken("collaboration.never_holds", pointer="/starts_on")
    task = must_exist(transaction, Task, collaboration.task_id, pointer="/task_id")
    if not agreement.may_serve(transaction.take(Strategy, task.strategy_id).programme_id):
        raise RuleBroken("collaboration.other_programme", pointer="/task_id", task=task.name.ko)
    for position, technology_id in enumerate(collaboration.technology_ids):
        must_exist(transaction, Technology, technology_id, pointer=f"/technology_ids/{position}")
    if collaboration.service_field_id is not None:
        field_id = collaboration.service_field_id
        must_exist(transaction, ServiceField, field_id, pointer="/service_field_id")
    return bounded


def must_stay_within(
    collaborations: Iterable[Collaboration],
    transaction: LedgerTransaction,
    *,
    pointer: str,
    agreement: Agreement | None = None,
    programme_id: UUID | None = None,
) -> None:
    """Make sure that commitments stay on tasks of their agreements' programmes.

    Args:
        agreement: As the agreement of all of them would be; None takes each as it stands.
        programme_id: Where the tasks of all of them would lie; None takes each as it stands.

    Raises:
        RuleBroken: `programme.has_commitments`.

    Source: docs/rules/lifecycle.md, L-13.
    """
    for each in collaborations:
        task = transaction.take(Task, each.task_id)
        its = agreement or transaction.take(Agreement, each.agreement_id)
        if not its.may_serve(
            programme_id or transaction.take(Strategy, task.strategy_id).programme_id
        ):
            raise RuleBroken("programme.has_commitments", pointer=pointer, task=task.name.ko)


def _by_a_party(collaboration: Collaboration, agreement: Agreement) -> Collaboration:
    if not agreement.spans(collaboration.partner_id):
        raise RuleBroken("collaboration.not_party", pointer="/partner_id")
    return collaboration
