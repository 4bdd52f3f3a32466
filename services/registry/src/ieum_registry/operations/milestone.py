"""Set, change, complete and cancel milestones."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from changefeed.subjects.parts import Evidence, Place
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.collaboration import Collaboration
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.milestone import Milestone
from ieum_registry.operations.ports.condition import equal
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction
from ieum_registry.operations.references import must_exist, place_must_exist


def set_milestone(milestone: Milestone, *, ledger: Ledger) -> Entry:
    """Record a dated promise and who owes it.

    Raises:
        RuleBroken: `reference.unknown`; `milestone.other_agreement`; `milestone.owner_not_party`.
    """
    with ledger.open() as transaction:
        return transaction.record("milestone.set", fitting_milestone(milestone, transaction))


def change_milestone(
    milestone_id: UUID,
    change: Callable[[Milestone], Milestone],
    *,
    reason: str | None,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record what is now true of a milestone.

    Raises:
        NotFound, Stale: No such milestone; changed after version `seen`.
        RuleBroken: `reference.unknown`; `milestone.other_agreement`; `milestone.owner_not_party`.
    """
    with ledger.open() as transaction:
        before = transaction.take(Milestone, milestone_id, seen)
        milestone = fitting_milestone(change(before), transaction, before=before)
        return transaction.record_change("milestone.changed", milestone, reason)


def complete_milestone(
    milestone_id: UUID,
    *,
    done_on: date,
    evidence: tuple[Evidence, ...],
    reason: str | None = None,
    today: date,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record that the promise was kept.

    Raises:
        NotFound, Stale: No such milestone; changed after version `seen`.
        RuleBroken: `milestone.closed`, `milestone.done_in_future`.
    """
    with ledger.open() as transaction:
        milestone = transaction.take(Milestone, milestone_id, seen)
        done = milestone.done(done_on, evidence, today)
        return transaction.record("milestone.done", done, reason)


def cancel_milestone(
    milestone_id: UUID,
    *,
    cancelled_on: date,
    reason: str,
    today: date,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record that nobody owes it any more, and why.

    Raises:
        NotFound, Stale: No such milestone; changed after version `seen`.
        RuleBroken: `milestone.closed`, `milestone.cancelled_in_future`.
    """
    with ledger.open() as transaction:
        milestone = transaction.take(Milestone, milestone_id, seen)
        cancelled = milestone.cancelled(cancelled_on, today)
        return transaction.record("milestone.cancelled", cancelled, reason)


def reopen_milestone(milestone_id: UUID, *, reason: str, seen: int, ledger: Ledger) -> Entry:
    """Record that a completion or a cancellation was recorded wrongly, and why.

    Raises:
        NotFound, Stale: No such milestone; changed after version `seen`.
        RuleBroken: `milestone.open`; as on setting, as it is owed again.
    """
    with ledger.open() as transaction:
        reopened = transaction.take(Milestone, milestone_id, seen).reopened()
        fit = fitting_milestone(reopened, transaction, before=reopened)
        return transaction.record("milestone.reopened", fit, reason)


def fitting_milestone(
    milestone: Milestone, transaction: LedgerTransaction, *, before: Milestone | None = None
) -> Milestone:
    """Check what it names; under a commitment it lies under that commitment's agreement.

    Args:
        before: As it is on record. Who owes it is asked anew only where owner, agreement or day
            change: a party that left since keeps what it owed.

    Raises:
        RuleBroken: `reference.unknown`; `milestone.other_agreement`; `milestone.owner_not_party`.

    Source: docs/rules/lifecycle.md, L-26.
    """
    place_must_exist(transaction, milestone.owner, pointer="/owner")
    fit = _under_its_commitment(milestone, transaction)
    if fit.agreement_id is None:
        return fit
    agreement = must_exist(transaction, Agreement, fit.agreement_id, pointer="/agreement_id")
    is_as_before = before is not None and _owed(before) == _owed(fit)
    if is_as_before or fit.owner.type != "partner":
        return fit
    if not agreement.may_be_owed_by(fit.owner.id, fit.due_on):
        raise RuleBroken("milestone.owner_not_party", pointer="/owner")
    return fit


def must_keep_owners(
    before: Agreement, agreement: Agreement, transaction: LedgerTransaction
) -> None:
    """Make sure that no party is struck out that owes something; it leaves on a day.

    Raises:
        RuleBroken: `party.has_milestones`.

    Source: docs/rules/lifecycle.md, L-26.
    """
    struck = {each.partner_id for each in before.parties if not agreement.spans(each.partner_id)}
    for milestone in (
        transaction.those(Milestone, equal("agreement_id", agreement.id)) if struck else ()
    ):
        if milestone.owner.type == "partner" and milestone.owner.id in struck:
            raise RuleBroken(
                "party.has_milestones",
                pointer="/parties",
                partner_id=str(milestone.owner.id),
                title=milestone.title.ko,
            )


def _owed(milestone: Milestone) -> tuple[Place, UUID | None, date]:
    return milestone.owner, milestone.agreement_id, milestone.due_on


def _under_its_commitment(milestone: Milestone, transaction: LedgerTransaction) -> Milestone:
    if milestone.collaboration_id is None:
        return milestone
    collaboration_id = milestone.collaboration_id
    under = must_exist(transaction, Collaboration, collaboration_id, pointer="/collaboration_id")
    if milestone.agreement_id not in {None, under.agreement_id}:
        raise RuleBroken("milestone.other_agreement", pointer="/agreement_id")
    return replace(milestone, agreement_id=under.agreement_id)
