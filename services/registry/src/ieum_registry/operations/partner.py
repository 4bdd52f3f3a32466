"""Register and change partners."""

from collections.abc import Callable
from uuid import UUID

from ieum_registry.domain.partner import Partner
from ieum_registry.operations.ports import Entry, Ledger


def register_partner(partner: Partner, *, ledger: Ledger) -> Entry:
    """Record an organisation for the first time.

    Raises:
        Taken: Its key or business number stands at another partner.
    """
    with ledger.open() as page:
        return page.record("partner.registered", partner)


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
        Taken: Its key or business number stands at another partner.
    """
    with ledger.open() as page:
        partner = page.take(Partner, partner_id, seen)
        return page.record("partner.changed", change(partner), reason)
