# ruff: noqa: S608 - table names come from the declarations.
"""Building all shelves anew from the log alone, and comparing or exchanging them."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from changefeed.chain import REDACTION, redacted_by
from ieum_registry.domain.errors import Refused
from ieum_registry.operations.reindex import Difference, EntryUnreadable
from ieum_registry.operations.verify import StoredChange, Unreadable
from ieum_registry.storage.database.anew import Rebuilding
from ieum_registry.storage.database.database import Database
from ieum_registry.storage.database.writing import WriteTransaction
from ieum_registry.storage.index.shelves import shelf_of
from ieum_registry.storage.index.shelving import Shelving, write_grams, write_spans
from ieum_registry.storage.index.tables import SHELF_TABLES
from ieum_registry.storage.log.log import end_within, with_bodies_before
from ieum_registry.storage.log.redact import shelving_of

BATCH = 2000
PREFIX = "anew."


class ShelfRebuild:
    """A second set of shelves, filled up to some entry; satisfies `NewShelves`."""

    def __init__(self, rebuilding: Rebuilding) -> None:
        self._rebuilding = rebuilding
        self._seq = 0
        self._bare: set[int] = set()
        self._redacted: set[int] = set()

    def fill(self, progress: Callable[[int, int], None]) -> int:
        """Shelve every entry that there is by now."""
        while True:
            with self._rebuilding.aside() as transaction:
                head = end_within(transaction).seq
                if not self._one_batch(transaction):
                    return self._seq
            progress(self._seq, head)

    def destroyed(self) -> int | None:
        """Give the first entry that says nothing any more, with no redaction to say why."""
        return min(self._bare - self._redacted, default=None)

    def differences(self) -> tuple[Difference, ...]:
        """Compare with the live shelves, as the sole writer."""
        with self._rebuilding.alone() as transaction:
            self._catch_up(transaction)
            return tuple(_compared(transaction))

    def exchange(self) -> tuple[Difference, ...]:
        """Put the new shelves in place of the live ones, as the sole writer."""
        with self._rebuilding.alone() as transaction:
            self._catch_up(transaction)
            found = tuple(_compared(transaction))
            for difference in found:
                table = difference.table
                columns = ", ".join(f'"{column}"' for column in _columns(table))
                transaction.run(f"DELETE FROM {table}")
                transaction.run(
                    f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {PREFIX}{table}"
                )
            return found

    def _catch_up(self, transaction: WriteTransaction) -> None:
        while self._one_batch(transaction):
            pass

    def _one_batch(self, transaction: WriteTransaction) -> bool:
        batch = with_bodies_before(transaction, self._seq, BATCH)
        if not batch:
            return False
        shelvings = [self._shelving(entry, before) for entry, before in batch]
        for subject_type in sorted({each.shelf.subject_type for each in shelvings}):
            shelf = shelf_of(subject_type)
            contents = [
                (each.subject_id, each.content)
                for each in shelvings
                if each.shelf is shelf and each.content is not None
            ]
            write_grams(transaction, shelf, contents, prefix=PREFIX)
        write_spans(transaction, shelvings, prefix=PREFIX)
        self._seq = batch[-1][0].seq
        return True

    def _shelving(self, entry: StoredChange | Unreadable, before: str | None) -> Shelving:
        """Make what an entry puts on its shelf.

        Raises:
            EntryUnreadable: Its columns, or the facts in it, have another form than is written.
        """
        if isinstance(entry, Unreadable):
            raise EntryUnreadable(entry.seq)
        try:
            self._account_for(entry)
            return shelving_of(entry, before)
        except (AttributeError, LookupError, TypeError, ValueError, Refused) as error:
            raise EntryUnreadable(entry.seq) from error

    def _account_for(self, entry: StoredChange) -> None:
        """Note an entry that lost a text, and one that says of another that it may have."""
        is_hidden = entry.disclosed is None and entry.disclosed_hash is not None
        if entry.body is None or is_hidden:
            self._bare.add(entry.seq)
        elif entry.kind == REDACTION:
            named = redacted_by(entry.kind, json.loads(entry.body))
            self._redacted |= set() if named is None else {named}


@contextmanager
def rebuilding(database: Database) -> Iterator[ShelfRebuild]:
    """Open a second, empty set of shelves; it is gone when the block ends."""
    with database.rebuilding() as beside:
        beside.create(SHELF_TABLES)
        yield ShelfRebuild(beside)


def _columns(table: str) -> list[str]:
    return [column.name for each in SHELF_TABLES if each.name == table for column in each.columns]


def _compared(transaction: WriteTransaction) -> Iterator[Difference]:
    for table in SHELF_TABLES:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        live, new = (
            f"SELECT {columns} FROM {table.name}",
            (f"SELECT {columns} FROM {PREFIX}{table.name}"),
        )
        ((surplus,),) = transaction.rows(f"SELECT count(*) FROM ({live} EXCEPT {new}) d")
        ((missing,),) = transaction.rows(f"SELECT count(*) FROM ({new} EXCEPT {live}) d")
        if surplus or missing:
            yield Difference(table.name, int(missing), int(surplus))
