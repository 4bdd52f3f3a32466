"""Register and change partners."""

from collections.abc import Callable
from uuid import UUID

from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.ports.condition import linked
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction


def register_partner(partner: Partner, *, ledger: Ledger) -> Entry:
    """Record an organisation for the first time.

    Raises:
        Taken: Its key or business number stands at another partner.
    """
    with ledger.open() as transaction:
        return transaction.record("partner.registered", partner)


def change_partner(
    partner_id: UUID,
    change: Callable[[Partner], Partner],
    *,
    reason: str | None,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record what is now known of a partner.

    Args:
        change: Gives the partner as it is from now on; it may refuse.
        seen: The version that the caller last read.

    Raises:
        NotFound, Stale: No such partner; changed after version `seen`.
        RuleBroken: `partner.side_recorded`.
        Taken: Its key or business number stands at another partner.
    """
    with ledger.open() as transaction:
        before = transaction.take(Partner, partner_id, seen)
        partner = change(before)
        must_keep_side(partner, transaction, before=before)
        return transaction.record_change("partner.changed", partner, reason)


def must_keep_side(
    partner: Partner, transaction: LedgerTransaction, *, before: Partner | None
) -> None:
    """Make sure that a partner stays on the side on which agreements name it.

    Args:
        before: As it is on record; None if it is new.

    Raises:
        RuleBroken: `partner.side_recorded`.

    Source: docs/rules/terms.md, T-22.
    """
    if before is None or before.own == partner.own:
        return
    for agreement in transaction.those(Agreement, linked("partner", partner.id)):
        raise RuleBroken("partner.side_recorded", pointer="/own", title=agreement.title.ko)
