"""Signing in: a login and a password become a web session."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from hmac import new as hmac

from ieum_portal.domain.account import Account, folded_login
from ieum_portal.domain.attempts import WINDOW, Failure, place_of, wait_s
from ieum_portal.domain.errors import TooManyAttempts, WrongCredentials
from ieum_portal.domain.websession import LONGEST, WebSession
from ieum_portal.operations.devices import device_of
from ieum_portal.operations.ports import Accounts, Attempts, Passwords, Sessions

LONGEST_PASSWORD = 1024
"""Argon2 takes any length; a megabyte of it is an attack and no password."""


@dataclass(frozen=True, slots=True)
class Authentication:
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
    login: str,
    password: str,
    *,
    address: str,
    token: str,
    now: datetime,
    auth: Authentication,
    mark: str | None = None,
    browser: str | None = None,
) -> Account:
    """Open a session for whoever knows the password.

    The attempt counts as failed before the password is looked at and is taken back when it fits:
    a hundred attempts at once are a hundred failures, not one. An unknown login, and an account
    that may not be used, take as long as any and are told the same.

    Args:
        address: Where the browser is, as far as can be known.
        token: Fresh and secret; it becomes the browser's cookie, and only its hash is kept.
        browser: What it calls itself, in short.
        mark: By which the browser is known from an earlier signing in (`device_mark`).

    Raises:
        TooManyAttempts: With the seconds to wait; nothing was tried.
        WrongCredentials: They do not fit, or the account is closed.
    """
    login = folded_login(login)
    account = auth.accounts.by_login(login)
    device = device_of(mark, account, now=now, secret=auth.pepper)
    who = login_fingerprint(auth, login)
    where = _fingerprint(auth, place_of(address) if device is None else f"device {device}")
    failures = auth.attempts.failures(account=who, address=where, since=now - WINDOW)
    is_known = device is not None
    wait = wait_s(failures, account=who, address=where, now=now, is_known=is_known)
    if wait > 0:
        raise TooManyAttempts(wait)
    number = auth.attempts.note(Failure(who, where, now))
    fits = auth.passwords.fits(
        account.password_hash if account else None, password[:LONGEST_PASSWORD]
    )
    fits = fits and len(password) <= LONGEST_PASSWORD
    if account is None or account.closed_at is not None or not fits:
        raise WrongCredentials
    auth.attempts.forgive(number, account=who, address=where)
    if auth.passwords.is_outdated(account.password_hash):
        account = replace(account, password_hash=auth.passwords.hash(password))
        auth.accounts.set_password_hash(account.id, account.password_hash)
    open_session(account, token, address=address, browser=browser, auth=auth, now=now)
    return account


def open_session(
    account: Account,
    token: str,
    *,
    address: str | None,
    browser: str | None,
    auth: Authentication,
    now: datetime,
) -> None:
    """Let a browser be signed in, whichever way it was found out who sits there."""
    auth.sessions.sweep(now - 2 * LONGEST)
    auth.sessions.add(WebSession(hash_of(token), account.id, now, now, None, address, browser))


def knows_password(
    account: Account, password: str, *, address: str, auth: Authentication, now: datetime
) -> bool:
    """Say whether somebody who is signed in knows the password; failures count as at the door.

    Raises:
        TooManyAttempts: With the seconds to wait; nothing was tried.
    """
    forgive = _count(login_fingerprint(auth, account.login), address, auth, now)
    if not auth.passwords.fits(account.password_hash, password[:LONGEST_PASSWORD]):
        return False
    forgive()
    return True


def count_attempt(
    way: str, *, address: str, auth: Authentication, now: datetime
) -> Callable[[], None]:
    """Count an attempt by another way than a password as failed; gives what takes that back.

    It is bounded as passwords are, for each place by itself.

    Raises:
        TooManyAttempts: With the seconds to wait; nothing was tried.
    """
    return _count(_fingerprint(auth, f"{way} {place_of(address)}"), address, auth, now)


def _count(who: str, address: str, auth: Authentication, now: datetime) -> Callable[[], None]:
    where = _fingerprint(auth, place_of(address))
    failures = auth.attempts.failures(account=who, address=where, since=now - WINDOW)
    wait = wait_s(failures, account=who, address=where, now=now)
    if wait > 0:
        raise TooManyAttempts(wait)
    number = auth.attempts.note(Failure(who, where, now))
    return lambda: auth.attempts.forgive(number, account=who, address=where)


def forget_failures(
    auth: Authentication, *, login: str | None = None, address: str | None = None
) -> int:
    """Let an account, or a place, be tried again at once; gives how many failures are forgotten.

    Given neither, all of them.
    """
    return auth.attempts.forget(
        account=None if login is None else login_fingerprint(auth, folded_login(login)),
        address=None if address is None else _fingerprint(auth, place_of(address)),
    )


def hash_of(token: str) -> str:
    """Give the form in which a session's token is stored and looked for."""
    return sha256(token.encode()).hexdigest()


def login_fingerprint(auth: Authentication, login: str) -> str:
    """Give the form in which a folded login is counted, and a browser's mark is named."""
    return _fingerprint(auth, login)


def _fingerprint(auth: Authentication, text: str) -> str:
    return hmac(auth.pepper, text.encode(), sha256).hexdigest()[:32]
