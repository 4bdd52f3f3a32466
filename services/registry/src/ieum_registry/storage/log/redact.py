# ruff: noqa: S608 - names come from the declarations in shelves.py; every value is bound.
"""Destroying what entries of the log say, and filling their subjects' shelves anew without it."""

import json
from collections.abc import Iterable
from uuid import UUID

from changefeed.kinds import retracts
from ieum_registry.domain.redaction import LoggedEntry
from ieum_registry.operations.verify import StoredChange
from ieum_registry.storage.database.writing import Writing
from ieum_registry.storage.index.search import Searched
from ieum_registry.storage.index.shelf import Shelf
from ieum_registry.storage.index.shelves import shelf_of
from ieum_registry.storage.index.shelving import (
    Content,
    Shelving,
    content_of,
    write_grams,
    write_spans,
)

from .log import versions_with_bodies_before

_GONE = "body = NULL, reason = NULL, salt = NULL, disclosed = NULL, disclosed_salt = NULL"
"""Texts and salts alike: with a salt left, whoever guesses a text could confirm it."""


def destroy(writing: Writing, entries: Iterable[LoggedEntry]) -> None:
    """Destroy the texts of entries, their searched pieces included, as the sole writer.

    Their subjects' spans and search keys are made anew from what is left: a redacted version has
    none, and the versions around it stay as they were.
    """
    for entry in entries:
        writing.run(f"UPDATE change_log SET {_GONE} WHERE seq = ?", [entry.seq])
        _shelve_anew(writing, shelf_of(entry.subject_type), entry.subject_id)


def _shelve_anew(writing: Writing, shelf: Shelf, subject_id: UUID) -> None:
    found_before = _texts(writing, shelf, subject_id)
    tables = [shelf.span_table, *(shelf.link_table(each) for each in shelf.links)]
    if shelf.texts is not None:
        tables.append(shelf.text_table)
    for table in tables:
        writing.run(f"DELETE FROM {table} WHERE id = ?", [str(subject_id)])
    shelvings = [
        shelving_of(entry, before)
        for entry, before in versions_with_bodies_before(writing, subject_id)
    ]
    contents = [(subject_id, each.content) for each in shelvings if each.content is not None]
    write_grams(writing, shelf, contents)
    write_spans(writing, shelvings)
    for text in found_before - _texts(writing, shelf, subject_id):
        sid = text.text_id(subject_id)
        writing.change_each(
            f"DELETE FROM {shelf.gram_table} WHERE gram = ? AND sid = ?",
            [(gram, sid) for gram in sorted(text.grams())],
        )


def _texts(writing: Writing, shelf: Shelf, subject_id: UUID) -> set[Searched]:
    if shelf.texts is None:
        return set()
    rows = writing.rows(
        f"SELECT norm, initials FROM {shelf.text_table} WHERE id = ?", [str(subject_id)]
    )
    return {Searched(norm, initials) for norm, initials in rows}


def shelving_of(entry: StoredChange, before: str | None) -> Shelving:
    """Make what one entry puts on its shelf.

    Args:
        before: The body of the version before it; None if there is none.
    """
    shelf, is_disclosed = shelf_of(entry.subject_type), entry.disclosed is not None

    def content(text: str | None) -> Content | None:
        if text is None:
            return None  # Redacted.
        return content_of(shelf, json.loads(text), is_disclosed=is_disclosed)

    now = None if retracts(entry.kind) else content(entry.body)
    return Shelving(shelf, entry.seq, entry.subject_id, entry.version, now, content(before))
