"""The moves of an agreement's life: each a sentence, each an entry of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from changefeed.subjects.agreement import HowEnded, Side
from ieum_registry.domain import moves
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.moves import Move
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.agreement import must_fit_agreement, write_agreement
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction
from ieum_registry.operations.references import must_exist


@dataclass(frozen=True, slots=True)
class Mover:
    """Who moves an agreement, on which day, having seen which version of it."""

    account: str
    today: date
    seen: int


def propose_agreement(agreement: Agreement, *, ledger: Ledger) -> Entry:
    """Record a proposal: an agreement that nobody has signed.

    Raises:
        RuleBroken: `agreement.proposed_signed`; as on recording an agreement.
        Taken: Its key or number stands at another agreement.
    """
    moves.must_be_unsigned(agreement)
    with ledger.open() as transaction:
        must_fit_agreement(agreement, transaction)
        return transaction.record("agreement.proposed", agreement)


def review_agreement(agreement_id: UUID, *, reason: str | None, by: Mover, ledger: Ledger) -> Entry:
    """Record that somebody else than its proposer reviewed a proposal.

    Raises:
        NotFound, Stale: No such agreement; changed after the version seen.
        RuleBroken: What hinders it (lifecycle.md, L-45).
    """
    become = partial(moves.reviewed, today=by.today, account=by.account)
    return _move(agreement_id, "reviews", "agreement.reviewed", become, reason, by, ledger)


def approve_agreement(
    agreement_id: UUID, *, reason: str | None, by: Mover, ledger: Ledger
) -> Entry:
    """Record that somebody else than its proposer approved a reviewed proposal; raises as above."""
    become = partial(moves.approved, today=by.today, account=by.account)
    return _move(agreement_id, "approvals", "agreement.approved", become, reason, by, ledger)


def return_agreement(agreement_id: UUID, *, reason: str, by: Mover, ledger: Ledger) -> Entry:
    """Give a reviewed or approved proposal back to be drafted again; raises as above."""
    kind = "agreement.returned"
    return _move(agreement_id, "returns", kind, moves.returned, reason, by, ledger)


def sign_agreement(
    agreement_id: UUID,
    *,
    partner_ids: Sequence[UUID],
    signed_on: date,
    reason: str | None,
    by: Mover,
    ledger: Ledger,
) -> Entry:
    """Record that parties signed on a day; raises as above, and as `moves.signed`."""

    def become(agreement: Agreement) -> Agreement:
        return moves.signed(agreement, partner_ids, signed_on, by.today)

    return _move(agreement_id, "signatures", "agreement.signed", become, reason, by, ledger)


def join_agreement(
    agreement_id: UUID,
    *,
    partner_id: UUID,
    joined_on: date,
    reason: str | None,
    by: Mover,
    ledger: Ledger,
) -> Entry:
    """Record that a partner came in after the others; raises as above, and as `moves.joined`."""
    with ledger.open() as transaction:
        agreement = _taken(agreement_id, "joinings", by, transaction)
        partner = must_exist(transaction, Partner, partner_id, pointer="/partner_id")
        side: Side = "own" if partner.own else "partner"
        joined = moves.joined(agreement, partner_id, side, joined_on, by.today)
        return _written("agreement.joined", agreement, joined, reason, transaction)


def leave_agreement(
    agreement_id: UUID,
    *,
    partner_id: UUID,
    left_on: date,
    why: str | None,
    reason: str,
    by: Mover,
    ledger: Ledger,
) -> Entry:
    """Record a partner's last day, and what of its commitments ends with it; raises as above."""

    def become(agreement: Agreement) -> Agreement:
        return moves.left(agreement, partner_id, left_on, why)

    return _move(agreement_id, "withdrawals", "agreement.left", become, reason, by, ledger)


def renew_agreement(
    agreement_id: UUID, *, ends_on: date | None, reason: str | None, by: Mover, ledger: Ledger
) -> Entry:
    """Record a further term, by hand; raises as above, and as `moves.renewed`."""

    def become(agreement: Agreement) -> Agreement:
        return moves.renewed(agreement, ends_on, "office")

    return _move(agreement_id, "renewals", "agreement.renewed", become, reason, by, ledger)


def end_agreement(
    agreement_id: UUID,
    *,
    on: date,
    how: HowEnded,
    note: str | None,
    reason: str,
    by: Mover,
    ledger: Ledger,
) -> Entry:
    """Record its last day in force and how it ended; raises as above, and as `moves.ended`."""

    def become(agreement: Agreement) -> Agreement:
        return moves.ended(agreement, on, how, note, by.today)

    return _move(agreement_id, "endings", "agreement.ended", become, reason, by, ledger)


def reopen_agreement(agreement_id: UUID, *, reason: str, by: Mover, ledger: Ledger) -> Entry:
    """Take back that it was ended; raises as above."""
    kind = "agreement.reopened"
    return _move(agreement_id, "reopenings", kind, moves.reopened, reason, by, ledger)


def _move(
    agreement_id: UUID,
    move: Move,
    kind: str,
    become: Callable[[Agreement], Agreement],
    reason: str | None,
    by: Mover,
    ledger: Ledger,
) -> Entry:
    with ledger.open() as transaction:
        before = _taken(agreement_id, move, by, transaction)
        return _written(kind, before, become(before), reason, transaction)


def _taken(agreement_id: UUID, move: Move, by: Mover, transaction: LedgerTransaction) -> Agreement:
    agreement = transaction.take(Agreement, agreement_id, by.seen)
    moves.must_allow(move, agreement, by.today, by.account)
    return agreement


def _written(
    kind: str,
    before: Agreement,
    agreement: Agreement,
    reason: str | None,
    transaction: LedgerTransaction,
) -> Entry:
    must_fit_agreement(agreement, transaction, before=before)
    return write_agreement(kind, before, agreement, reason, transaction)
