# ruff: noqa: S608 - only the list of columns is put into the statements; every value is bound.
"""The append-only log: by number the feed, by subject the history; it holds the facts.

Text is stored as it was hashed and handed out as it is stored.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from changefeed.chain import GENESIS, canonical, wire_instant
from changefeed.change import Actor, Change
from ieum_registry.domain.disclosure import is_told_whole_to_parties
from ieum_registry.operations.ports.records import FeedPage, Head, HistoryPage, Sought
from ieum_registry.operations.ports.scope import Scope
from ieum_registry.operations.verify import StoredChange, Unreadable
from ieum_registry.storage.database.database import Database
from ieum_registry.storage.database.writing import Row, WriteTransaction, Writing
from ieum_registry.storage.index.part import OPEN, Part, both
from ieum_registry.storage.index.spans import Sight, Spans

COLUMNS = (
    "seq",
    "at",
    "actor_id",
    "actor_role",
    "actor_on_behalf_of",
    "kind",
    "schema",
    "subject_type",
    "subject_id",
    "version",
    "body",
    "reason",
    "salt",
    "disclosed",
    "disclosed_salt",
    "body_hash",
    "disclosed_hash",
    "prev_hash",
    "hash",
)
REDACTED_BY = (
    f"SELECT r.seq_from FROM redaction_span r WHERE r.redacts = l.seq AND r.seq_to = {OPEN}"
)
"""The number of the redaction of the entry `l`."""
_TEXTS = tuple(
    number
    for number, name in enumerate(COLUMNS)
    if name.startswith(("actor_", "kind", "subject_", "reason")) or name in ("body", "disclosed")
)
"""Where the columns stand that hold text and are taken as they are."""
_NAMES = ", ".join(f'l."{name}"' for name in COLUMNS)


@dataclass(frozen=True, slots=True)
class LogEnd:
    """The newest entry, as the next one needs it; all zeros before the first."""

    seq: int
    hash: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class RedactedVersion:
    """An entry that was redacted, the number of its redaction, and whether strangers read it."""

    seq: int
    by: int
    was_disclosed: bool


NOTHING_YET = LogEnd(0, GENESIS, datetime.min.replace(tzinfo=UTC))
_END = "SELECT seq, hash, at FROM change_log ORDER BY seq DESC LIMIT 1"


def log_end(rows: Sequence[Row]) -> LogEnd:
    """Read what the query for the newest entry gave."""
    if not rows:
        return NOTHING_YET
    ((seq, digest, at),) = rows
    return LogEnd(int(seq), bytes(digest), datetime.fromisoformat(at))


def end_within(writing: Writing) -> LogEnd:
    """Give the newest entry within a write transaction."""
    return log_end(writing.rows(_END))


def end_alone(writing: WriteTransaction) -> LogEnd:
    """Give the newest entry once nobody else is numbering; nobody will be until the commit."""
    return log_end(writing.rows_as_sole_writer(_END))


def append(writing: Writing, changes: Sequence[StoredChange]) -> None:
    """Append numbered and hashed entries."""
    writing.insert("change_log", COLUMNS, [_row(change) for change in changes])


def _row(entry: StoredChange) -> Row:
    return (
        entry.seq,
        wire_instant(entry.at),
        entry.actor.id,
        entry.actor.role,
        entry.actor.on_behalf_of,
        entry.kind,
        entry.schema,
        entry.subject_type,
        str(entry.subject_id),
        entry.version,
        entry.body,
        entry.reason,
        entry.salt,
        entry.disclosed,
        entry.disclosed_salt,
        entry.body_hash,
        entry.disclosed_hash,
        entry.prev_hash,
        entry.hash,
    )


def stored_change(row: Row) -> StoredChange:
    """Read one row of the log, columns in their order."""
    return StoredChange(
        seq=int(row[0]),
        at=datetime.fromisoformat(row[1]),
        actor=Actor(row[2], row[3], row[4]),
        kind=row[5],
        schema=int(row[6]),
        subject_type=row[7],
        subject_id=UUID(str(row[8])),
        version=int(row[9]),
        body=row[10],
        reason=row[11],
        salt=_bytes(row[12]),
        disclosed=row[13],
        disclosed_salt=_bytes(row[14]),
        body_hash=bytes(row[15]),
        disclosed_hash=_bytes(row[16]),
        prev_hash=bytes(row[17]),
        hash=bytes(row[18]),
    )


def _as_written(row: Row) -> StoredChange | Unreadable:
    """Read one row of the log if each of its columns is as `append` writes it."""
    plain = (*row[:8], str(row[8]), *row[9:])
    try:
        entry = stored_change(row)
        written = _row(entry)
    except (ValueError, TypeError, OverflowError):
        return Unreadable(int(row[0]))
    is_same = all(
        one == other and type(one) is type(other) for one, other in zip(written, plain, strict=True)
    )
    has_texts = all(isinstance(plain[each], str | None) for each in _TEXTS)
    return entry if is_same and has_texts else Unreadable(entry.seq)


def as_change(entry: StoredChange) -> Change:
    """Give a stored entry as followers know it."""
    return Change(
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        kind=entry.kind,
        schema=entry.schema,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        version=entry.version,
        body=None if entry.body is None else json.loads(entry.body),
        reason=entry.reason,
        salt=entry.salt,
        disclosed=None if entry.disclosed is None else json.loads(entry.disclosed),
        disclosed_salt=entry.disclosed_salt,
        body_hash=entry.body_hash,
        disclosed_hash=entry.disclosed_hash,
        prev_hash=entry.prev_hash,
        hash=entry.hash,
    )


class Log:
    """The log of one database, to be read."""

    def __init__(self, database: Database, spans: Spans) -> None:
        self._database = database
        self._spans = spans
        self._genesis: bytes | None = None

    def head(self) -> Head:
        """Give how far the log reaches."""
        end = self.end()
        return Head(end.seq, end.hash.hex())

    def genesis(self) -> bytes | None:
        """Give the hash of the first entry; read until there is one, for it never changes."""
        if self._genesis is None:
            rows = self._database.rows("SELECT hash FROM change_log WHERE seq = 1")
            self._genesis = bytes(rows[0][0]) if rows else None
        return self._genesis

    def end(self) -> LogEnd:
        """Give the newest entry."""
        return log_end(self._database.rows(_END))

    def seq_at(self, instant: datetime) -> int:
        """Give the last entry made at or before an instant."""
        rows = self._database.rows(
            "SELECT seq FROM change_log WHERE at <= ? ORDER BY at DESC, seq DESC LIMIT 1",
            [wire_instant(instant)],
        )
        return int(rows[0][0]) if rows else 0

    def redaction_of(
        self, subject_type: str, subject_id: UUID, known_at: int | None
    ) -> RedactedVersion | None:
        """Give the newest version of a subject by then, if it was redacted."""
        where = both(
            [
                Part("l.subject_id = ? AND l.subject_type = ?", [str(subject_id), subject_type]),
                *([] if known_at is None else [Part("l.seq <= ?", [known_at])]),
            ]
        )
        rows = self._database.rows(
            f"SELECT l.seq, ({REDACTED_BY}), l.disclosed_hash FROM change_log l WHERE {where.sql}"
            " ORDER BY l.version DESC LIMIT 1",
            where.values,
        )
        if not rows or rows[0][1] is None:
            return None
        ((seq, by, digest),) = rows
        return RedactedVersion(int(seq), int(by), digest is not None)

    def feed(self, after: int, *, limit: int, scope: Scope) -> FeedPage:
        """Give the entries after a number as the texts that travel."""
        rows = self._database.rows(
            f"SELECT {_NAMES} FROM change_log l WHERE l.seq > ? ORDER BY l.seq LIMIT ?",
            [after, limit],
        )
        hidden = self._hidden(rows, self._spans.sight(scope))
        items = tuple(_travelling(row, is_hidden=row[0] in hidden) for row in rows)
        if not rows:
            # Whoever is further than the log, as after a restored backup, must be able to see it.
            return FeedPage(items, after, self.head().seq)
        last = int(rows[-1][0])
        # A page that is not full ends at the head that it was read at.
        return FeedPage(items, last, last if len(rows) < limit else max(last, self.head().seq))

    def history(
        self, sought: Sought, *, before: int | None, limit: int, scope: Scope
    ) -> HistoryPage:
        """Give the entries that are looked for, newest first, with what each subject was before.

        What the scope shows nothing of is not there: neither told, nor counted, nor paged over.
        """
        sight = self._spans.sight(scope)
        in_sight = [] if sight is None else [self._spans.told_of(sight)]
        where = both([self._sought(sought), *in_sight])
        found: list[Row] = []
        hidden: frozenset[int] = frozenset()
        while len(found) <= limit:
            rows = self._older(where, before, limit + 1)
            unseen = self._hidden(rows, sight)
            hidden |= unseen
            # Of people who were elsewhere then, only their own entries say so.
            found += [row for row in rows if row[0] not in unseen or _tells_the_public(row)]
            if len(rows) <= limit:
                break
            before = int(rows[-1][0])
        shown = found[:limit]
        items = []
        for row in shown:
            is_hidden = row[0] in hidden
            entry = _travelling(row, is_hidden=is_hidden)
            of_before = _of_before(row, sight, is_hidden=is_hidden)
            redacted_by = row[len(COLUMNS) + 2] or "null"
            items.append(
                f'{{"entry":{entry},"previous":{of_before or "null"},"redacted_by":{redacted_by}}}'
            )
        more = int(shown[-1][0]) if len(found) > limit else None
        return HistoryPage(tuple(items), more, self.head().seq)

    def _older(self, where: Part, before: int | None, limit: int) -> Sequence[Row]:
        """Give the entries that meet a condition before a number, each with what was before it."""
        asked = both([where, *([Part("l.seq < ?", [before])] if before else [])])
        return self._database.rows(
            f"SELECT {_NAMES}, b.body, b.disclosed, ({REDACTED_BY})"
            " FROM change_log l LEFT JOIN change_log b"
            " ON b.subject_id = l.subject_id AND b.version = l.version - 1"
            f" WHERE {asked.sql} ORDER BY l.seq DESC LIMIT ?",
            [*asked.values, limit],
        )

    def _sought(self, sought: Sought) -> Part:
        """Write what is looked for as one condition."""
        texts = {
            "l.subject_type = ?": sought.subject_type,
            "l.kind = ?": sought.kind,
            "l.actor_role = ?": sought.role,
            "l.at >= ?": None if sought.since is None else wire_instant(sought.since),
            "l.at < ?": None if sought.until is None else wire_instant(sought.until),
        }
        parts = [Part(sql, [value]) for sql, value in texts.items() if value is not None]
        if sought.subjects:
            parts.append(self._spans.among("l.subject_id", [str(each) for each in sought.subjects]))
        return both([Part("1 = 1"), *parts])

    def _hidden(self, rows: Sequence[Row], sight: Sight | None) -> frozenset[int]:
        """Find the entries whose body is not in sight, as things stand today.

        A body is hashed as a whole: of a type that is not all told to its parties they get none.
        """
        if sight is None:
            return frozenset()
        by_type: dict[str, set[str]] = {}
        for row in rows:
            by_type.setdefault(row[7], set()).add(str(row[8]))
        seen = {
            (subject_type, each)
            for subject_type, ids in by_type.items()
            if is_told_whole_to_parties(subject_type)
            for each in self._spans.seen_whole(subject_type, sorted(ids), sight)
        }
        return frozenset(
            int(row[0])
            for row in rows
            if (row[7], str(row[8])) not in seen or _was_elsewhere(row, sight)
        )

    def stored(self) -> Iterator[StoredChange | Unreadable]:
        """Give the whole log in order, without holding it in memory."""
        rows = self._database.stream(f"SELECT {_NAMES} FROM change_log l ORDER BY l.seq")
        return (_as_written(row) for row in rows)


def _tells_the_public(row: Row) -> bool:
    """Say whether an entry disclosed anything when it was made, redacted since or not."""
    return row[COLUMNS.index("disclosed_hash")] is not None


def _of_before(row: Row, sight: Sight | None, *, is_hidden: bool) -> str | None:
    """Give the facts of the version before, as far as they are in sight; None for none."""
    body, disclosed = row[len(COLUMNS)], row[len(COLUMNS) + 1]
    told: str | None = disclosed if is_hidden else body
    earlier = (*row[:10], body, *row[11:])
    return None if not is_hidden and _was_elsewhere(earlier, sight) else told


def _was_elsewhere(row: Row, sight: Sight | None) -> bool:
    """Say whether an entry tells of people at a place out of sight, whoever has them now."""
    body = row[10]
    if row[7] not in ("contact", "seat") or sight is None or body is None:
        return False
    return not sight.tells_of(row[7], json.loads(body))


_WITH_BODY_BEFORE = (
    f"SELECT {_NAMES}, b.body FROM change_log l LEFT JOIN change_log b"
    " ON b.subject_id = l.subject_id AND b.version = l.version - 1"
)


def with_bodies_before(
    writing: Writing, after: int, limit: int
) -> list[tuple[StoredChange | Unreadable, str | None]]:
    """Give entries in order, each with the body of the version before; None if there is none."""
    rows = writing.rows(
        f"{_WITH_BODY_BEFORE} WHERE l.seq > ? ORDER BY l.seq LIMIT ?", [after, limit]
    )
    return [(_as_written(row[:19]), row[19]) for row in rows]


def versions_with_bodies_before(
    writing: Writing, subject_id: UUID
) -> list[tuple[StoredChange, str | None]]:
    """Give all entries of one subject in the same way."""
    rows = writing.rows(
        f"{_WITH_BODY_BEFORE} WHERE l.subject_id = ? ORDER BY l.version", [str(subject_id)]
    )
    return [(stored_change(row), row[19]) for row in rows]


def _travelling(row: Row, *, is_hidden: bool) -> str:
    """Write one entry as it travels, its texts as they are stored.

    Equal to `canonical(to_wire(change))` up to the order of keys, at a tenth of the cost.
    """
    actor = canonical({"id": row[2], "role": row[3], "on_behalf_of": row[4]})
    body, reason, salt = (None, None, None) if is_hidden else (row[10], row[11], row[12])
    return (
        f'{{"seq":{row[0]},"at":"{row[1]}","actor":{actor},"kind":"{row[5]}","schema":{row[6]},'
        f'"subject_type":"{row[7]}","subject_id":"{row[8]}","version":{row[9]},'
        f'"body":{body or "null"},"reason":{canonical(reason)},"salt":{_hex(salt)},'
        f'"disclosed":{row[13] or "null"},"disclosed_salt":{_hex(row[14])},'
        f'"body_hash":{_hex(row[15])},"disclosed_hash":{_hex(row[16])},'
        f'"prev_hash":{_hex(row[17])},"hash":{_hex(row[18])}}}'
    )


def _hex(value: bytes | None) -> str:
    return "null" if value is None else f'"{bytes(value).hex()}"'


def _bytes(value: bytes | None) -> bytes | None:
    return None if value is None else bytes(value)
