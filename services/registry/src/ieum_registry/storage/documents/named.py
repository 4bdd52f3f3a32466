# ruff: noqa: S608 - the statement is fixed.
"""Which files the log names: those of documents on record that were not erased."""

from ieum_registry.storage.database.database import Database
from ieum_registry.storage.index.part import OPEN
from ieum_registry.storage.index.shelf import NEVER


def named_files(database: Database) -> frozenset[str]:
    """Give their hashes."""
    rows = database.rows(
        f"SELECT DISTINCT sha256 FROM document_span WHERE seq_to = {OPEN} AND erased_on = ?",
        [NEVER],
    )
    return frozenset(str(each) for (each,) in rows)
