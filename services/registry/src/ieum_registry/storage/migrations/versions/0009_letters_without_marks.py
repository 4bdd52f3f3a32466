"""Let names be found by letters without their marks: what is searched is brought to the new form.

By the program's own functions, not by a copy of them: what is searched is made from the log, and
is right if it is what the program would make of it today. Only texts with marks are touched.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from ieum_registry.storage.index.search import BETWEEN, Searched, searched

revision = "0009_letters_without_marks"
down_revision = "0008_access_records"

ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
SEARCHED = (
    "partner",
    "department",
    "programme",
    "strategy",
    "task",
    "service_field",
    "technology",
    "agreement",
    "milestone",
    "event",
    "calendar_day",
)


def upgrade() -> None:
    for subject_type in SEARCHED:
        _fold(subject_type)


def downgrade() -> None:
    """Leave them: the release before finds all but the marked letters, and writes its own form."""


def _fold(subject_type: str) -> None:
    store = op.get_bind()
    texts = sa.table(
        f"{subject_type}_text",
        sa.column("sid", sa.BigInteger),
        sa.column("id", ID),
        sa.column("seq_from", sa.BigInteger),
        sa.column("seq_to", sa.BigInteger),
        sa.column("norm", sa.Text),
        sa.column("initials", sa.Text),
    )
    grams = sa.table(
        f"{subject_type}_gram", sa.column("gram", sa.Text), sa.column("sid", sa.BigInteger)
    )
    for row in _marked(store, texts):
        now = _now(row.norm)
        sid = now.text_id(UUID(str(row.id)))
        for gram in Searched(row.norm, row.initials).grams():
            store.execute(grams.delete().where(grams.c.gram == gram, grams.c.sid == row.sid))
        there = set(store.scalars(sa.select(grams.c.gram).where(grams.c.sid == sid)))
        fresh = [{"gram": gram, "sid": sid} for gram in now.grams() - there]
        if fresh:
            store.execute(grams.insert(), fresh)
        same = (texts.c.sid == row.sid) & (texts.c.seq_from == row.seq_from)
        store.execute(
            texts.update().where(same).values(sid=sid, norm=now.norm, initials=now.initials)
        )
        _join(store, texts, row.id, sid)


def _marked(store: sa.Connection, texts: sa.TableClause) -> list[Any]:
    """Give the texts that read otherwise today, in the order in which they held."""
    found = store.execute(sa.select(texts).order_by(texts.c.id, texts.c.seq_from))
    return [row for row in found if not row.norm.isascii() and _now(row.norm).norm != row.norm]


def _now(norm: str) -> Searched:
    return searched(norm.split(BETWEEN))


def _join(store: sa.Connection, texts: sa.TableClause, subject_id: object, sid: int) -> None:
    """Make one span of two that follow each other and differed by marks alone."""
    mine = (texts.c.id == subject_id) & (texts.c.sid == sid)
    spans = store.execute(sa.select(texts).where(mine).order_by(texts.c.seq_from)).all()
    for first, second in _following(list(spans)):
        store.execute(texts.delete().where(mine, texts.c.seq_from == second.seq_from))
        store.execute(
            texts.update()
            .where(mine, texts.c.seq_from == first.seq_from)
            .values(seq_to=second.seq_to)
        )


def _following(spans: list[Any]) -> Iterator[tuple[Any, Any]]:
    begins = spans[0] if spans else None
    for before, after in pairwise(spans):
        if before.seq_to == after.seq_from:
            yield begins, after
        else:
            begins = after
