"""Signing in: a login and a password become a web session."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from hmac import new as hmac

from ieum_portal.domain.account import Account, folded_login
from ieum_portal.domain.attempts import WINDOW, Failure, wait_s
from ieum_portal.domain.errors import TooManyAttempts, WrongCredentials
from ieum_portal.domain.websession import LONGEST, WebSession
from ieum_portal.operations.ports import Accounts, Attempts, Passwords, Sessions

LONGEST_PASSWORD = 1024
"""Argon2 takes any length; a megabyte of it is an attack and no password."""


@dataclass(frozen=True, slots=True)
class Door:
    """What stands between a browser and a session.

    Attributes:
        pepper: Secret under which logins and addresses are fingerprinted, so that the list of
            failed attempts tells nobody who tried from where.
    """

    accounts: Accounts
    sessions: Sessions
    attempts: Attempts
    passwords: Passwords
    pepper: bytes


def sign_in(
    login: str, password: str, *, address: str, token: str, now: datetime, door: Door
) -> Account:
    """Open a session for whoever knows the password.

    The attempt counts as failed before the password is looked at and is taken back when it fits:
    a hundred attempts at once are a hundred failures, not one. An unknown login takes as long as
    a known one.

    Args:
        address: Where the browser is, as far as can be known.
        token: Fresh and secret; it becomes the browser's cookie, and only its hash is kept.

    Raises:
        TooManyAttempts: With the seconds to wait; nothing was tried.
        WrongCredentials: They do not fit, or the account is closed.
    """
    login = folded_login(login)
    who, where = _fingerprint(door, login), _fingerprint(door, address)
    failures = door.attempts.failures(account=who, address=where, since=now - WINDOW)
    if (wait := wait_s(failures, account=who, address=where, now=now)) > 0:
        raise TooManyAttempts(wait)
    number = door.attempts.note(Failure(who, where, now))
    account = door.accounts.by_login(login)
    fits = len(password) <= LONGEST_PASSWORD and door.passwords.fits(
        account.password_hash if account else None, password
    )
    if account is None or account.closed_at is not None or not fits:
        raise WrongCredentials
    door.attempts.forgive(number, account=who, address=where)
    if door.passwords.is_outdated(account.password_hash):
        door.accounts.set_password_hash(account.id, door.passwords.hash(password))
    door.sessions.sweep(now - 2 * LONGEST)
    door.sessions.add(WebSession(hash_of(token), account.id, began_at=now, seen_at=now))
    return account


def hash_of(token: str) -> str:
    """Give the form in which a session's token is stored and looked for."""
    return sha256(token.encode()).hexdigest()


def _fingerprint(door: Door, text: str) -> str:
    return hmac(door.pepper, text.encode(), sha256).hexdigest()[:32]
