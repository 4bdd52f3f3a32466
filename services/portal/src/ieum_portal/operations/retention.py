"""What the portal keeps no longer than it may: accounts and drafts of people erased, old things.

The registry does not call; once an hour it is asked which people it has erased. Until then a draft
about one of them lies where it was, to be read by whoever wrote it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ieum_portal.operations.account_links import Invitations, forget_links
from ieum_portal.operations.accounts import end_account
from ieum_portal.operations.drafts import drop_drafts_of_people
from ieum_portal.operations.ports import AccessRecords, Drafts, SavedViews
from ieum_portal.operations.sign_in import Authentication


@dataclass(frozen=True, slots=True)
class Retained:
    """How much was let go."""

    accounts: int
    access_records: int
    drafts: int
    links: int
    views: int


def retain(
    *,
    auth: Authentication,
    erased_of: Callable[[Collection[UUID]], Collection[UUID]],
    access: AccessRecords,
    drafts: Drafts,
    invitations: Invitations,
    views: SavedViews,
    access_kept_days: int,
    now: datetime,
) -> Retained:
    """End the accounts of contacts that were erased; forget old drafts and records of access.

    Drafts go with whom they are about, and with the account that they are of; so do the views that
    it kept for itself. Doing it again lets nothing more go.

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
    ended = {account.id for account in auth.accounts.all() if account.ended_at is not None}
    orphans = [each for each in drafts.all() if each.account_id in ended]
    for draft in orphans:
        drafts.drop(draft.id, draft.account_id)
    of_people = drop_drafts_of_people(drafts, erased_of)
    return Retained(
        len(erased),
        access.forget_before(now - timedelta(days=access_kept_days)),
        len(orphans) + of_people + drafts.forget(now),
        forget_links(invitations, now),
        sum(views.forget(each) for each in ended),
    )
