"""Record and change agreements; what one bounds is written in the same transaction."""

from collections.abc import Callable
from uuid import UUID

from changefeed.subjects.catalogue import Programme
from changefeed.subjects.department import Department
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.collaboration import Collaboration
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.collaboration import must_stay_within
from ieum_registry.operations.milestone import must_keep_owners
from ieum_registry.operations.ports.condition import equal
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerPage
from ieum_registry.operations.references import must_exist


def record_agreement(agreement: Agreement, *, ledger: Ledger) -> Entry:
    """Record an agreement with all its parties as one entry, as a signing in the past is told.

    Raises:
        RuleBroken: `reference.unknown`; `agreement.own_side`.
        Taken: Its key or number stands at another agreement.
    """
    with ledger.open() as page:
        must_fit_agreement(agreement, page)
        return page.record("agreement.recorded", agreement)


def change_agreement(
    agreement_id: UUID,
    change: Callable[[Agreement], Agreement],
    *,
    reason: str | None,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record what is now true of an agreement, and of each commitment that it bounds.

    Raises:
        NotFound, Stale: No such agreement; changed after version `seen`.
        RuleBroken: `reference.unknown`; `agreement.own_side`; `party.has_collaborations`, if a
            party that committed itself is struck out; `party.has_milestones`, if one that owes
            something is; `programme.has_commitments`; `change.reason_missing`.
    """
    with ledger.open() as page:
        before = page.take(Agreement, agreement_id, seen)
        agreement = change(before)
        must_fit_agreement(agreement, page, before=before)
        entry = page.record_change("agreement.changed", agreement, reason)
        if page.entries:
            must_keep_owners(before, agreement, page)
            bound_collaborations(agreement, reason=reason, page=page)
            page.answer_with(entry)
        return entry


def bound_collaborations(
    agreement: Agreement, *, reason: str | None, page: LedgerPage
) -> list[Entry]:
    """Write an entry for each commitment whose days, or disclosure, the agreement now bounds.

    So each follower stays a function of one entry: nobody has to know that an ending reaches
    further than the agreement itself.

    Raises:
        RuleBroken: `party.has_collaborations`.

    Source: docs/rules/lifecycle.md, L-8 and L-20.
    """
    written: list[Entry] = []
    for collaboration in page.those(Collaboration, equal("agreement_id", agreement.id)):
        if not agreement.spans(collaboration.partner_id):
            raise RuleBroken(
                "party.has_collaborations",
                pointer="/parties",
                partner_id=str(collaboration.partner_id),
            )
        bounded = collaboration.under(agreement).bounded_by(agreement)
        if bounded != collaboration:
            written.append(page.record("collaboration.changed", bounded, reason))
    return written


def must_fit_agreement(
    agreement: Agreement, page: LedgerPage, *, before: Agreement | None = None
) -> None:
    """Make sure that what an agreement names is there, and that sides are the partners' own.

    Args:
        before: As it is on record; commitments under it stay on tasks of its programme.

    Raises:
        RuleBroken: `reference.unknown`; `agreement.own_side`; `agreement.cycle`;
            `programme.has_commitments`.
    """
    if agreement.programme_id is not None:
        must_exist(page, Programme, agreement.programme_id, pointer="/programme_id")
        if before is not None and before.programme_id != agreement.programme_id:
            under_it = page.those(Collaboration, equal("agreement_id", agreement.id))
            must_stay_within(under_it, page, pointer="/programme_id", agreement=agreement)
    if agreement.parent_id is not None:
        _must_not_circle(agreement, page)
    if agreement.lead_department_id is not None:
        must_exist(page, Department, agreement.lead_department_id, pointer="/lead_department_id")
    for position, party in enumerate(agreement.parties):
        pointer = f"/parties/{position}"
        partner = must_exist(page, Partner, party.partner_id, pointer=f"{pointer}/partner_id")
        if partner.own != (party.side == "own"):
            raise RuleBroken("agreement.own_side", pointer=f"{pointer}/side", name=partner.name.ko)


def _must_not_circle(agreement: Agreement, page: LedgerPage) -> None:
    """Walk up from what it hangs under, until the top or the agreement itself.

    Source: docs/rules/lifecycle.md, L-29.
    """
    way, above_id = [agreement.title.ko], agreement.parent_id
    while above_id is not None:
        if above_id == agreement.id:
            told = " → ".join([*way, way[0]])
            raise RuleBroken("agreement.cycle", pointer="/parent_id", way=told)
        above = must_exist(page, Agreement, above_id, pointer="/parent_id")
        way.append(above.title.ko)
        above_id = above.parent_id
