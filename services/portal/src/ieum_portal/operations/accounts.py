"""Keeping accounts: made, locked, unlocked, given a new password, changed, ended.

Whatever changes what an account is (password, role, whose contact or department) ends its
sessions at once, and so does its lock or end: see `storage/sessions.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from unicodedata import category
from uuid import UUID

from ieum_portal.domain.account import ADMINISTRATING, Account, folded_login
from ieum_portal.domain.errors import AccountEnded, AccountUnfit, LoginTaken, LoginUnknown
from ieum_portal.domain.viewer import Role
from ieum_portal.domain.words import Language
from ieum_portal.operations.ports import Accounts
from ieum_portal.operations.sign_in import Authentication, forget_failures

LONGEST_LOGIN, LONGEST_NAME = 254, 200

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
"""Line ends, what turns the direction of writing, and their like: one login looks like another."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to make.

    Attributes:
        contact_id: The liaison's own contact in the registry.
        department: The department that a department member belongs to.
    """

    login: str
    name: str
    role: Role
    language: Language = "ko"
    contact_id: UUID | None = None
    department: UUID | None = None
    is_administrator: bool = False


def add_account(
    wanted: NewAccount,
    *,
    auth: Authentication,
    new_id: Callable[[], UUID],
    new_password: Callable[[], str],
    now: datetime,
) -> tuple[Account, str]:
    """Make an account; gives it with its password, which is kept nowhere and told this once.

    Raises:
        AccountUnfit: Login or name is empty or too long or has a character that nobody sees, or
            the role lacks what it acts for.
        LoginTaken: Somebody has that login already.
    """
    password = new_password()
    account = new_account(
        wanted, auth=auth, new_id=new_id, password_hash=auth.passwords.hash(password), now=now
    )
    auth.accounts.add(account)
    return account, password


def new_account(
    wanted: NewAccount,
    *,
    auth: Authentication,
    new_id: Callable[[], UUID],
    password_hash: str,
    now: datetime,
) -> Account:
    """Put a new account together, not yet kept.

    Args:
        password_hash: Empty where its owner chooses a password later.

    Raises:
        AccountUnfit, LoginTaken: As `add_account`.
    """
    login, name = folded_login(wanted.login), wanted.name.strip()
    if not 0 < len(login) <= LONGEST_LOGIN or not 0 < len(name) <= LONGEST_NAME:
        raise AccountUnfit("text")
    if any(category(each) in _UNSEEN for each in login + name):
        raise AccountUnfit("text")
    if auth.accounts.by_login(login) is not None:
        raise LoginTaken
    account = Account(
        new_id(),
        login,
        name,
        wanted.role,
        wanted.language,
        password_hash,
        now,
        contact_id=wanted.contact_id,
        department=wanted.department,
        is_administrator=wanted.is_administrator,
    )
    _must_fit(account)
    return account


def lock_account(login: str, *, auth: Authentication, now: datetime) -> Account:
    """Keep an account from signing in until it is unlocked, and end its sessions.

    Raises:
        LoginUnknown, AccountEnded: As named.
        LastAdministrator: Nobody else would administer accounts; so with `change_account` and
            `end_account`.
    """
    account = _account(login, auth.accounts)
    return _keep(account, replace(account, closed_at=account.closed_at or now), auth, now)


def unlock_account(login: str, *, auth: Authentication, now: datetime) -> Account:
    """Let an account sign in again, and forget the failures that make it wait.

    Raises:
        LoginUnknown, AccountEnded: As named.
    """
    account = _account(login, auth.accounts)
    forget_failures(auth, login=account.login)
    return _keep(account, replace(account, closed_at=None), auth, now)


def reset_password(
    login: str, *, auth: Authentication, new_password: Callable[[], str], now: datetime
) -> tuple[Account, str]:
    """Give an account a new password, told this once, and end its sessions.

    Raises:
        LoginUnknown, AccountEnded: As named.
    """
    account = _account(login, auth.accounts)
    password = new_password()
    changed = replace(account, password_hash=auth.passwords.hash(password))
    return _keep(account, changed, auth, now), password


def change_account(
    login: str,
    *,
    role: Role,
    contact_id: UUID | None,
    department: UUID | None,
    auth: Authentication,
    now: datetime,
) -> Account:
    """Give an account another role, contact or department, and end its sessions.

    Raises:
        LoginUnknown, AccountEnded: As named.
        AccountUnfit: The role lacks what it acts for.
    """
    account = _account(login, auth.accounts)
    changed = replace(account, role=role, contact_id=contact_id, department=department)
    if role not in ADMINISTRATING:
        changed = replace(changed, is_administrator=False)
    _must_fit(changed)
    return _keep(account, changed, auth, now)


def appoint(login: str, *, is_administrator: bool, auth: Authentication) -> Account:
    """Let an account administer accounts, or no longer; its sessions go on.

    Raises:
        LoginUnknown, AccountEnded: As named.
        AccountUnfit: Its role does not administer.
        LastAdministrator: Nobody else would be left.
    """
    account = _account(login, auth.accounts)
    changed = replace(account, is_administrator=is_administrator)
    _must_fit(changed)
    if changed != account:
        auth.accounts.keep(changed, was=account)
    return changed


def end_account(account: Account, *, auth: Authentication, now: datetime) -> Account:
    """End an account for good: nobody signs in with it, and nothing of the person is left in it.

    Its id stays, as the change log names it; ending it again changes nothing.
    """
    if account.ended_at is not None:
        return account
    forget_failures(auth, login=account.login)
    return _keep(account, account.ended(now), auth, now)


def account_named(login: str, *, accounts: Accounts) -> Account:
    """Find an account that has not ended.

    Raises:
        LoginUnknown, AccountEnded: As named.
    """
    return _account(login, accounts)


def _account(login: str, accounts: Accounts) -> Account:
    found = accounts.by_login(folded_login(login))
    if found is None:
        raise LoginUnknown
    if found.ended_at is not None:
        raise AccountEnded
    return found


def _keep(before: Account, after: Account, auth: Authentication, now: datetime) -> Account:
    if after != before:
        auth.accounts.keep(after, was=before)
        auth.sessions.revoke_all(after.id, now)
    return after


def _must_fit(account: Account) -> None:
    """A liaison acts for a contact's seats, a department member for a department, others for none.

    The city's own staff alone administer.

    Raises:
        AccountUnfit: One is missing, or too much.
    """
    if (account.role == "liaison") != (account.contact_id is not None):
        raise AccountUnfit("contact")
    if (account.role == "department") != (account.department is not None):
        raise AccountUnfit("department")
    if account.is_administrator and account.role not in ADMINISTRATING:
        raise AccountUnfit("administrator")
