# ruff: noqa: S608 - the statements are fixed; every value is bound.
"""Who looked at people and whose call was denied: beside the log, as it can be forgotten."""

from collections.abc import Sequence
from datetime import datetime

from changefeed.chain import wire_instant
from httpedge.access_record import Counted
from ieum_registry.operations.ports.access import AccessPage, AccessRecord, AccessSought
from ieum_registry.storage.database.database import Database
from ieum_registry.storage.database.writing import Row
from ieum_registry.storage.index.part import Part, both

_COLUMNS = (
    "key",
    "first_at",
    "last_at",
    "times",
    "account",
    "role",
    "address",
    "act",
    "outcome",
    "subjects",
    "reason",
)
_NAMES = ", ".join(f'a."{each}"' for each in _COLUMNS)


class StoredAccess:
    """The record of access of one store; satisfies `AccessRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, records: Sequence[Counted]) -> None:
        """Keep records; what is there already counts on."""
        names = ", ".join(f'"{each}"' for each in _COLUMNS)
        marks = ", ".join("?" * len(_COLUMNS))
        statement = (
            f"INSERT INTO access_record ({names}) VALUES ({marks}) ON CONFLICT (key) DO UPDATE"
            " SET times = access_record.times + excluded.times, last_at = excluded.last_at"
        )
        with self._database.writing() as writing:
            writing.change_each(statement, [_row(each) for each in records])

    def page(
        self, sought: AccessSought, *, after: tuple[str, str] | None, limit: int
    ) -> AccessPage:
        """Give the records that are looked for, the newest first."""
        texts = {
            "a.account = ?": sought.account,
            "a.outcome = ?": sought.outcome,
            "a.first_at >= ?": None if sought.since is None else wire_instant(sought.since),
            "a.first_at < ?": None if sought.until is None else wire_instant(sought.until),
        }
        where = [Part("1 = 1")]
        where += [Part(sql, [value]) for sql, value in texts.items() if value is not None]
        if sought.taken is not None:
            where.append(Part("a.reason <> ''" if sought.taken else "a.reason = ''"))
        if sought.subject is not None:
            where.append(Part("a.subjects LIKE ?", [f"%{sought.subject}%"]))
        if after is not None:
            where.append(Part("(a.first_at, a.key) < (?, ?)", list(after)))
        query = (
            Part(f"SELECT {_NAMES} FROM access_record a WHERE ")
            + both(where)
            + Part(f" ORDER BY a.first_at DESC, a.key DESC LIMIT {int(limit) + 1}")
        )
        rows = self._database.rows(query.sql, query.values)
        shown = rows[:limit]
        further = (shown[-1][1], shown[-1][0]) if len(rows) > limit else None
        return AccessPage(tuple(map(_record, shown)), further)

    def forget_before(self, instant: datetime) -> int:
        """Forget what is older; gives how many records went."""
        with self._database.writing() as writing:
            return writing.run(
                "DELETE FROM access_record WHERE first_at < ?", [wire_instant(instant)]
            )


def _row(each: Counted) -> tuple[object, ...]:
    access = each.access
    return (
        each.key,
        wire_instant(each.first_at),
        wire_instant(each.last_at),
        each.times,
        access.account,
        access.role,
        access.address,
        access.act,
        access.outcome,
        " ".join(access.subjects),
        access.reason,
    )


def _record(row: Row) -> AccessRecord:
    _, first_at, last_at, times, account, role, address, act, outcome, subjects, reason = row
    ids = tuple(subjects.split())
    return AccessRecord(
        first_at, last_at, int(times), account, role, address, act, outcome, ids, reason
    )
