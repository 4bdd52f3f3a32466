"""The registry's store, opened: the ledger to write, the records to read, the keys to remember."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime

from httpedge.access_record import AccessLog
from ieum_registry.operations.reindex import NewShelves
from ieum_registry.operations.verify import StoredChange, Unreadable, Verification
from sqlstore.engine import open_engine

from .access_records import StoredAccess
from .database import Database
from .idempotency import Keys
from .ledger import Book
from .log import Log
from .log_notifier import LogNotifier
from .migrate import STEPS
from .opening import open_database
from .rebuild import rebuilding
from .records import StoredRecords
from .spans import Spans
from .transaction import Disclose
from .verification import keep_verification


class Store:
    """One store; open one for each process and share it between threads.

    Args:
        url: `sqlite:////absolute/file` or `postgresql+psycopg://…`.
        disclose: What the public may read of a subject, as a pure function of its facts.

    Attributes:
        book: Gives the ledger in a caller's name.
        records: Satisfies `Records`.
        keys: Satisfies `IdempotencyKeys`.
        access: Satisfies `AccessRecords`; `access_log` collects for it.
    """

    def __init__(self, url: str, *, disclose: Disclose) -> None:
        self.database: Database = open_database(url)
        self._engine = open_engine(url)
        self._log = Log(self.database, Spans(self.database))
        self._notifier = LogNotifier(lambda: self._log.end().seq)
        self.book = Book(self.database, disclose, self._notifier.announce)
        self.records = StoredRecords(self.database, self._notifier)
        self.keys = Keys(self.database)
        self.access = StoredAccess(self.database)
        self.access_log = AccessLog(self.access.keep)

    def check(self) -> None:
        """Raise if the store does not answer, is not fit, or is not migrated."""
        self.database.check()
        STEPS.check(self._engine)

    def stored_changes(self) -> Iterator[StoredChange | Unreadable]:
        """Give the whole log in order, for `verify`."""
        return self._log.stored()

    def keep_verification(self, found: Verification, at: datetime) -> None:
        """Keep what a verification found, in place of the one before."""
        keep_verification(self.database, found, at)

    def new_shelves(self) -> AbstractContextManager[NewShelves]:
        """Open a second, empty set of shelves, for `reindex`; it is gone when the block ends."""
        return rebuilding(self.database)

    def let_waiters_go(self) -> None:
        """Answer everybody who waits for news; for a service that is about to stop."""
        self._notifier.close()

    def close(self) -> None:
        """Close all connections."""
        self.let_waiters_go()
        self.access_log.flush()
        self._engine.dispose()
        self.database.close()
