"""Unfinished forms in the database."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, delete, or_, select, update
from sqlalchemy.engine import Engine

from changefeed.subjects.parts import Words
from ieum_portal.domain.draft import EMPTY_FOR, KEPT_FOR, Draft, Topic
from ieum_portal.storage.tables import DRAFT
from sqlstore.engine import reading


class StoredDrafts:
    """Keeps drafts; see `operations.ports.Drafts`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, draft: Draft) -> None:
        """Keep a new draft."""
        with self._engine.begin() as connection:
            connection.execute(DRAFT.insert().values(_row(draft)))

    def find(self, draft_id: UUID, account_id: UUID) -> Draft | None:
        """Find a draft of an account; another's is as if it were not there."""
        question = select(DRAFT).where(DRAFT.c.id == draft_id, DRAFT.c.account_id == account_id)
        with reading(self._engine) as connection:
            found = connection.execute(question).first()
        return _draft(found) if found else None

    def of(self, account_id: UUID) -> Sequence[Draft]:
        """Give an account's drafts, the one changed last first."""
        return self._all(DRAFT.c.account_id == account_id)

    def all(self) -> Sequence[Draft]:
        """Give everybody's drafts, the one changed last first."""
        return self._all(DRAFT.c.id.is_not(None))

    def keep(self, draft: Draft, *, was: int) -> bool:
        """Keep a draft as it is now, if its revision is still the one that it was."""
        own = and_(DRAFT.c.id == draft.id, DRAFT.c.account_id == draft.account_id)
        with self._engine.begin() as connection:
            kept = connection.execute(
                update(DRAFT).where(own, DRAFT.c.revision == was).values(_row(draft))
            )
            return kept.rowcount == 1

    def drop(self, draft_id: UUID, account_id: UUID) -> None:
        """Throw a draft of an account away; one that is not there changes nothing."""
        with self._engine.begin() as connection:
            connection.execute(
                delete(DRAFT).where(DRAFT.c.id == draft_id, DRAFT.c.account_id == account_id)
            )

    def forget(self, now: datetime) -> int:
        """Throw away what has been kept long enough; gives how many went."""
        is_empty = or_(DRAFT.c.step == "opened", DRAFT.c.led_to.is_not(None))
        old = or_(
            DRAFT.c.changed_at <= now - KEPT_FOR,
            and_(is_empty, DRAFT.c.changed_at <= now - EMPTY_FOR),
        )
        with self._engine.begin() as connection:
            return connection.execute(delete(DRAFT).where(old)).rowcount

    def _all(self, which: Any) -> list[Draft]:  # noqa: ANN401  Any condition on the table.
        question = select(DRAFT).where(which).order_by(DRAFT.c.changed_at.desc(), DRAFT.c.id)
        with reading(self._engine) as connection:
            return [_draft(each) for each in connection.execute(question)]


def _row(draft: Draft) -> dict[str, object]:
    name = draft.topic.name
    return {
        "id": draft.id,
        "account_id": draft.account_id,
        "form": draft.form,
        "path": draft.path,
        "back": draft.back,
        "subject_type": draft.topic.type,
        "subject_id": draft.topic.id,
        "topic": None if name is None else json.dumps([name.ko, name.en], ensure_ascii=False),
        "contents": json.dumps(draft.values, ensure_ascii=False),
        "seen": draft.seen,
        "key": draft.key,
        "step": draft.step,
        "revision": draft.revision,
        "made_at": draft.made_at,
        "changed_at": draft.changed_at,
        "led_to": draft.led_to,
    }


def _draft(row: Row[tuple[Any, ...]]) -> Draft:
    values = {name: tuple(each) for name, each in json.loads(row.contents).items()}
    name = None if row.topic is None else Words(*json.loads(row.topic))
    return Draft(
        row.id,
        row.account_id,
        row.form,
        row.path,
        row.back,
        Topic(name, row.subject_type, row.subject_id),
        values,
        row.seen,
        row.key,
        row.step,
        row.revision,
        row.made_at,
        row.changed_at,
        row.led_to,
    )
