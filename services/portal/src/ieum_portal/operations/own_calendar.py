"""A liaison's own calendar: which days its partners have to keep, behind an address of its own."""

import secrets
from collections.abc import Callable, Iterator
from datetime import date, datetime
from uuid import UUID

from changefeed.subjects.agreement import Agreement
from changefeed.subjects.milestone import Milestone
from ieum_portal.domain.account import Account
from ieum_portal.domain.own_calendar import CalendarDay
from ieum_portal.operations.ports import Accounts, CalendarLinks, Neighbours
from ieum_portal.operations.sign_in import hash_of

PAGES = 5
"""So many pages of 200 milestones and agreements are looked through."""


def open_calendar(account_id: UUID, *, links: CalendarLinks, now: datetime) -> str:
    """Give an account a calendar under a new token, which is kept as a hash alone.

    A token of before opens nothing any more.
    """
    token = secrets.token_urlsafe(32)
    links.keep(account_id, hash_of(token), now)
    return token


def whose_calendar(token: str, *, links: CalendarLinks, accounts: Accounts) -> Account | None:
    """Give whose calendar a token opens; None for one that opens none, or none any more."""
    account_id = links.owner(hash_of(token))
    account = None if account_id is None else accounts.by_id(account_id)
    if account is None or account.state != "open" or account.role != "liaison":
        return None
    return account


def own_days(
    neighbours: Neighbours, *, link_to: Callable[[str, UUID], str], from_on: date
) -> Iterator[CalendarDay]:
    """Give what the viewer's partners owe, and the last days of their agreements.

    Args:
        link_to: Gives the page of something of a type.
        from_on: Days before it are left out.

    Raises:
        NeighbourDown, NeighbourRefused: The registry could not say.
    """
    registry = neighbours.registry
    for partner in neighbours.own_partners():
        for each in registry.all(Milestone, at_most=PAGES, owner=partner, due_from=from_on):
            if each.done_on is None and each.cancelled_on is None:
                link = link_to("milestone", each.id)
                title = f"[이행과제] {each.title.ko}"
                yield CalendarDay(f"milestone-{each.id}@ieum", each.due_on, title, link, link)
        for agreement in registry.all(Agreement, at_most=PAGES, partner=partner):
            last_on = agreement.end.ends_on
            if last_on is not None and last_on >= from_on:
                link = link_to("agreement", agreement.id)
                title = f"[협약 만료] {agreement.title.ko}"
                yield CalendarDay(f"agreement-end-{agreement.id}@ieum", last_on, title, link, link)
