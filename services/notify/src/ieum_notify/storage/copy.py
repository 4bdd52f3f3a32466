"""The copy of facts, and the bookmark that moves with it in one transaction."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.engine import Connection, Engine, RowMapping

from changefeed.chain import GENESIS
from changefeed.change import Change
from changefeed.kinds import retracts
from ieum_notify.domain.facts import Record, Subject
from ieum_notify.domain.hours import Hours
from ieum_notify.domain.known import Known
from ieum_notify.operations.ports import Bookmark, FeedPage
from ieum_notify.storage.dialect import insert_or_leave, insert_or_replace, see_one_moment
from ieum_notify.storage.rows import ids_by_type
from ieum_notify.storage.tables import BOOKMARK, FACTS
from sqlstore.engine import reading

NOT_KEPT = ("load", "redaction")
"""Subject types of no use here. Of contacts the log holds consent alone, no name and no address."""

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was known of one copy as of one bookmark.

    Attributes:
        copy: Which copy; another one may hold another history under the same numbers.
    """

    copy: UUID | None
    mark: Bookmark
    known: Known


class StoredCopy:
    """The facts of every subject as last heard.

    Args:
        planned_from: The subject types that `known` gives.
        new_id: Draws the id of a copy that begins.
        hours: When letters may go out.
    """

    def __init__(
        self,
        engine: Engine,
        planned_from: Sequence[str],
        new_id: Callable[[], UUID],
        hours: Hours,
    ) -> None:
        self._hours = hours
        self._engine = engine
        self._planned_from = frozenset(planned_from)
        self._is_planned_from = FACTS.c.subject_type.in_(planned_from)
        self._new_id = new_id
        self._lock = Lock()
        self._remembered: Remembered | None = None

    def mark(self) -> Bookmark:
        """Say how far the copy reaches; from zero if nothing was copied yet."""
        with reading(self._engine) as connection:
            return _mark(connection)

    def apply(self, mark: Bookmark, page: FeedPage, now: datetime) -> bool:
        """Store a page's facts and move the bookmark, if it still is where the page begins."""
        last = page.changes[-1] if page.changes else None
        seq, hash_ = (last.seq, last.hash) if last else (mark.seq, mark.hash)
        with self._engine.begin() as connection:
            values = {
                "seq": seq,
                "hash": hash_,
                "head": page.head,
                "read_at": now,
                "genesis": page.genesis,
            }
            start = {"id": 1, "seq": 0, "hash": GENESIS, "head": 0, "copy": self._new_id()}
            connection.execute(insert_or_leave(connection, BOOKMARK, BOOKMARK.c.id), start)
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
        """Give what the planner needs; only what changed since the last time is read."""
        with self._lock, reading(self._engine) as connection:
            see_one_moment(connection)
            self._remembered = self._as_of_now(connection, self._remembered)
            return self._remembered.known

    def _as_of_now(self, connection: Connection, before: "Remembered | None") -> "Remembered":
        copy, mark = _copy(connection), _mark(connection)
        if before is None or copy is None or copy != before.copy:
            everything = select(FACTS).where(self._is_planned_from)
            known = Known.of(_records(connection.execute(everything).mappings()))
            return Remembered(copy, mark, replace(known, hours=self._hours))
        if mark == before.mark:
            return before
        return Remembered(copy, mark, self._caught_up(connection, before))

    def _caught_up(self, connection: Connection, before: "Remembered") -> Known:
        # By number alone: SQLite would take the types to be the narrower condition.
        newer = select(FACTS).where(FACTS.c.seq > before.mark.seq)
        fresh = _records(connection.execute(newer).mappings())
        known = before.known.changed(
            {about: record for about, record in fresh.items() if about.type in self._planned_from}
        )
        gone = self._gone(connection, known.records)
        return known.changed(gone) if gone else known

    def _gone(self, connection: Connection, known: Mapping[Subject, Record]) -> dict[Subject, None]:
        """Find what was taken away: if anything was, more is known than is there."""
        there = select(func.count()).select_from(FACTS).where(self._is_planned_from)
        if connection.execute(there).scalar_one() == len(known):
            return {}
        keys = select(FACTS.c.subject_type, FACTS.c.subject_id).where(self._is_planned_from)
        return dict.fromkeys(known.keys() - {Subject(*row) for row in connection.execute(keys)})

    def records(self, subjects: Iterable[Subject]) -> dict[Subject, Record]:
        """Give the copied facts of some subjects; unknown ones are absent."""
        found: dict[Subject, Record] = {}
        with reading(self._engine) as connection:
            for which in _by_type(subjects):
                found |= _records(connection.execute(select(FACTS).where(which)).mappings())
        return found


def _copy(connection: Connection) -> UUID | None:
    return connection.execute(select(BOOKMARK.c.copy)).scalar_one_or_none()


def _mark(connection: Connection) -> Bookmark:
    columns = (BOOKMARK.c.seq, BOOKMARK.c.hash, BOOKMARK.c.genesis)
    row = connection.execute(select(*columns)).first()
    if row is None:
        return Bookmark(0, GENESIS)
    return Bookmark(row.seq, bytes(row.hash), None if row.genesis is None else bytes(row.genesis))


def _records(rows: Iterable[RowMapping]) -> dict[Subject, Record]:
    return {
        Subject(row["subject_type"], row["subject_id"]): Record(
            row["version"], json.loads(row["body"])
        )
        for row in rows
    }


def _store(connection: Connection, changes: Sequence[Change]) -> None:
    """Keep each subject's newest facts.

    An entry without a body, or one that retracts its subject, takes what was copied away.
    """
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
        if not _is_gone(change)
    ]
    gone = [Subject(*pair) for pair, change in newest.items() if _is_gone(change)]
    for start in range(0, len(kept), _CHUNK):
        insert = insert_or_replace(
            connection,
            FACTS,
            FACTS.c.subject_type,
            FACTS.c.subject_id,
            replace=("version", "seq", "body"),
        )
        connection.execute(insert, kept[start : start + _CHUNK])
    for which in _by_type(gone):
        connection.execute(delete(FACTS).where(which))


def _is_gone(change: Change) -> bool:
    return change.body is None or retracts(change.kind)


def _by_type(subjects: Iterable[Subject]) -> Iterator[ColumnElement[bool]]:
    """Give conditions that together mean some subjects, each of one type."""
    for subject_type, ids in ids_by_type(subjects).items():
        for start in range(0, len(ids), _CHUNK):
            some = FACTS.c.subject_id.in_(ids[start : start + _CHUNK])
            yield and_(FACTS.c.subject_type == subject_type, some)
