"""What administrators are shown of accounts, and whom they may invite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from changefeed.subjects.contact import Contact, Person
from changefeed.subjects.department import Department
from changefeed.subjects.partner import Partner
from ieum_portal.domain.account import Account
from ieum_portal.domain.account_link import AccountLink
from ieum_portal.domain.errors import NotFound
from ieum_portal.operations.account_links import Invitations
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.ports import Neighbours

LetterState = Literal["waiting", "sent", "refused", "over"]

MOST_AT_ONE_PLACE = 1
"""So many pages of 200 people of one partner are offered."""


@dataclass(frozen=True, slots=True)
class Invited:
    """How the last letter about an account stands.

    Attributes:
        ends_at: When its link stops opening.
    """

    state: LetterState
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class AccountShown:
    """One account and its last letter; None if none was ever sent, or its link was used."""

    account: Account
    letter: Invited | None


@dataclass(frozen=True, slots=True)
class Departments(Gathered):
    """The departments that an account may be in; none, and noted, if the registry is away."""

    all: Sequence[Department]


@dataclass(frozen=True, slots=True)
class Invitable(Gathered):
    """Who may be invited.

    Attributes:
        departments: None of them if the registry did not answer.
        people: Those at the partner whom nobody has invited yet, by id.
        partner: Whose people they are, if one was named.
    """

    departments: Sequence[Department]
    people: Mapping[UUID, Person]
    partner: Partner | None


def all_accounts(means: Invitations, now: datetime) -> Sequence[AccountShown]:
    """Give all accounts, those in use first, each group by name."""
    order = ("open", "invited", "locked", "ended")
    found = sorted(
        means.auth.accounts.all(), key=lambda each: (order.index(each.state), each.name, each.login)
    )
    newest = means.links.newest()
    return [_shown(each, newest.get(each.id), now) for each in found]


def shown(account: Account, means: Invitations, now: datetime) -> AccountShown:
    """Give one account with how its last letter stands."""
    return _shown(account, next(iter(means.links.of(account.id)), None), now)


def departments_for(account: Account, neighbours: Neighbours) -> Departments:
    """Give the departments that an account may be in; none for a liaison, who is a partner's."""
    return Departments((), missing=()) if account.role == "liaison" else _departments(neighbours)


def invitable(partner_id: UUID | None, *, neighbours: Neighbours, means: Invitations) -> Invitable:
    """Gather departments, and the people of a partner that have no account.

    Raises:
        NotFound: There is no such partner.
        NeighbourDown: The registry did not say who is at the partner.
    """
    if partner_id is None:
        found = _departments(neighbours)
        return Invitable(found.all, {}, None, missing=found.missing)
    registry = neighbours.registry
    partner = registry.one(Partner, partner_id)
    taken = {each.contact_id for each in means.auth.accounts.all()}
    at_partner = registry.all(Contact, at_most=MOST_AT_ONE_PLACE, at=partner_id)
    ids = [each.id for each in at_partner if each.id not in taken and each.erased_on is None]
    return Invitable((), registry.by_id(Person, ids), partner, missing=())


def account_with(account_id: UUID, means: Invitations) -> Account:
    """Find an account.

    Raises:
        NotFound: There is none.
    """
    found = means.auth.accounts.by_id(account_id)
    if found is None:
        raise NotFound
    return found


def _departments(neighbours: Neighbours) -> Departments:
    gathering = Gathering(neighbours.left_s)
    found = gathering.ask(
        "registry",
        "departments",
        lambda: neighbours.registry.all(Department, at_most=1),
        otherwise=(),
    )
    return Departments(found, missing=gathering.missing)


def _shown(account: Account, last: AccountLink | None, now: datetime) -> AccountShown:
    if last is None or last.used_at is not None:
        return AccountShown(account, None)
    return AccountShown(account, Invited(_state(last, account, now), last.ends_at))


def _state(link: AccountLink, account: Account, now: datetime) -> LetterState:
    if link.refused_at is not None:
        return "refused"
    if not link.opens(account.seal(), now):
        return "over"
    return "waiting" if link.sent_at is None else "sent"
