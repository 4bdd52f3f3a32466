# ruff: noqa: S608 - the statements are fixed; every value is bound.
"""What was found of each file when it was looked at last, and when it was whole at last."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ieum_registry.domain.civil_time import instant_text
from ieum_registry.operations.ports.document_checks import (
    DamagedDocument,
    FileCheck,
    FileFault,
    FilesStanding,
)
from ieum_registry.storage.database.database import Database
from ieum_registry.storage.index.part import OPEN
from ieum_registry.storage.index.shelf import NEVER

_OF_RECORD = f"""
FROM document_span s LEFT JOIN document_check c ON c.sha256 = s.sha256
WHERE s.seq_to = {OPEN} AND s.erased_on = '{NEVER}'"""
_DUE = f"""
SELECT s.sha256 {_OF_RECORD} AND (c.sha256 IS NULL OR c.at < ? OR c.fault IS NOT NULL)
GROUP BY s.sha256, c.at ORDER BY c.at IS NOT NULL, c.at, s.sha256 LIMIT ?"""
_COUNTED = f"""
SELECT count(DISTINCT s.sha256),
  count(DISTINCT CASE WHEN c.sha256 IS NULL THEN s.sha256 END),
  min(c.at),
  CASE WHEN count(*) = count(c.whole_at) THEN min(c.whole_at) END,
  count(c.fault) {_OF_RECORD}"""
_NOT_WHOLE = f"""
FROM document_check c JOIN document_span s ON s.sha256 = c.sha256
  JOIN change_log l ON l.seq = s.seq_from
WHERE s.seq_to = {OPEN} AND s.erased_on = '{NEVER}' AND c.fault IS NOT NULL"""
_DAMAGED = f"""
SELECT s.id, l.body, c.fault, c.at, c.whole_at {_NOT_WHOLE}
ORDER BY s.title, s.id LIMIT ?"""
_HOW_MANY = f"SELECT count(*) {_NOT_WHOLE}"
_LAST = "SELECT fault, at, whole_at FROM document_check WHERE sha256 = ?"
_READ_ANEW = f"""
DELETE FROM document_reading WHERE state IN ('missing', 'altered') AND document_id IN
  (SELECT s.id FROM document_span s WHERE s.sha256 = ? AND s.seq_to = {OPEN})"""


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks of one database; satisfies `DocumentChecks`."""

    database: Database

    def last(self, sha256: str) -> FileCheck | None:
        """Give what was found of a file last; None if nobody has looked at it yet."""
        rows = self.database.rows(_LAST, [sha256])
        if not rows:
            return None
        ((fault, at, whole_at),) = rows
        return FileCheck(fault, datetime.fromisoformat(at), _instant(whole_at))

    def due(self, before: datetime, *, limit: int) -> Sequence[str]:
        """Give the hashes of files that are to be looked at, those first that never were."""
        rows = self.database.rows(_DUE, [instant_text(before), limit])
        return [str(each) for (each,) in rows]

    def keep(self, sha256: str, fault: FileFault | None, *, at: datetime) -> None:
        """Keep what was found of a file; one that is back is read anew for its text."""
        found_at = instant_text(at)
        with self.database.writing() as writing:
            writing.become_sole_writer()
            rows = writing.rows("SELECT whole_at FROM document_check WHERE sha256 = ?", [sha256])
            whole_at = found_at if fault is None else (rows[0][0] if rows else None)
            writing.run("DELETE FROM document_check WHERE sha256 = ?", [sha256])
            columns = ("sha256", "at", "fault", "whole_at")
            writing.insert("document_check", columns, [(sha256, found_at, fault, whole_at)])
            if fault is None:
                writing.run(_READ_ANEW, [sha256])

    def damaged(self, *, limit: int) -> tuple[int, Sequence[DamagedDocument]]:
        """Count the documents whose file was not whole last; give the first by title."""
        ((count,),) = self.database.rows(_HOW_MANY, [])
        rows = self.database.rows(_DAMAGED, [limit]) if count else []
        return int(count), tuple(map(_damaged, rows))

    def standing(self, *, examples: int) -> FilesStanding:
        """Say how all files stand."""
        ((files, unchecked, since, whole_at, damaged),) = self.database.rows(_COUNTED, [])
        rows = self.database.rows(_DAMAGED, [examples]) if damaged else []
        return FilesStanding(
            int(files),
            int(unchecked),
            _instant(since),
            _instant(whole_at),
            int(damaged),
            tuple(map(_damaged, rows)),
        )


def _damaged(row: Sequence[Any]) -> DamagedDocument:
    document_id, body, fault, at, whole_at = row
    title = json.loads(body)["title"]["ko"]
    checked_at = datetime.fromisoformat(at)
    return DamagedDocument(UUID(str(document_id)), title, fault, checked_at, _instant(whole_at))


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
