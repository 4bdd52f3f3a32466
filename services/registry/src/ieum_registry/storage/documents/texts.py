# ruff: noqa: S608 - the statements are fixed; every value is bound.
"""The texts of documents, beside the log so that they can be erased, in pieces that are searched.

A piece is a page, or a part of one; each begins with the end of the one before, so that a word
stands whole in one of them.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from changefeed.finding import grams_of, normal
from ieum_registry.domain.civil_time import instant_text
from ieum_registry.domain.media_type import READ
from ieum_registry.operations.ports.document_reader import Passage
from ieum_registry.operations.ports.document_texts import ReadState, TextState
from ieum_registry.storage.database.database import Database
from ieum_registry.storage.database.writing import Writing
from ieum_registry.storage.index.part import OPEN
from ieum_registry.storage.index.shelf import NEVER

LONG, SHARED = 1000, 60
"""Letters of a piece, and how many of them it shares with the one before."""

LEASE = timedelta(minutes=10)
MOST_TRIES = 3
"""Whoever reads a document has it so long to itself; after so many that did not come to an end,
as they were killed, nobody tries again."""

_KEPT = f"s.seq_to = {OPEN} AND s.erased_on = '{NEVER}'"
_UNREAD = f"""
SELECT s.id FROM document_span s LEFT JOIN document_reading r ON r.document_id = s.id
WHERE {_KEPT} AND s.media_type IN (?, ?, ?, ?)
  AND (r.document_id IS NULL OR (r.state = 'reading' AND r.at < ? AND r.tries < {MOST_TRIES}))
ORDER BY s.id LIMIT 1"""
_STATE = "SELECT state, at, tries FROM document_reading WHERE document_id = ?"
_CLAIM_ANEW = (
    "UPDATE document_reading SET at = ?, tries = tries + 1"
    " WHERE document_id = ? AND state = 'reading' AND at < ?"
)


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of documents of one database."""

    database: Database

    def state(self, document_id: UUID, now: datetime) -> ReadState:
        """Say how the reading of a document ended, or that it is still to come."""
        rows = self.database.rows(_STATE, [str(document_id)])
        if not rows:
            return "reading"
        ((state, at, tries),) = rows
        is_given_up = tries >= MOST_TRIES and at < instant_text(now - LEASE)
        found: ReadState = "unreadable" if state == "reading" and is_given_up else state
        return found

    def claim(self, now: datetime) -> UUID | None:
        """Give a document whose text nobody has read yet, to be read by the caller; None if none.

        Of several callers one gets it.
        """
        before = instant_text(now - LEASE)
        rows = self.database.rows(_UNREAD, [*READ, before])
        if not rows:
            return None
        document_id, at = str(rows[0][0]), instant_text(now)
        with self.database.writing() as writing:
            writing.become_sole_writer()
            if writing.run(_CLAIM_ANEW, [at, document_id, before]):
                return UUID(document_id)
            known = writing.rows(
                "SELECT 1 FROM document_reading WHERE document_id = ?", [document_id]
            )
            if known:
                return None
            columns = ("document_id", "state", "at", "tries")
            writing.insert("document_reading", columns, [(document_id, "reading", at, 1)])
        return UUID(document_id)

    def keep(
        self, document_id: UUID, state: TextState, passages: Sequence[Passage], *, now: datetime
    ) -> None:
        """Keep what was read, unless the document was erased meanwhile."""
        with self.database.writing() as writing:
            writing.become_sole_writer()
            forget(writing, [document_id])
            here = f"SELECT 1 FROM document_span s WHERE s.id = ? AND {_KEPT}"
            if not writing.rows(here, [str(document_id)]):
                return
            number = number_of(document_id)
            writing.insert(
                "document_reading",
                ("document_id", "state", "at", "tries", "number"),
                [(str(document_id), state, instant_text(now), 1, number)],
            )
            rows = [
                (str(document_id), place, each.page, each.text, normal(each.text))
                for place, each in enumerate(pieces(passages))
            ]
            columns = ("document_id", "place", "page", "text", "norm")
            writing.insert("document_passage", columns, rows)
            grams = sorted({gram for row in rows for gram in grams_of(row[4], 2)})
            writing.insert("passage_gram", ("gram", "number"), [(each, number) for each in grams])


def forget(writing: Writing, document_ids: Sequence[UUID]) -> None:
    """Forget the texts of documents, and that they were read."""
    for document_id in document_ids:
        writing.run("DELETE FROM passage_gram WHERE number = ?", [number_of(document_id)])
        for table in ("document_passage", "document_reading"):
            writing.run(f"DELETE FROM {table} WHERE document_id = ?", [str(document_id)])


def number_of(document_id: UUID) -> int:
    """Name a document in the index of texts by a number below 2^63, always the same."""
    return int.from_bytes(hashlib.sha256(document_id.bytes).digest()[:8]) >> 1


def pieces(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Cut passages into pieces; a page of its own begins with the end of the page before."""
    before = ""
    for each in passages:
        text = " ".join((before + each.text.replace("\0", "")).split())
        while len(text) > LONG:
            yield Passage(each.page, text[:LONG])
            text = text[LONG - SHARED :]
        yield Passage(each.page, text)
        before = f"{text[-SHARED:]} "
