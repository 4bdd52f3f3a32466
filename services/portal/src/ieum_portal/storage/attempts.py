"""Failed attempts to sign in, by fingerprint."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.engine import Engine

from ieum_portal.domain.attempts import WINDOW, Failure
from ieum_portal.storage.tables import FAILED_ATTEMPT as TABLE
from sqlstore.engine import reading


class StoredAttempts:
    """Keeps failed attempts; see `operations.ports.Attempts`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, failure: Failure) -> int:
        """Count an attempt as failed, and forget those too old to matter; gives its number."""
        with self._engine.begin() as connection:
            connection.execute(delete(TABLE).where(TABLE.c.at < failure.at - WINDOW))
            number: int = connection.execute(
                TABLE.insert()
                .values(account=failure.account, address=failure.address, at=failure.at)
                .returning(TABLE.c.number)
            ).scalar_one()
        return number

    def failures(self, *, account: str, address: str, since: datetime) -> Sequence[Failure]:
        """List the failures that touch the account or the address."""
        question = select(TABLE).where(
            TABLE.c.at > since, or_(TABLE.c.account == account, TABLE.c.address == address)
        )
        with reading(self._engine) as connection:
            return [
                Failure(each.account, each.address, each.at)
                for each in connection.execute(question)
            ]

    def forgive(self, number: int, *, account: str, address: str) -> None:
        """Take back an attempt that succeeded, and the account's failures from that address."""
        same = and_(TABLE.c.account == account, TABLE.c.address == address)
        with self._engine.begin() as connection:
            connection.execute(delete(TABLE).where(or_(TABLE.c.number == number, same)))

    def forget(self, *, account: str | None, address: str | None) -> int:
        """Forget the failures of an account, of an address, or with neither all; gives how many."""
        asked = delete(TABLE)
        if account is not None:
            asked = asked.where(TABLE.c.account == account)
        if address is not None:
            asked = asked.where(TABLE.c.address == address)
        with self._engine.begin() as connection:
            return connection.execute(asked).rowcount
