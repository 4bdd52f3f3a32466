"""Record and change agreements; what one bounds is written in the same transaction."""

from collections.abc import Callable
from uuid import UUID

from changefeed.subjects.catalogue import Programme, ServiceField
from changefeed.subjects.department import Department
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.collaboration import Collaboration
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.moves import must_sign_what_is_approved
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.collaboration import must_stay_within
from ieum_registry.operations.document import must_hide_no_less
from ieum_registry.operations.milestone import must_keep_owners
from ieum_registry.operations.partner import must_name_once, standing_for
from ieum_registry.operations.ports.condition import equal
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction
from ieum_registry.operations.promise import must_keep_promisers
from ieum_registry.operations.references import must_exist


def record_agreement(agreement: Agreement, *, ledger: Ledger) -> Entry:
    """Record an agreement with all its parties as one entry, as a signing in the past is told.

    Raises:
        RuleBroken: `reference.unknown`; `agreement.own_side`.
        Taken: Its key or number stands at another agreement.
    """
    with ledger.open() as transaction:
        must_fit_agreement(agreement, transaction)
        _must_name_each_once(agreement, transaction)
        return transaction.record("agreement.recorded", agreement)


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
    with ledger.open() as transaction:
        before = transaction.take(Agreement, agreement_id, seen)
        agreement = change(before).redrafted(before)
        must_fit_agreement(agreement, transaction, before=before)
        if agreement.parties != before.parties:
            _must_name_each_once(agreement, transaction)
        return write_agreement("agreement.changed", before, agreement, reason, transaction)


def write_agreement(
    kind: str,
    before: Agreement,
    agreement: Agreement,
    reason: str | None,
    transaction: LedgerTransaction,
) -> Entry:
    """Record what became of an agreement, and what it bounds by that.

    Raises:
        RuleBroken: As on changing it.
    """
    entry = transaction.record_change(kind, agreement, reason)
    if transaction.entries:
        must_keep_owners(before, agreement, transaction)
        must_keep_promisers(before, agreement, transaction)
        must_hide_no_less(before, agreement, transaction)
        bound_collaborations(agreement, reason=reason, transaction=transaction)
        transaction.answer_with(entry)
    return entry


def bound_collaborations(
    agreement: Agreement, *, reason: str | None, transaction: LedgerTransaction
) -> list[Entry]:
    """Write an entry for each commitment whose days, or disclosure, the agreement now bounds.

    So each follower stays a function of one entry: nobody has to know that an ending reaches
    further than the agreement itself.

    Raises:
        RuleBroken: `party.has_collaborations`.

    Source: docs/rules/lifecycle.md, L-8 and L-20.
    """
    written: list[Entry] = []
    for collaboration in transaction.those(Collaboration, equal("agreement_id", agreement.id)):
        if not agreement.spans(collaboration.partner_id):
            raise RuleBroken(
                "party.has_collaborations",
                pointer="/parties",
                partner_id=str(collaboration.partner_id),
            )
        bounded = collaboration.under(agreement).bounded_by(agreement)
        if bounded != collaboration:
            written.append(transaction.record("collaboration.changed", bounded, reason))
    return written


def must_fit_agreement(
    agreement: Agreement, transaction: LedgerTransaction, *, before: Agreement | None = None
) -> None:
    """Make sure that what an agreement names is there, and that sides are the partners' own.

    Args:
        before: As it is on record; commitments under it stay on tasks of its programme.

    Raises:
        RuleBroken: `reference.unknown`; `agreement.own_side`; `agreement.cycle`;
            `agreement.not_approved`; `agreement.proposed_signed`; `programme.has_commitments`;
            `partner.merge_twice`.
    """
    if before is not None:
        must_sign_what_is_approved(before, agreement)
    if agreement.programme_id is not None:
        must_exist(transaction, Programme, agreement.programme_id, pointer="/programme_id")
        if before is not None and before.programme_id != agreement.programme_id:
            under_it = transaction.those(Collaboration, equal("agreement_id", agreement.id))
            must_stay_within(under_it, transaction, pointer="/programme_id", agreement=agreement)
    _must_not_circle(agreement, transaction)
    if agreement.lead_department_id is not None:
        must_exist(
            transaction, Department, agreement.lead_department_id, pointer="/lead_department_id"
        )
    for position, field_id in enumerate(agreement.service_field_ids):
        must_exist(transaction, ServiceField, field_id, pointer=f"/service_field_ids/{position}")
    stands: dict[UUID, UUID] = {}
    for position, party in enumerate(agreement.parties):
        pointer = f"/parties/{position}"
        partner = must_exist(
            transaction, Partner, party.partner_id, pointer=f"{pointer}/partner_id"
        )
        if partner.own != (party.side == "own"):
            raise RuleBroken("agreement.own_side", pointer=f"{pointer}/side", name=partner.name.ko)
        stands |= dict.fromkeys(partner.merged_ids, partner.id)
    if stands:
        must_name_once(agreement, stands)


def _must_name_each_once(agreement: Agreement, transaction: LedgerTransaction) -> None:
    """Make sure that no two parties are one organisation under two records.

    Raises:
        RuleBroken: `partner.merge_twice`.
    """
    one = standing_for((each.partner_id for each in agreement.parties), transaction)
    if one:
        must_name_once(agreement, one)


def _must_not_circle(agreement: Agreement, transaction: LedgerTransaction) -> None:
    """Walk up from what it hangs under, amends, renews or supersedes, to the tops or to itself.

    Source: docs/rules/lifecycle.md, L-29 and L-44.
    """
    title = agreement.title.ko
    ways: list[tuple[UUID, str, tuple[str, ...]]] = [
        (each, name, (title,)) for name, each in _above(agreement)
    ]
    seen: set[UUID] = set()
    while ways:
        above_id, name, way = ways.pop()
        if above_id == agreement.id:
            told = " → ".join([*way, title])
            raise RuleBroken("agreement.cycle", pointer=f"/{name}", way=told)
        above = must_exist(transaction, Agreement, above_id, pointer=f"/{name}")
        if above_id not in seen:
            seen.add(above_id)
            ways += [(each, name, (*way, above.title.ko)) for _, each in _above(above)]


def _above(agreement: Agreement) -> list[tuple[str, UUID]]:
    relations = ("parent_id", "amends_id", "renews_id", "supersedes_id")
    return [(name, each) for name in relations if (each := getattr(agreement, name)) is not None]
