# ruff: noqa: S608 - names come from the declarations in shelves.py; every value is bound.
"""Putting numbered versions on their shelves: every change to spans.

Writing keeps one order: all touched spans are closed before any is opened. So two subjects may
swap a unique value in one transaction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ieum_registry.storage.database.writing import Row, Writing

from .part import OPEN
from .search import Searched, searched
from .shelf import Filled, Shelf, filled

_SPAN = ("id", "version", "seq_from", "seq_to", "disclosed")

_TEXT = ("sid", "id", "seq_from", "seq_to", "norm", "initials")

_LINK = ("id", "other_id", "from_on", "to_on", "seq_from", "seq_to")


@dataclass(frozen=True, slots=True)
class Content:
    """What one version shows on its shelf; None in place of it is a version without facts."""

    filled: Filled
    searched: Searched | None
    is_disclosed: bool


def content_of(shelf: Shelf, facts: Mapping[str, Any], *, is_disclosed: bool) -> Content:
    """Make what a version shows from its facts: the only way anything gets onto a shelf."""
    text = None if shelf.texts is None else searched(shelf.texts(facts))
    return Content(filled(shelf, facts), text, is_disclosed)


@dataclass(frozen=True, slots=True)
class Shelving:
    """One numbered version on its way to the shelf.

    Attributes:
        before: The content of the version before it; None if there is none, or none was shown.
    """

    shelf: Shelf
    seq: int
    subject_id: UUID
    version: int
    content: Content | None
    before: Content | None


def write_grams(
    writing: Writing, shelf: Shelf, contents: Iterable[tuple[UUID, Content]], *, prefix: str = ""
) -> None:
    """Write the pieces of searched texts; they do no harm before their text is there.

    In a fixed order, so that two writers never wait for each other crosswise.
    """
    texts = (
        (each.searched.text_id(subject_id), each.searched)
        for subject_id, each in contents
        if each.searched is not None
    )
    rows = sorted({(gram, text_id) for text_id, text in texts for gram in text.grams()})
    writing.insert(f"{prefix}{shelf.gram_table}", ("gram", "sid"), rows, or_ignore=True)


def write_spans(writing: Writing, shelvings: Iterable[Shelving], *, prefix: str = "") -> None:
    """Put numbered versions on their shelves: close everything touched, then open.

    Args:
        shelvings: In order of `seq`; several versions of one subject may follow each other.
        prefix: Schema of the tables, with its dot; empty for the live ones.

    Raises:
        UniqueClash: A unique value stands on another open span.
    """
    tables: dict[str, _Table] = {}
    for shelving in shelvings:
        _shelve(tables, shelving)
    for name, table in tables.items():
        which = " AND ".join(f"{column} = ?" for column in table.key)
        writing.change_each(
            f"UPDATE {prefix}{name} SET seq_to = ? WHERE {which} AND seq_to = {OPEN}", table.closed
        )
    for name, table in tables.items():
        writing.insert(f"{prefix}{name}", table.columns, table.opened)


@dataclass(slots=True)
class _Table:
    """The rows of one table in one batch.

    Attributes:
        key: What an open row is found by.
        closed: (seq_to, key…) of rows opened before this batch.
        opened: Rows to insert; one that ends within the batch is born closed.
        fresh: The row opened last under each key.
    """

    columns: tuple[str, ...]
    key: tuple[str, ...]
    closed: list[Row] = field(default_factory=list)
    opened: list[list[Any]] = field(default_factory=list)
    fresh: dict[tuple[Any, ...], list[Any]] = field(default_factory=dict)

    def close(self, key: tuple[Any, ...], seq: int) -> None:
        row = self.fresh.pop(key, None)
        if row is None:
            self.closed.append((seq, *key))
        else:
            row[self.columns.index("seq_to")] = seq

    def open(self, key: tuple[Any, ...], row: list[Any]) -> None:
        self.opened.append(row)
        self.fresh[key] = row


def _shelve(tables: dict[str, _Table], this: Shelving) -> None:
    shelf, key, now, before = this.shelf, (str(this.subject_id),), this.content, this.before
    columns = (*_SPAN, *(column.name for column in shelf.columns))
    spans = tables.setdefault(shelf.span_table, _Table(columns, ("id",)))
    if before is not None:
        spans.close(key, this.seq)
    if now is not None:
        row = [*key, this.version, this.seq, OPEN, int(now.is_disclosed), *now.filled.columns]
        spans.open(key, row)
    old_text = None if before is None else before.searched
    new_text = None if now is None else now.searched
    if old_text != new_text:
        texts = tables.setdefault(shelf.text_table, _Table(_TEXT, ("id",)))
        if old_text is not None:
            texts.close(key, this.seq)
        if new_text is not None:
            sid = new_text.text_id(this.subject_id)
            texts.open(key, [sid, *key, this.seq, OPEN, new_text.norm, new_text.initials])
    for link in shelf.links:
        old = frozenset() if before is None else before.filled.links[link.name]
        new = frozenset() if now is None else now.filled.links[link.name]
        links = tables.setdefault(shelf.link_table(link), _Table(_LINK, _LINK[:4]))
        for value in sorted(old - new):
            links.close((*key, *value), this.seq)
        for value in sorted(new - old):
            links.open((*key, *value), [*key, *value, this.seq, OPEN])
