"""Links that let people choose a password, in the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, delete, select, update
from sqlalchemy.engine import Engine

from ieum_portal.domain.account import Account
from ieum_portal.domain.account_link import AccountLink
from ieum_portal.domain.errors import LinkClosed
from ieum_portal.storage.tables import ACCOUNT, ACCOUNT_LINK, WEB_SESSION
from sqlstore.engine import reading

_COLUMNS = [column.name for column in ACCOUNT_LINK.columns]


class StoredAccountLinks:
    """Keeps links; see `operations.ports.AccountLinks`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, link: AccountLink) -> None:
        """Keep a new link."""
        values = {name: getattr(link, name) for name in _COLUMNS}
        with self._engine.begin() as connection:
            connection.execute(ACCOUNT_LINK.insert().values(values))

    def find(self, link_id: UUID) -> AccountLink | None:
        """Find a link."""
        with reading(self._engine) as connection:
            found = connection.execute(
                select(ACCOUNT_LINK).where(ACCOUNT_LINK.c.id == link_id)
            ).first()
        return _link(found) if found else None

    def of(self, account_id: UUID) -> Sequence[AccountLink]:
        """Give the links of an account, the newest first."""
        question = (
            select(ACCOUNT_LINK)
            .where(ACCOUNT_LINK.c.account_id == account_id)
            .order_by(ACCOUNT_LINK.c.made_at.desc(), ACCOUNT_LINK.c.id.desc())
        )
        with reading(self._engine) as connection:
            return [_link(each) for each in connection.execute(question)]

    def newest(self) -> Mapping[UUID, AccountLink]:
        """Give the newest link of each account that has one, by account."""
        question = (
            select(ACCOUNT_LINK)
            .where(ACCOUNT_LINK.c.account_id.is_not(None))
            .order_by(ACCOUNT_LINK.c.made_at, ACCOUNT_LINK.c.id)
        )
        with reading(self._engine) as connection:
            return {each.account_id: _link(each) for each in connection.execute(question)}

    def unsent(self, now: datetime) -> Sequence[AccountLink]:
        """Give the links whose letter still has to go out, the oldest first."""
        question = (
            select(ACCOUNT_LINK)
            .where(
                ACCOUNT_LINK.c.sent_at.is_(None),
                ACCOUNT_LINK.c.refused_at.is_(None),
                ACCOUNT_LINK.c.used_at.is_(None),
                ACCOUNT_LINK.c.ends_at > now,
            )
            .order_by(ACCOUNT_LINK.c.made_at, ACCOUNT_LINK.c.id)
        )
        with reading(self._engine) as connection:
            return [_link(each) for each in connection.execute(question)]

    def mark_sent(self, link_id: UUID, at: datetime) -> None:
        """Note that the mail server took the letter."""
        self._set(link_id, sent_at=at)

    def mark_refused(self, link_id: UUID, at: datetime) -> None:
        """Note that the mail server never takes it."""
        self._set(link_id, refused_at=at)

    def use(self, link_id: UUID, account: Account, at: datetime, *, was: Account) -> None:
        """Give the account its new password by a link, and end its sessions; all or nothing.

        Another link of the account that is used at the same moment closes this one, and so does
        its lock or end.
        """
        with self._engine.begin() as connection:
            used = connection.execute(
                update(ACCOUNT_LINK)
                .where(ACCOUNT_LINK.c.id == link_id, ACCOUNT_LINK.c.used_at.is_(None))
                .values(used_at=at)
            )
            if used.rowcount != 1:
                raise LinkClosed
            changed = connection.execute(
                update(ACCOUNT)
                .where(
                    ACCOUNT.c.id == account.id,
                    ACCOUNT.c.password_hash == was.password_hash,
                    ACCOUNT.c.closed_at.is_(None),
                )
                .values(password_hash=account.password_hash)
            )
            if changed.rowcount != 1:
                raise LinkClosed
            connection.execute(
                update(WEB_SESSION)
                .where(WEB_SESSION.c.account_id == account.id, WEB_SESSION.c.revoked_at.is_(None))
                .values(revoked_at=at)
            )

    def forget_before(self, moment: datetime) -> int:
        """Forget links made before a moment; gives how many went."""
        with self._engine.begin() as connection:
            gone = delete(ACCOUNT_LINK).where(ACCOUNT_LINK.c.made_at < moment)
            return connection.execute(gone).rowcount

    def _set(self, link_id: UUID, **values: datetime) -> None:
        with self._engine.begin() as connection:
            connection.execute(
                update(ACCOUNT_LINK).where(ACCOUNT_LINK.c.id == link_id).values(values)
            )


def _link(row: Row[tuple[object, ...]]) -> AccountLink:
    return AccountLink(**{name: getattr(row, name) for name in _COLUMNS})
