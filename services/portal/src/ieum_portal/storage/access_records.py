"""Who signed in, who tried to, and who was denied a page."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine

from httpedge.access_record import Access, Counted
from ieum_portal.storage.tables import ACCESS_RECORD as TABLE
from sqlstore.engine import reading


class StoredAccess:
    """Keeps the record of access; see `operations.ports.AccessRecords`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, records: Sequence[Counted]) -> None:
        """Keep records; what is there already counts on."""
        rows = [
            {
                "key": each.key,
                "first_at": each.first_at,
                "last_at": each.last_at,
                "times": each.times,
                "account": each.access.account,
                "role": each.access.role,
                "address": each.access.address,
                "act": each.access.act,
                "outcome": each.access.outcome,
            }
            for each in records
        ]
        dialect = postgresql if self._engine.dialect.name == "postgresql" else sqlite
        insert = dialect.insert(TABLE)
        counting_on = insert.on_conflict_do_update(
            index_elements=[TABLE.c.key],
            set_={
                "times": TABLE.c.times + insert.excluded.times,
                "last_at": insert.excluded.last_at,
            },
        )
        with self._engine.begin() as connection:
            connection.execute(counting_on, rows)

    def page(
        self,
        *,
        after: tuple[datetime, str] | None,
        limit: int,
        account: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Sequence[Counted]:
        """Give records, the newest first; of one account, or of everybody; of a span, or of all."""
        if account is not None and "\0" in account:
            return []  # PostgreSQL takes no text with it.
        question = select(TABLE).order_by(TABLE.c.first_at.desc(), TABLE.c.key.desc()).limit(limit)
        if account is not None:
            question = question.where(TABLE.c.account == account)
        if since is not None:
            question = question.where(TABLE.c.first_at >= since)
        if until is not None:
            question = question.where(TABLE.c.first_at < until)
        if after is not None:
            question = question.where(tuple_(TABLE.c.first_at, TABLE.c.key) < after)
        with reading(self._engine) as connection:
            return [
                Counted(
                    Access(each.account, each.role, each.address, each.act, each.outcome),
                    each.first_at,
                    each.last_at,
                    each.times,
                )
                for each in connection.execute(question)
            ]

    def forget_before(self, moment: datetime) -> int:
        """Forget what is older; gives how many records went."""
        with self._engine.begin() as connection:
            return connection.execute(delete(TABLE).where(TABLE.c.first_at < moment)).rowcount
