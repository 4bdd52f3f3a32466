# ruff: noqa: S608 - nothing but constants is put into a statement; every value is bound.
"""Which partners look like one organisation, over the whole register: kept beside the log.

It follows from the log alone and may be thrown away. A partner is held against the others once its
entry is there, some at a time, so that nobody waits for all of them.
"""

import json
from collections.abc import Mapping, Sequence
from uuid import UUID

from ieum_registry.domain.likeness import Reason
from ieum_registry.operations.ports.look_alikes import LookAlike, LookAlikePage
from ieum_registry.storage.database.database import Database
from ieum_registry.storage.index.part import OPEN, Part, both

_COLUMNS = ("id", "other_id", "score", "reasons")

# Either was merged into another, or a person told them apart.
_DECIDED = f"""
NOT EXISTS (SELECT 1 FROM partner_merged_link m
            WHERE m.other_id IN (p.id, p.other_id) AND m.seq_to = {OPEN})
AND NOT EXISTS (SELECT 1 FROM partner_distinct_link d WHERE d.seq_to = {OPEN}
                AND ((d.id = p.id AND d.other_id = p.other_id)
                     OR (d.id = p.other_id AND d.other_id = p.id)))
"""


class StoredLookAlikes:
    """The kept pairs of one store; satisfies `LookAlikes`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def reached(self) -> int:
        """Give the last entry whose partner was held against the others."""
        rows = self._database.rows("SELECT seq FROM look_alike_reached")
        return int(rows[0][0]) if rows else 0

    def to_compare(self, after: int, *, limit: int) -> Sequence[tuple[int, UUID]]:
        """Give the next entries about partners, each with its number."""
        rows = self._database.rows(
            "SELECT seq, subject_id FROM change_log WHERE subject_type = 'partner' AND seq > ?"
            f" ORDER BY seq LIMIT {int(limit)}",
            [after],
        )
        return [(int(seq), UUID(str(each))) for seq, each in rows]

    def keep(self, found: Mapping[UUID, Mapping[UUID, Sequence[Reason]]], *, reached: int) -> None:
        """Keep who some partners look like, in place of what was kept of them before."""
        ids = sorted(map(str, found))
        rows = {}
        for each, others in found.items():
            for other, reasons in others.items():
                low, high = sorted((str(each), str(other)))
                told = [[why.code, why.text, why.score] for why in reasons]
                score = max(why.score for why in reasons)
                rows[low, high] = (low, high, score, json.dumps(told, ensure_ascii=False))
        with self._database.writing() as writing:
            writing.change_each(
                "DELETE FROM look_alike WHERE id = ? OR other_id = ?",
                [(each, each) for each in ids],
            )
            writing.insert("look_alike", _COLUMNS, list(rows.values()), or_ignore=True)
            writing.run("DELETE FROM look_alike_reached")
            writing.insert("look_alike_reached", ("id", "seq"), [(1, reached)])

    def page(self, *, after: tuple[int, UUID, UUID] | None, limit: int) -> LookAlikePage:
        """Give the pairs that nobody has decided on, the most alike first."""
        where = [Part(_DECIDED)]
        if after is not None:
            score, one, other = after
            where.append(
                Part(
                    "(p.score < ? OR (p.score = ? AND (p.id, p.other_id) > (?, ?)))",
                    [score, score, str(one), str(other)],
                )
            )
        query = Part("SELECT p.id, p.other_id, p.score, p.reasons FROM look_alike p WHERE ")
        query += both(where)
        query += Part(f" ORDER BY p.score DESC, p.id, p.other_id LIMIT {int(limit) + 1}")
        rows = self._database.rows(query.sql, query.values)
        items = [
            LookAlike(
                UUID(str(one)),
                UUID(str(other)),
                tuple(Reason(*each) for each in json.loads(reasons)),
            )
            for one, other, _, reasons in rows[:limit]
        ]
        ((pending,),) = self._database.rows(
            "SELECT count(*) FROM change_log WHERE subject_type = 'partner' AND seq > ?",
            [self.reached()],
        )
        return LookAlikePage(tuple(items), len(rows) > limit, int(pending))
