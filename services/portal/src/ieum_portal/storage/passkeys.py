"""Passkeys in the database."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from ieum_portal.domain.passkey import Passkey
from ieum_portal.storage.tables import PASSKEY as TABLE
from ieum_portal.storage.tables import USED_CHALLENGE
from sqlstore.engine import reading


class StoredPasskeys:
    """Keeps passkeys; see `operations.ports.Passkeys`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, account_id: UUID) -> Sequence[Passkey]:
        """Give an account's, in the order in which they were added."""
        question = select(TABLE).where(TABLE.c.account_id == account_id)
        with reading(self._engine) as connection:
            rows = connection.execute(question.order_by(TABLE.c.made_at, TABLE.c.id))
            return [Passkey(**each._mapping) for each in rows]

    def by_id(self, passkey_id: str) -> Passkey | None:
        """Find one."""
        with reading(self._engine) as connection:
            row = connection.execute(select(TABLE).where(TABLE.c.id == passkey_id)).first()
        return None if row is None else Passkey(**row._mapping)

    def add(self, passkey: Passkey) -> bool:
        """Keep a new one; gives False if it is somebody's already."""
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(TABLE).values(asdict(passkey)))
        except IntegrityError:
            return False
        return True

    def used(self, passkey: Passkey, *, sign_count: int, at: datetime) -> None:
        """Note that it was used."""
        one = TABLE.c.id == passkey.id
        with self._engine.begin() as connection:
            connection.execute(update(TABLE).where(one).values(sign_count=sign_count, used_at=at))

    def rename(self, passkey_id: str, account_id: UUID, name: str) -> None:
        """Call one of an account's otherwise."""
        one = (TABLE.c.id == passkey_id) & (TABLE.c.account_id == account_id)
        with self._engine.begin() as connection:
            connection.execute(update(TABLE).where(one).values(name=name))

    def remove(self, passkey_id: str, account_id: UUID) -> None:
        """Forget one of an account's."""
        one = (TABLE.c.id == passkey_id) & (TABLE.c.account_id == account_id)
        with self._engine.begin() as connection:
            connection.execute(delete(TABLE).where(one))

    def take_challenge(self, digest: str, *, at: datetime, old: datetime) -> bool:
        """Use a challenge up; gives False if it was already, also of two that come at once."""
        try:
            with self._engine.begin() as connection:
                connection.execute(delete(USED_CHALLENGE).where(USED_CHALLENGE.c.at < old))
                connection.execute(insert(USED_CHALLENGE).values(digest=digest, at=at))
        except IntegrityError:
            return False
        return True
