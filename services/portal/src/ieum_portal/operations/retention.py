"""What the portal keeps no longer than it may: accounts of people erased, old records of access."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ieum_portal.operations.accounts import end_account
from ieum_portal.operations.ports import AccessRecords
from ieum_portal.operations.sign_in import Authentication


@dataclass(frozen=True, slots=True)
class Retained:
    """How much was let go."""

    accounts: int
    access_records: int


def retain(
    *,
    auth: Authentication,
    erased_of: Callable[[Collection[UUID]], Collection[UUID]],
    access: AccessRecords,
    access_kept_days: int,
    now: datetime,
) -> Retained:
    """End the accounts of contacts that were erased; forget old records of access.

    Doing it again lets nothing more go.

    Args:
        erased_of: Asks the registry which of these contacts were erased.
    """
    held = {
        account.contact_id: account
        for account in auth.accounts.all()
        if account.contact_id is not None
    }
    erased = erased_of(held.keys()) if held else ()
    for account in auth.accounts.all():
        if account.contact_id in erased:
            end_account(account, auth=auth, now=now)
    return Retained(len(erased), access.forget_before(now - timedelta(days=access_kept_days)))
