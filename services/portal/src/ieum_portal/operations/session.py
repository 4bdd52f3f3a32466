"""A session after signing in: recognising its browser, and ending it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from ieum_portal.domain.account import Account
from ieum_portal.domain.websession import WebSession
from ieum_portal.operations.ports import Sessions
from ieum_portal.operations.sign_in import hash_of


def recognise(
    token: str, *, now: datetime, sessions: Sessions
) -> tuple[WebSession, Account] | None:
    """Give the session that a browser's cookie opens, and whose it is; None if none that is open.

    A sign of life is noted at most once a minute.
    """
    found = sessions.find(hash_of(token))
    if found is None:
        return None
    session, account = found
    if not session.is_open(now) or account.closed_at is not None:
        return None
    if session.wants_touching(now):
        sessions.touch(session.token_hash, now)
        session = replace(session, seen_at=now)
    return session, account


def whose_ended(token: str, *, sessions: Sessions) -> Account | None:
    """Say whose session a browser had that has run out; None if somebody ended it.

    It lets nobody in: what such a browser sends may be kept for its account, and nothing shown.
    """
    found = sessions.find(hash_of(token))
    if found is None:
        return None
    session, account = found
    return account if session.revoked_at is None and account.closed_at is None else None


def extend(token: str, *, now: datetime, sessions: Sessions) -> None:
    """Count a session's idle time from now, whatever was noted within the last minute."""
    sessions.touch(hash_of(token), now)


def sign_out(token: str, *, now: datetime, sessions: Sessions) -> None:
    """End the session of one browser."""
    sessions.revoke(hash_of(token), now)


def sign_out_everywhere(account_id: UUID, *, now: datetime, sessions: Sessions) -> int:
    """End all sessions of an account; gives how many were open."""
    return sessions.revoke_all(account_id, now)
