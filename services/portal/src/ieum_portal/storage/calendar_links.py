"""Which calendar a token opens, in the database; of the token its hash alone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.engine import Engine

from ieum_portal.storage.tables import CALENDAR_LINK
from sqlstore.engine import reading


class StoredCalendarLinks:
    """Keeps them; see `operations.ports.CalendarLinks`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, account_id: UUID, token_hash: str, made_at: datetime) -> None:
        """Keep an account's token in place of the one before."""
        row = {"account_id": account_id, "token_hash": token_hash, "made_at": made_at}
        with self._engine.begin() as connection:
            connection.execute(
                delete(CALENDAR_LINK).where(CALENDAR_LINK.c.account_id == account_id)
            )
            connection.execute(CALENDAR_LINK.insert().values(row))

    def drop(self, account_id: UUID) -> None:
        """Close an account's calendar."""
        with self._engine.begin() as connection:
            connection.execute(
                delete(CALENDAR_LINK).where(CALENDAR_LINK.c.account_id == account_id)
            )

    def owner(self, token_hash: str) -> UUID | None:
        """Give whose token has this hash."""
        question = select(CALENDAR_LINK.c.account_id).where(
            CALENDAR_LINK.c.token_hash == token_hash
        )
        with reading(self._engine) as connection:
            found = connection.execute(question).first()
        return None if found is None else found.account_id

    def made_at(self, account_id: UUID) -> datetime | None:
        """Give since when an account has a calendar; None without one."""
        question = select(CALENDAR_LINK.c.made_at).where(CALENDAR_LINK.c.account_id == account_id)
        with reading(self._engine) as connection:
            found = connection.execute(question).first()
        return None if found is None else found.made_at
