"""Set, change, complete and cancel milestones."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.collaboration import Collaboration
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.evidence import Evidence
from ieum_registry.domain.milestone import Milestone
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerPage
from ieum_registry.operations.references import must_exist, place_must_exist


def set_milestone(milestone: Milestone, *, ledger: Ledger) -> Entry:
    """Record a dated promise and who owes it.

    Raises:
        RuleBroken: `reference.unknown`; `milestone.other_agreement`.
    """
    with ledger.open() as page:
        return page.record("milestone.set", fitting_milestone(milestone, page))


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
        RuleBroken: `reference.unknown`; `milestone.other_agreement`.
    """
    with ledger.open() as page:
        milestone = change(page.take(Milestone, milestone_id, seen))
        return page.record_change("milestone.changed", fitting_milestone(milestone, page), reason)


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
    with ledger.open() as page:
        milestone = page.take(Milestone, milestone_id, seen)
        done = milestone.done(done_on, evidence, today)
        return page.record("milestone.done", done, reason)


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
    with ledger.open() as page:
        milestone = page.take(Milestone, milestone_id, seen)
        cancelled = milestone.cancelled(cancelled_on, today)
        return page.record("milestone.cancelled", cancelled, reason)


def fitting_milestone(milestone: Milestone, page: LedgerPage) -> Milestone:
    """Check what it names; under a commitment it lies under that commitment's agreement.

    Raises:
        RuleBroken: `reference.unknown`; `milestone.other_agreement`.
    """
    place_must_exist(page, milestone.owner, pointer="/owner")
    if milestone.agreement_id is not None:
        must_exist(page, Agreement, milestone.agreement_id, pointer="/agreement_id")
    if milestone.collaboration_id is None:
        return milestone
    collaboration_id = milestone.collaboration_id
    under = must_exist(page, Collaboration, collaboration_id, pointer="/collaboration_id")
    if milestone.agreement_id not in {None, under.agreement_id}:
        raise RuleBroken("milestone.other_agreement", pointer="/agreement_id")
    return replace(milestone, agreement_id=under.agreement_id)
