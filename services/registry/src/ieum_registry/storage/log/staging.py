# ruff: noqa: S608 - only lists of columns are put into the statements; every value is bound.
"""Imports on their way: sheets, what their lines would do, and what became of each record.

They are beside the log, as they can be forgotten. What became of a record is written in the
transaction of its entries, so it is known exactly if the entries are there.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from changefeed.chain import wire_instant
from changefeed.change import Actor
from changefeed.mapping import from_facts, to_facts
from ieum_registry.domain.errors import NotFound, Stale
from ieum_registry.operations.importing.choices import Choices
from ieum_registry.operations.ports.idempotency import KeyUse, Remembered
from ieum_registry.operations.ports.imports import (
    WORKED_ON,
    Checked,
    Claim,
    Found,
    Import,
    ImportState,
    Lease,
    LeaseLost,
    Outcome,
    Page,
    Planned,
    Settled,
    StagedRow,
)
from ieum_registry.storage.database.database import Database
from ieum_registry.storage.database.writing import Row, Writing

from .idempotency import settle as settle_key

AT_ONCE = 2000
"""So many rows are staged in one transaction: other writers take their turns in between."""

_IMPORT = (
    "id",
    "version",
    "state",
    "name",
    "sha256",
    "maker_id",
    "maker_role",
    "mover_id",
    "mover_role",
    "made_at",
    "changed_at",
    "choices",
    "found",
    "receipt_id",
)
_NAMES = ", ".join(f'i."{each}"' for each in _IMPORT)
_STAGED = ("import_row", "import_record")
_ROW = ("import_id", "checked", "place", "state", "said")
_RECORD = (
    "import_id",
    "checked",
    "position",
    "line",
    "subject_type",
    "subject_id",
    "seen",
    "facts",
    "before",
)
_PLANNED = ", ".join(f'r."{each}"' for each in _RECORD[2:])
_LIVE = "r.import_id = i.id AND r.checked = i.checked"
"""What the last check staged; rows of one that was overtaken are never looked at."""


class StoredImports:
    """The imports of one store; satisfies `Imports`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._is_one_of = database.dialect.in_list

    def add(
        self, new: Import, data: bytes, lease: Lease | None = None, key: KeyUse | None = None
    ) -> None:
        """Stage a sheet as it came."""
        columns = (*_IMPORT, "checked", "data", "token", "lease_until")
        row = (*_import_row(new), 0, data, *_lease_row(lease))
        with self._database.writing() as writing:
            writing.insert("import_sheet", columns, [row])
            if key is not None:
                settle_key(writing, key, Remembered("import", new.id, new.version, seq=0))

    def one(self, import_id: UUID) -> Import:
        """Give one."""
        found = self._imports("i.id = ?", [str(import_id)], 1)
        if not found:
            raise NotFound("import", import_id)
        return self._with_progress(found[0])

    def data(self, import_id: UUID) -> bytes:
        """Give the sheet as it came."""
        rows = self._database.rows("SELECT data FROM import_sheet WHERE id = ?", [str(import_id)])
        if not rows:
            raise NotFound("import", import_id)
        return bytes(rows[0][0])

    def page(self, *, before: UUID | None, limit: int) -> Sequence[Import]:
        """Give some, the latest first: ids are drawn in the order of time."""
        where, values = ("1 = 1", []) if before is None else ("i.id < ?", [str(before)])
        return [self._with_progress(each) for each in self._imports(where, values, limit)]

    def move(
        self,
        import_id: UUID,
        seen: int,
        state: ImportState,
        *,
        choices: Choices | None,
        by: Actor,
        at: datetime,
        lease: Lease | None = None,
    ) -> Import:
        """Put one into a state, perhaps with other decisions."""
        with self._database.writing() as writing:
            said = "" if choices is None else ", choices = ?"
            values: list[Any] = [state, by.id, by.role, wire_instant(at), *_lease_row(lease)]
            values += [] if choices is None else [_text(choices)]
            moved = writing.run(
                "UPDATE import_sheet SET version = version + 1, state = ?, mover_id = ?,"
                f" mover_role = ?, changed_at = ?, token = ?, lease_until = ?{said}"
                " WHERE id = ? AND version = ?",
                [*values, str(import_id), seen],
            )
        now = self.one(import_id)
        if not moved:
            raise Stale(seen, now.version)
        return now

    def stage(self, claim: Claim, version: int, checked: Checked, at: datetime) -> None:
        """Keep what a check found in place of the check before, and open the import."""
        import_id = claim.id
        rows = [_staged_row(import_id, version, each) for each in checked.rows]
        records = [_record_row(import_id, version, each) for each in checked.records]
        # What a check left behind that was killed in the middle of this.
        for table in _STAGED:
            with self._database.writing() as writing:
                _must_hold(writing, claim)
                _clear(writing, table, import_id, "checked = ?", version)
        for table, columns, many in (
            ("import_row", _ROW, rows),
            ("import_record", _RECORD, records),
        ):
            for start in range(0, len(many), AT_ONCE):
                with self._database.writing() as writing:
                    _must_hold(writing, claim)
                    writing.insert(table, columns, many[start : start + AT_ONCE])
        with self._database.writing() as writing:
            opened = writing.run(
                "UPDATE import_sheet SET checked = ?, found = ?, state = 'open', token = NULL,"
                " lease_until = NULL, changed_at = ? WHERE id = ? AND token = ?",
                [version, _text(checked.found), wire_instant(at), str(import_id), str(claim.token)],
            )
        if opened != 1:
            raise LeaseLost(str(import_id))
        self._clear(import_id, "checked < ?", version)

    def rows(
        self, import_id: UUID, *, state: str | None, after: int, limit: int
    ) -> Sequence[StagedRow]:
        """Give some lines in their order, after a place."""
        asked = "" if state is None else " AND r.state = ?"
        found = self._database.rows(
            f"SELECT r.said FROM import_row r JOIN import_sheet i ON {_LIVE}"
            f" WHERE i.id = ? AND r.place > ?{asked} ORDER BY r.place LIMIT ?",
            [str(import_id), after, *([] if state is None else [state]), limit],
        )
        return [from_facts(StagedRow, json.loads(said)) for (said,) in found]

    def settled(
        self, import_id: UUID, *, states: Sequence[str], after: int, limit: int
    ) -> Sequence[Settled]:
        """Give records with what became of them, in the order of writing."""
        return self._settled(import_id, states, "r.position > ?", after, "r.position", limit)

    def to_undo(self, import_id: UUID, *, limit: int) -> Sequence[Settled]:
        """Give the next records that were written, the last first."""
        return self._settled(import_id, ["written"], "r.position > ?", -1, "r.position DESC", limit)

    def to_write(
        self, import_id: UUID, *, limit: int, subject_type: str | None = None
    ) -> Sequence[Planned]:
        """Give the next records that nothing became of yet, of one type or of all."""
        of_type, asked = (
            ("", []) if subject_type is None else (" AND r.subject_type = ?", [subject_type])
        )
        return self._unwritten(import_id, of_type, asked, limit)

    def to_write_among(self, import_id: UUID, ids: Collection[UUID]) -> Sequence[Planned]:
        """Give those of some records that nothing became of yet."""
        among = f" AND {self._is_one_of('r.subject_id', 'uuid')}"
        asked = [self._database.dialect.listed([str(each) for each in ids])]
        return self._unwritten(import_id, among, asked, len(ids))

    def _unwritten(
        self, import_id: UUID, where: str, asked: Sequence[Any], limit: int
    ) -> Sequence[Planned]:
        found = self._database.rows(
            f"SELECT {_PLANNED} FROM import_record r JOIN import_sheet i ON {_LIVE}"
            f" WHERE i.id = ? AND r.outcome IS NULL{where} ORDER BY r.position LIMIT ?",
            [str(import_id), *asked, limit],
        )
        return [_planned(each) for each in found]

    def tally(self, import_id: UUID) -> Mapping[tuple[str, bool, str], int]:
        """Count the records that something became of, by type, whether new, and outcome."""
        found = self._database.rows(
            "SELECT r.subject_type, r.seen = 0, r.outcome, count(*) FROM import_record r"
            f" JOIN import_sheet i ON {_LIVE} WHERE i.id = ? AND r.outcome IS NOT NULL"
            " GROUP BY r.subject_type, r.seen = 0, r.outcome",
            [str(import_id)],
        )
        return {(kind, bool(is_new), state): int(many) for kind, is_new, state, many in found}

    def claim(self, *, token: UUID, now: datetime, lease_until: datetime) -> Claim | None:
        """Take the import that has waited longest for work and that nobody holds."""
        instant = wire_instant(now)
        waiting = f"{self._is_one_of('state', 'text')} AND (lease_until IS NULL OR lease_until < ?)"
        asked = [self._database.dialect.listed(WORKED_ON), instant]
        found = self._database.rows(
            f"SELECT id FROM import_sheet WHERE {waiting} ORDER BY changed_at, id LIMIT 1", asked
        )
        if not found:  # Most looks find nothing and take no lock.
            return None
        import_id = UUID(str(found[0][0]))
        with self._database.writing() as writing:
            taken = writing.run(
                f"UPDATE import_sheet SET token = ?, lease_until = ? WHERE id = ? AND {waiting}",
                [str(token), wire_instant(lease_until), str(import_id), *asked],
            )
        return Claim(import_id, token) if taken else None

    def keep(self, claim: Claim, until: datetime) -> None:
        """Hold an import longer."""
        with self._database.writing() as writing:
            held = writing.run(
                "UPDATE import_sheet SET lease_until = ? WHERE id = ? AND token = ?",
                [wire_instant(until), str(claim.id), str(claim.token)],
            )
        if held != 1:
            raise LeaseLost(str(claim.id))

    def release(self, claim: Claim) -> None:
        """Let others take it at once; nothing happens if it was lost."""
        with self._database.writing() as writing:
            writing.run(
                "UPDATE import_sheet SET lease_until = NULL, token = NULL"
                " WHERE id = ? AND token = ?",
                [str(claim.id), str(claim.token)],
            )

    def remembered(self, kind: str) -> Mapping[str, str]:
        """Give what was decided before, by what is written."""
        found = self._database.rows(
            "SELECT said, meant FROM import_decision WHERE kind = ?", [kind]
        )
        return {str(said): str(meant) for said, meant in found}

    def remember(self, kind: str, decided: Mapping[str, str], at: datetime) -> None:
        """Keep what was decided for the next import."""
        statement = (
            "INSERT INTO import_decision (kind, said, meant, decided_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (kind, said) DO UPDATE SET meant = excluded.meant,"
            " decided_at = excluded.decided_at"
        )
        rows = [(kind, said, decided[said], wire_instant(at)) for said in sorted(decided)]
        if rows:
            with self._database.writing() as writing:
                writing.change_each(statement, rows)

    def forget_before(self, instant: datetime) -> int:
        """Erase imports that nobody has touched since, with all that is staged of them."""
        old = self._database.rows(
            "SELECT id FROM import_sheet WHERE changed_at < ?", [wire_instant(instant)]
        )
        for (import_id,) in old:
            with self._database.writing() as writing:
                writing.run("DELETE FROM import_sheet WHERE id = ?", [str(import_id)])
        # Also what was left of one that was killed while it erased another.
        for table in _STAGED:
            with self._database.writing() as writing:
                writing.run(
                    f"DELETE FROM {table} WHERE import_id NOT IN (SELECT id FROM import_sheet)"
                )
        return len(old)

    def erase(self, import_id: UUID, seen: int) -> None:
        """Erase one, with all that is staged of it."""
        with self._database.writing() as writing:
            gone = writing.run(
                "DELETE FROM import_sheet WHERE id = ? AND version = ?", [str(import_id), seen]
            )
        if not gone:
            raise Stale(seen, self.one(import_id).version)
        self._clear(import_id, "checked >= ?", 0)

    def _clear(self, import_id: UUID, which: str, value: int) -> None:
        for table in _STAGED:
            with self._database.writing() as writing:
                _clear(writing, table, import_id, which, value)

    def _settled(
        self,
        import_id: UUID,
        states: Sequence[str],
        where: str,
        value: int,
        order: str,
        limit: int,
    ) -> Sequence[Settled]:
        found = self._database.rows(
            f"SELECT {_PLANNED}, r.outcome, r.version, r.why FROM import_record r"
            f" JOIN import_sheet i ON {_LIVE} WHERE i.id = ? AND {where} AND"
            f" {self._is_one_of('r.outcome', 'text')} ORDER BY {order} LIMIT ?",
            [str(import_id), value, self._database.dialect.listed(states), limit],
        )
        return [_settled(each) for each in found]

    def _imports(self, where: str, values: Sequence[Any], limit: int) -> list[Import]:
        rows = self._database.rows(
            f"SELECT {_NAMES} FROM import_sheet i WHERE {where} ORDER BY i.id DESC LIMIT ?",
            [*values, limit],
        )
        return [_import(each) for each in rows]

    def _with_progress(self, this: Import) -> Import:
        """Count how many records have been worked on in the present state."""
        counts = {"total": 0, "": 0, "written": 0, "left": 0, "undone": 0, "kept": 0}
        for outcome, many in self._database.rows(
            "SELECT coalesce(r.outcome, ''), count(*) FROM import_record r JOIN import_sheet i"
            f" ON {_LIVE} WHERE i.id = ? GROUP BY coalesce(r.outcome, '')",
            [str(this.id)],
        ):
            counts[outcome] = int(many)
        back = counts["undone"] + counts["kept"]
        if this.state in ("undoing", "undone"):
            return replace(this, done=back, total=back + counts["written"])
        done = counts["written"] + counts["left"]
        return replace(this, done=done, total=done + counts[""])


def _must_hold(writing: Writing, claim: Claim) -> None:
    """Make sure that an import is still held, and stays so until the transaction ends."""
    held = writing.run(
        "UPDATE import_sheet SET token = token WHERE id = ? AND token = ?",
        [str(claim.id), str(claim.token)],
    )
    if held != 1:
        raise LeaseLost(str(claim.id))


def _clear(writing: Writing, table: str, import_id: UUID, which: str, value: int) -> None:
    writing.run(f"DELETE FROM {table} WHERE import_id = ? AND {which}", [str(import_id), value])


def _lease_row(lease: Lease | None) -> Row:
    return (None, None) if lease is None else (str(lease.token), wire_instant(lease.until))


def settle(writing: Writing, page: Page) -> None:
    """Write what became of some records, in the transaction of their entries.

    Raises:
        LeaseLost: Another worker has taken the import since; nothing of the transaction stays.
    """
    state = "" if page.state is None else ", state = ?, receipt_id = coalesce(?, receipt_id)"
    values: list[Any] = [wire_instant(page.lease_until), wire_instant(page.at)]
    if page.state is not None:
        receipt = page.receipt_id
        values += [page.state, None if receipt is None else str(receipt)]
    claim = page.claim
    held = writing.run(
        f"UPDATE import_sheet SET lease_until = ?, changed_at = ?{state}"
        " WHERE id = ? AND token = ?",
        [*values, str(claim.id), str(claim.token)],
    )
    if held != 1:
        raise LeaseLost(str(claim.id))
    writing.change_each(
        "UPDATE import_record SET outcome = ?, version = ?, why = ? WHERE import_id = ?"
        " AND position = ? AND checked = (SELECT checked FROM import_sheet WHERE id = ?)",
        [
            (each.state, each.version, _why(each), str(claim.id), each.position, str(claim.id))
            for each in page.outcomes
        ],
    )


def _why(outcome: Outcome) -> str | None:
    if outcome.why is None:
        return None
    return _json({"code": outcome.why, "facts": dict(outcome.facts or {})})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _text(value: object) -> str:
    return _json(to_facts(value))


def _import_row(this: Import) -> Row:
    return (
        str(this.id),
        this.version,
        this.state,
        this.name,
        this.sha256,
        this.made_by.id,
        this.made_by.role,
        this.moved_by.id,
        this.moved_by.role,
        wire_instant(this.made_at),
        wire_instant(this.changed_at),
        _text(this.choices),
        _text(this.found),
        None if this.receipt_id is None else str(this.receipt_id),
    )


def _import(row: Row) -> Import:
    return Import(
        id=UUID(str(row[0])),
        version=int(row[1]),
        state=row[2],
        name=row[3],
        sha256=row[4],
        made_by=Actor(row[5], row[6]),
        moved_by=Actor(row[7], row[8]),
        made_at=datetime.fromisoformat(row[9]),
        changed_at=datetime.fromisoformat(row[10]),
        choices=from_facts(Choices, json.loads(row[11])),
        found=from_facts(Found, json.loads(row[12])),
        receipt_id=None if row[13] is None else UUID(str(row[13])),
    )


def _staged_row(import_id: UUID, version: int, row: StagedRow) -> Row:
    return (str(import_id), version, row.place, row.state, _text(row))


def _record_row(import_id: UUID, version: int, record: Planned) -> Row:
    return (
        str(import_id),
        version,
        record.position,
        record.line,
        record.subject_type,
        str(record.subject_id),
        record.seen,
        _json(record.facts),
        None if record.before is None else _json(record.before),
    )


def _planned(row: Row) -> Planned:
    position, line, subject_type, subject_id, seen, facts, before = row
    return Planned(
        int(position),
        None if line is None else int(line),
        subject_type,
        UUID(str(subject_id)),
        int(seen),
        json.loads(facts),
        None if before is None else json.loads(before),
    )


def _settled(row: Row) -> Settled:
    planned, (outcome, version, why) = _planned(row[:7]), row[7:]
    told: Mapping[str, Any] = {} if why is None else json.loads(why)
    return Settled(
        planned,
        Outcome(
            planned.position,
            outcome,
            None if version is None else int(version),
            told.get("code"),
            told.get("facts"),
        ),
    )
