"""Letting people in by letter: inviting them, and helping those who forgot their password.

A link is written down first and its letter sent after: what could not be sent waits for the next
round (`send_letters`), and whoever asked is never told whether a login is somebody's.

Source: docs/rules/access.md, A-12 and A-13.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from logging import getLogger
from uuid import UUID

from ieum_portal.domain.account import Account, folded_login
from ieum_portal.domain.account_link import (
    KEPT,
    LASTS,
    MOST_WAITING,
    AccountLink,
    Purpose,
    link_text,
    read_link,
)
from ieum_portal.domain.attempts import WINDOW, Failure, place_of, wait_s
from ieum_portal.domain.errors import (
    AccountUnfit,
    LinkClosed,
    NeighbourDown,
    NeighbourRefused,
    PasswordUnfit,
    TooManyAttempts,
)
from ieum_portal.domain.password import password_fault
from ieum_portal.operations.accounts import NewAccount, account_named, new_account
from ieum_portal.operations.ports import AccountLinks, AccountMail
from ieum_portal.operations.sign_in import Authentication, login_fingerprint

log = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Invitations:
    """What inviting needs.

    Attributes:
        links: Where links are kept.
        new_id: Draws the id of a link or an account.
    """

    auth: Authentication
    links: AccountLinks
    new_id: Callable[[], UUID]


def invite(wanted: NewAccount, by: Account, *, means: Invitations, now: datetime) -> Account:
    """Make an account without a password, and the link by which its owner chooses one.

    Raises:
        AccountUnfit: As `new_account`; or the login is no address to write to.
        LoginTaken: Somebody has that login already.
    """
    if not is_address(folded_login(wanted.login)):
        raise AccountUnfit("address")
    account = new_account(wanted, auth=means.auth, new_id=means.new_id, password_hash="", now=now)
    means.auth.accounts.add(account)
    means.links.add(_link(account, "invitation", by.name, means.new_id(), now))
    return account


def invite_again(login: str, by: Account, *, means: Invitations, now: datetime) -> Account:
    """Send another link: of an invitation, or, to who has a password, to choose a new one.

    Raises:
        LoginUnknown, AccountEnded: As named.
        LinkClosed: The account is locked.
    """
    account = account_named(login, accounts=means.auth.accounts)
    if account.state == "locked":
        raise LinkClosed
    purpose: Purpose = "invitation" if account.state == "invited" else "reset"
    means.links.add(_link(account, purpose, by.name, means.new_id(), now))
    return account


def ask_reset(login: str, *, address: str, means: Invitations, now: datetime) -> None:
    """Write down that somebody forgot a password; an unknown login takes as long and says as much.

    An account that has not chosen one yet gets its invitation again, of whoever invited it last; if
    that is forgotten, a reset.

    Raises:
        TooManyAttempts: From this address, or for this login, too much was asked.
    """
    login = folded_login(login)
    who = login_fingerprint(means.auth, f"reset {login}")
    where = login_fingerprint(means.auth, f"reset {place_of(address)}")
    attempts = means.auth.attempts
    failures = attempts.failures(account=who, address=where, since=now - WINDOW)
    wait = wait_s(failures, account=who, address=where, now=now)
    if wait > 0:
        raise TooManyAttempts(wait)
    attempts.note(Failure(who, where, now))
    account = means.auth.accounts.by_login(login)
    links = () if account is None else means.links.of(account.id)
    if account is not None and (account.state in ("locked", "ended") or _many(account, links, now)):
        account = None
    is_new = account is not None and account.state == "invited"
    inviter = next((each.inviter for each in links if each.inviter), None) if is_new else None
    purpose: Purpose = "reset" if inviter is None else "invitation"
    means.links.add(_link(account, purpose, inviter, means.new_id(), now))


def account_behind(text: str, *, means: Invitations, now: datetime) -> tuple[AccountLink, Account]:
    """Give the link and whose it is, while it opens.

    Raises:
        LinkClosed: It was used, has run out, or was never made.
    """
    link_id = read_link(text, means.auth.pepper)
    link = None if link_id is None else means.links.find(link_id)
    if link is None or link.account_id is None:
        raise LinkClosed
    account = means.auth.accounts.by_id(link.account_id)
    if account is None or account.state in ("locked", "ended"):
        raise LinkClosed
    if not link.opens(account.seal(), now):
        raise LinkClosed
    return link, account


def choose_password(
    text: str, password: str, again: str, *, means: Invitations, now: datetime
) -> Account:
    """Give the account behind a link its password; the link opens no more, and its sessions end.

    Raises:
        LinkClosed: As `account_behind`.
        PasswordUnfit: As named; the link stays open.
    """
    link, account = account_behind(text, means=means, now=now)
    fault = password_fault(password, again, account.login)
    if fault is not None:
        raise PasswordUnfit(fault)
    joined = replace(account, password_hash=means.auth.passwords.hash(password))
    means.links.use(link.id, joined, now, was=account)
    return joined


def send_letters(means: Invitations, mail: AccountMail, now: datetime) -> int:
    """Send the letters of links that wait for theirs; gives how many the mail server took."""
    sent = 0
    for link in means.links.unsent(now):
        account = None if link.account_id is None else means.auth.accounts.by_id(link.account_id)
        if account is None or not link.opens(account.seal(), now):
            means.links.mark_refused(link.id, now)
            continue
        try:
            mail.send(link, account)
        except NeighbourRefused:
            means.links.mark_refused(link.id, now)
        except NeighbourDown:
            log.warning("letter about an account waits", extra={"link": str(link.id)})
        else:
            means.links.mark_sent(link.id, now)
            sent += 1
    return sent


def forget_links(means: Invitations, now: datetime) -> int:
    """Forget links that are long over; gives how many went."""
    return means.links.forget_before(now - KEPT)


def path_of(link: AccountLink, secret: bytes) -> str:
    """Give the portal's path that a link leads to."""
    return f"/join/{link_text(link.id, secret)}"


def _many(account: Account, links: Sequence[AccountLink], now: datetime) -> bool:
    return sum(each.opens(account.seal(), now) for each in links) >= MOST_WAITING


def _link(
    account: Account | None, purpose: Purpose, inviter: str | None, link_id: UUID, now: datetime
) -> AccountLink:
    return AccountLink(
        link_id,
        None if account is None else account.id,
        purpose,
        "" if account is None else account.seal(),
        inviter,
        now,
        now + LASTS[purpose],
    )


def is_address(login: str) -> bool:
    """Say whether a folded login is something to write to."""
    name, _, domain = login.rpartition("@")
    return bool(name) and "." in domain and not any(each.isspace() for each in login)
