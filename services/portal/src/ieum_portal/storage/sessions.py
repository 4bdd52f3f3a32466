"""Web sessions in the database."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Engine

from ieum_portal.domain.account import Account
from ieum_portal.domain.websession import WebSession
from ieum_portal.storage.accounts import account_from
from ieum_portal.storage.tables import ACCOUNT, WEB_SESSION
from sqlstore.engine import reading

_KEPT = tuple(each for each in WEB_SESSION.columns if each.name != "account_seal")
"""The columns that a session itself has."""


class StoredSessions:
    """Keeps web sessions; see `operations.ports.Sessions`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, session: WebSession) -> None:
        """Keep a new session; it rests on its account as that stands now."""
        values = {column.name: getattr(session, column.name) for column in _KEPT}
        with self._engine.begin() as connection:
            account = connection.execute(
                select(ACCOUNT).where(ACCOUNT.c.id == session.account_id)
            ).one()
            seal = account_from(account).seal()
            connection.execute(WEB_SESSION.insert().values(**values, account_seal=seal))

    def find(self, token_hash: str) -> tuple[WebSession, Account] | None:
        """Find a session with its account, whether or not it is still open.

        None as well if the account's password, role, contact or department was changed since.
        """
        question = (
            select(WEB_SESSION, ACCOUNT)
            .join(ACCOUNT, ACCOUNT.c.id == WEB_SESSION.c.account_id)
            .where(WEB_SESSION.c.token_hash == token_hash)
        )
        with reading(self._engine) as connection:
            found = connection.execute(question).first()
        if found is None:
            return None
        account = account_from(found)
        if found.account_seal != account.seal():
            return None
        return WebSession(**{column.name: getattr(found, column.name) for column in _KEPT}), account

    def of(self, account_id: UUID) -> Sequence[WebSession]:
        """Give the sessions of an account that nobody ended, the newest first."""
        question = (
            select(*_KEPT)
            .where(WEB_SESSION.c.account_id == account_id, WEB_SESSION.c.revoked_at.is_(None))
            .order_by(WEB_SESSION.c.began_at.desc(), WEB_SESSION.c.token_hash)
        )
        with reading(self._engine) as connection:
            return [
                WebSession(**{column.name: getattr(each, column.name) for column in _KEPT})
                for each in connection.execute(question)
            ]

    def touch(self, token_hash: str, at: datetime) -> None:
        """Note a sign of life."""
        self._set(token_hash, seen_at=at)

    def revoke(self, token_hash: str, at: datetime) -> None:
        """End one session; ending it again changes nothing."""
        self._set(token_hash, revoked_at=at)

    def revoke_all(self, account_id: UUID, at: datetime) -> int:
        """End all of an account's sessions; gives how many were open."""
        with self._engine.begin() as connection:
            return connection.execute(
                update(WEB_SESSION)
                .where(WEB_SESSION.c.account_id == account_id, WEB_SESSION.c.revoked_at.is_(None))
                .values(revoked_at=at)
            ).rowcount

    def sweep(self, before: datetime) -> None:
        """Forget the sessions that began before a moment."""
        with self._engine.begin() as connection:
            connection.execute(delete(WEB_SESSION).where(WEB_SESSION.c.began_at < before))

    def _set(self, token_hash: str, **values: datetime) -> None:
        with self._engine.begin() as connection:
            connection.execute(
                update(WEB_SESSION)
                .where(WEB_SESSION.c.token_hash == token_hash, WEB_SESSION.c.revoked_at.is_(None))
                .values(values)
            )
