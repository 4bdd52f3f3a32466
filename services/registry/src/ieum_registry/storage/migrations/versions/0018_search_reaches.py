"""Let hyphens and middle dots not count, and years and countries be found: what is searched anew.

By the program's own functions, not by a copy of them: what is searched is made from the log, and
is right if it is what the program would make of it today. Of a type of which nothing reads
otherwise nothing is touched.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from ieum_registry.storage.index.search import Searched, searched
from ieum_registry.storage.index.shelves import SHELVES

revision = "0018_search_reaches"
down_revision = "0017_loaded_files"

OPEN = 9007199254740991
AT_ONCE = 1000
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
    "journal",
    "calendar_day",
)
LOG = sa.table(
    "change_log",
    sa.column("seq", sa.BigInteger),
    sa.column("subject_type", sa.Text),
    sa.column("subject_id", ID),
    sa.column("body", sa.Text),
)
"""What each version says; null where it was redacted."""

Span = tuple[int, str, int, int, str, str]
"""(number of the text, subject, from, to, text, initials)."""


def upgrade() -> None:
    store = op.get_bind()
    for subject_type in SEARCHED:
        _search_anew(store, subject_type)


def downgrade() -> None:
    """Leave them: the release before finds all but what has joints, and writes its own form."""


def _search_anew(store: sa.Connection, subject_type: str) -> None:
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
    wanted = list(_spans(store, subject_type))
    there = {tuple(row) for row in store.execute(sa.select(*texts.c))}
    if there == set(wanted):
        return
    store.execute(texts.delete())
    store.execute(grams.delete())
    _insert(store, texts, wanted)
    pieces = {(gram, sid) for sid, *_, norm, initials in wanted for gram in _grams(norm, initials)}
    _insert(store, grams, sorted(pieces))


def _spans(store: sa.Connection, subject_type: str) -> Iterator[Span]:
    """Give what is searched of a type: a span for each text, and not for each version."""
    found = store.execute(
        sa.select(LOG.c.subject_id, LOG.c.seq, LOG.c.body)
        .where(LOG.c.subject_type == subject_type)
        .order_by(LOG.c.subject_id, LOG.c.seq)
    )
    for subject_id, rows in groupby(found, key=lambda row: str(row.subject_id)):
        open_span: tuple[int, Searched] | None = None
        for row in rows:
            text = _searched(subject_type, row.body)
            if open_span is not None and open_span[1] == text:
                continue
            if open_span is not None:
                yield _span(subject_id, open_span, row.seq)
            open_span = None if text is None else (row.seq, text)
        if open_span is not None:
            yield _span(subject_id, open_span, OPEN)


def _searched(subject_type: str, body: str | None) -> Searched | None:
    texts = SHELVES[subject_type].texts
    return None if body is None or texts is None else searched(texts(json.loads(body)))


def _span(subject_id: str, of: tuple[int, Searched], seq_to: int) -> Span:
    seq_from, text = of
    sid = text.text_id(UUID(subject_id))
    return sid, subject_id, seq_from, seq_to, text.norm, text.initials


def _grams(norm: str, initials: str) -> set[str]:
    return Searched(norm, initials).grams()


def _insert(store: sa.Connection, table: sa.TableClause, rows: Iterable[tuple[Any, ...]]) -> None:
    names = [column.name for column in table.c]
    kept = [dict(zip(names, row, strict=True)) for row in rows]
    for start in range(0, len(kept), AT_ONCE):
        store.execute(table.insert(), kept[start : start + AT_ONCE])
