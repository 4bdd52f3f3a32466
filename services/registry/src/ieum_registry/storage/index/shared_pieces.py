# ruff: noqa: S608 - names come from the declarations in shelves.py; every value is bound.
"""Which subjects have most pieces of a name in their texts, those that they had once included."""

from collections.abc import Collection

from ieum_registry.storage.database.database import Database
from ieum_registry.storage.database.writing import Row

from .part import OPEN, Part, among, both
from .shelf import Shelf

MOST_READ = 6_000
"""So many rows of pieces are looked at; the commonest pieces are left out first."""


def sharing_most(database: Database, shelf: Shelf, pieces: Collection[str], most: int) -> list[str]:
    """Give the ids of those whose texts have most of the pieces, so many at most."""
    dialect = database.dialect
    rarest: list[str] = []
    read = 0
    for times, piece in _counted(database, shelf, pieces):
        read += times
        if rarest and read > MOST_READ:
            break
        rarest.append(piece)
    if not rarest:
        return []
    having = Part(dialect.in_list("g.gram", "text"), [dialect.listed(rarest)])
    query = (
        Part(
            f"SELECT t.id, max(b.shared) FROM (SELECT g.sid, count(*) shared"
            f" FROM {shelf.gram_table} g WHERE "
        )
        + having
        + Part(
            f" GROUP BY g.sid ORDER BY shared DESC, g.sid LIMIT {2 * int(most)}) b"
            f" JOIN {shelf.text_table} t ON t.sid = b.sid"
            f" GROUP BY t.id ORDER BY max(b.shared) DESC, t.id LIMIT {int(most)}"
        )
    )
    return [str(each) for each, _ in database.rows(query.sql, query.values)]


def _counted(database: Database, shelf: Shelf, pieces: Collection[str]) -> list[tuple[int, str]]:
    dialect = database.dialect
    query = Part(f"SELECT count(*), g.gram FROM {shelf.gram_table} g WHERE ")
    query += Part(dialect.in_list("g.gram", "text"), [dialect.listed(sorted(pieces))])
    query += Part(" GROUP BY g.gram")
    found = database.rows(query.sql, query.values)
    return sorted((int(times), str(piece)) for times, piece in found)


def former_texts(database: Database, shelf: Shelf, ids: Collection[str]) -> list[Row]:
    """Give (id, facts) of the versions whose searched texts some subjects have no longer."""
    query = Part(
        f"SELECT t.id, l.body FROM {shelf.text_table} t JOIN change_log l ON l.seq = t.seq_from"
        " WHERE "
    )
    gone = Part(f"t.seq_to <> {OPEN} AND l.body IS NOT NULL")
    query += both([among(database.dialect, "t.id", sorted(ids)), gone])
    return database.rows(query.sql, query.values)
