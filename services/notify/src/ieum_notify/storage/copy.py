"""The copy of facts, and the bookmark that moves with it in one transaction."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from threading import Lock

from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.engine import Connection, Engine, RowMapping

from changefeed.chain import GENESIS
from changefeed.change import Change
from ieum_notify.domain.facts import Record, Subject
from ieum_notify.domain.known import Known
from ieum_notify.operations.ports import Bookmark, FeedPage
from ieum_notify.storage.dialect import insert_or_leave, insert_or_replace
from ieum_notify.storage.tables import BOOKMARK, FACTS
from sqlstore.engine import reading

NOT_KEPT = ("load",)
"""Subject types of no use here. Of contacts the log holds consent alone, no name and no address."""

_CHUNK = 500


class StoredCopy:
    """The facts of every subject as last heard.

    Args:
        planned_from: The subject types that `known` gives.
    """

    def __init__(self, engine: Engine, planned_from: Sequence[str]) -> None:
        self._engine = engine
        self._planned_from = tuple(planned_from)
        self._lock = Lock()
        self._known: tuple[Bookmark, Known] | None = None

    def mark(self) -> Bookmark:
        """Say how far the copy reaches; from zero if nothing was copied yet."""
        with reading(self._engine) as connection:
            return _mark(connection)

    def apply(self, mark: Bookmark, page: FeedPage, now: datetime) -> bool:
        """Store a page's facts and move the bookmark, if it still is where the page begins."""
        last = page.changes[-1] if page.changes else None
        seq, hash_ = (last.seq, last.hash) if last else (mark.seq, mark.hash)
        with self._engine.begin() as connection:
            values = {"seq": seq, "hash": hash_, "head": page.head, "read_at": now}
            connection.execute(insert_or_leave(connection, BOOKMARK, BOOKMARK.c.id), _START)
            moved = connection.execute(
                update(BOOKMARK)
                .where(BOOKMARK.c.seq == mark.seq, BOOKMARK.c.hash == mark.hash)
                .values(**values)
            )
            if moved.rowcount != 1:
                return False
            _store(connection, page.changes)
        return True

    def is_whole(self) -> bool:
        """Say whether the copy reached the head that it last saw; never while it fills."""
        with reading(self._engine) as connection:
            row = connection.execute(select(BOOKMARK.c.seq, BOOKMARK.c.head)).first()
            return row is not None and row.seq >= row.head

    def forget(self) -> None:
        """Throw the copy away and begin again from the first change."""
        with self._engine.begin() as connection:
            connection.execute(delete(FACTS))
            connection.execute(delete(BOOKMARK))

    def known(self) -> Known:
        """Give what the planner needs; made anew only when the bookmark has moved."""
        with self._lock, reading(self._engine) as connection:
            mark = _mark(connection)
            if self._known is None or self._known[0] != mark:
                found = select(FACTS).where(FACTS.c.subject_type.in_(self._planned_from))
                self._known = (mark, Known.of(_records(connection.execute(found).mappings())))
            return self._known[1]

    def records(self, subjects: Iterable[Subject]) -> dict[Subject, Record]:
        """Give the copied facts of some subjects; unknown ones are absent."""
        wanted = [(subject.type, subject.id) for subject in subjects]
        if not wanted:
            return {}
        pair = tuple_(FACTS.c.subject_type, FACTS.c.subject_id)
        with reading(self._engine) as connection:
            return _records(connection.execute(select(FACTS).where(pair.in_(wanted))).mappings())


_START = {"id": 1, "seq": 0, "hash": GENESIS, "head": 0}


def _mark(connection: Connection) -> Bookmark:
    row = connection.execute(select(BOOKMARK.c.seq, BOOKMARK.c.hash)).first()
    return Bookmark(row.seq, bytes(row.hash)) if row else Bookmark(0, GENESIS)


def _records(rows: Iterable[RowMapping]) -> dict[Subject, Record]:
    return {
        Subject(row["subject_type"], row["subject_id"]): Record(
            row["version"], json.loads(row["body"])
        )
        for row in rows
    }


def _store(connection: Connection, changes: Sequence[Change]) -> None:
    """Keep each subject's newest facts; an entry without a body takes what was copied away."""
    newest = {
        (change.subject_type, change.subject_id): change
        for change in changes
        if change.subject_type not in NOT_KEPT
    }
    kept = [
        {
            "subject_type": change.subject_type,
            "subject_id": change.subject_id,
            "version": change.version,
            "seq": change.seq,
            "body": json.dumps(change.body, ensure_ascii=False, separators=(",", ":")),
        }
        for change in newest.values()
        if change.body is not None
    ]
    gone = [pair for pair, change in newest.items() if change.body is None]
    for start in range(0, len(kept), _CHUNK):
        insert = insert_or_replace(
            connection,
            FACTS,
            FACTS.c.subject_type,
            FACTS.c.subject_id,
            replace=("version", "seq", "body"),
        )
        connection.execute(insert, kept[start : start + _CHUNK])
    if gone:
        pair = tuple_(FACTS.c.subject_type, FACTS.c.subject_id)
        connection.execute(delete(FACTS).where(pair.in_(gone)))
