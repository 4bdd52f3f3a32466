"""What people do with their own account: another password, another language, ending sessions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from httpedge.access_record import Counted
from ieum_portal.domain.account import Account
from ieum_portal.domain.errors import PasswordUnfit
from ieum_portal.domain.password import password_fault
from ieum_portal.domain.websession import WebSession
from ieum_portal.domain.words import Language
from ieum_portal.operations.ports import AccessRecords
from ieum_portal.operations.sign_in import Authentication, knows_password

SHOWN = 20
"""So many of the last signings in are shown."""


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What is shown of one's account.

    Attributes:
        sessions: Those that still let their browser in, this one among them; the newest first.
        entries: Who signed in with it, or tried to, the newest first.
    """

    sessions: Sequence[WebSession]
    entries: Sequence[Counted]


def own_account(
    account: Account, *, auth: Authentication, access: AccessRecords, now: datetime
) -> OwnAccount:
    """Gather what is shown."""
    sessions = [each for each in auth.sessions.of(account.id) if each.is_open(now)]
    entries = access.page(after=None, limit=SHOWN, account=f"portal:{account.id}")
    return OwnAccount(sessions, entries)


def change_password(
    account: Account,
    old: str,
    new: str,
    again: str,
    *,
    address: str,
    auth: Authentication,
    now: datetime,
) -> Account:
    """Give one's account another password; every session of it ends, this one too.

    A wrong old one counts as a failure to sign in does: whoever sits down at an open session
    guesses no more often than at the door.

    Raises:
        PasswordUnfit: As named; nothing was changed.
        TooManyAttempts: With the seconds to wait; nothing was tried.
    """
    if not knows_password(account, old, address=address, auth=auth, now=now):
        raise PasswordUnfit("wrong")
    fault = password_fault(new, again, account.login)
    if fault is not None:
        raise PasswordUnfit(fault)
    changed = replace(account, password_hash=auth.passwords.hash(new))
    auth.accounts.keep(changed, was=account)
    auth.sessions.revoke_all(account.id, now)
    return changed


def prefer_language(account: Account, language: Language, *, auth: Authentication) -> Account:
    """Let pages and letters speak another language to one."""
    changed = replace(account, language=language)
    auth.accounts.keep(changed, was=account)
    return changed


def end_session(account: Account, token_hash: str, *, auth: Authentication, now: datetime) -> None:
    """End one of one's own sessions; another's, or one that is over, is left as it is."""
    if any(each.token_hash == token_hash for each in auth.sessions.of(account.id)):
        auth.sessions.revoke(token_hash, now)
