"""The registry's store, opened: the ledger to write, the records to read, the keys to remember."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

from httpedge.access_record import AccessLog, Counted
from ieum_registry.operations.ports.ledger import Person
from ieum_registry.operations.reindex import NewShelves
from ieum_registry.operations.verify import StoredChange, Unreadable, Verification
from ieum_registry.storage.database.database import Database
from ieum_registry.storage.database.opening import open_database
from ieum_registry.storage.documents.checks import Checks
from ieum_registry.storage.documents.named import named_files
from ieum_registry.storage.documents.texts import Texts
from ieum_registry.storage.index.spans import Spans
from ieum_registry.storage.log.idempotency import Keys
from ieum_registry.storage.log.ledger import LedgerStore
from ieum_registry.storage.log.log import Log
from ieum_registry.storage.log.log_notifier import LogNotifier
from ieum_registry.storage.log.staging import StoredImports
from ieum_registry.storage.log.transaction import Disclose
from ieum_registry.storage.log.verification import keep_verification
from sqlstore.engine import open_engine

from .access_records import StoredAccess
from .look_alikes import StoredLookAlikes
from .migrate import STEPS
from .rebuild import rebuilding
from .records import StoredRecords
from .taking_in import people_in, take_in


class Store:
    """One store; open one for each process and share it between threads.

    Args:
        url: `sqlite:////absolute/file` or `postgresql+psycopg://…`.
        disclose: What the public may read of a subject, as a pure function of its facts.

    Attributes:
        ledger: Gives the ledger in a caller's name.
        records: Satisfies `Records`.
        keys: Satisfies `IdempotencyKeys`.
        look_alikes: Satisfies `LookAlikes`.
        access: Satisfies `AccessRecords`; `access_log` collects for it.
        imports: Satisfies `Imports`.
    """

    def __init__(self, url: str, *, disclose: Disclose) -> None:
        self.database: Database = open_database(url)
        self._engine = open_engine(url)
        self._log = Log(self.database, Spans(self.database))
        self._notifier = LogNotifier(lambda: self._log.end().seq)
        self.ledger = LedgerStore(self.database, disclose, self._notifier.announce)
        self.records = StoredRecords(self.database, self._notifier)
        self.keys = Keys(self.database)
        self.access = StoredAccess(self.database)
        self.look_alikes = StoredLookAlikes(self.database)
        self.access_log = AccessLog(self.access.keep)
        self.imports = StoredImports(self.database)

    def check(self) -> None:
        """Raise if the store does not answer, is not fit, or is not migrated."""
        self.database.check()
        STEPS.check(self._engine)

    def stored_changes(self) -> Iterator[StoredChange | Unreadable]:
        """Give the whole log in order, for `verify`."""
        return self._log.stored()

    def stored_people(self) -> Iterator[tuple[UUID, Person]]:
        """Give how all people are called and reached, for `export`."""
        return people_in(self.database)

    def keep_access(self, records: Sequence[Counted]) -> None:
        """Keep who took personal data out."""
        self.access.keep(records)

    def take_in(
        self, entries: Iterable[StoredChange], people: Mapping[UUID, Person], found: Verification
    ) -> None:
        """Take a verified log into this store, if that is empty."""
        take_in(self.database, entries, people, found)

    def keep_verification(self, found: Verification, at: datetime) -> None:
        """Keep what a verification found, in place of the one before."""
        keep_verification(self.database, found, at)

    def named_files(self) -> frozenset[str]:
        """Give the hashes of all documents whose files are to be there."""
        return named_files(self.database)

    @property
    def texts(self) -> Texts:
        """The texts of documents."""
        return Texts(self.database)

    @property
    def checks(self) -> Checks:
        """What was found of the files of documents."""
        return Checks(self.database)

    def new_shelves(self) -> AbstractContextManager[NewShelves]:
        """Open a second, empty set of shelves, for `reindex`; it is gone when the block ends."""
        return rebuilding(self.database)

    def let_waiters_go(self) -> None:
        """Answer everybody who waits for news; for a service that is about to stop."""
        self._notifier.close()

    def close(self) -> None:
        """Close all connections."""
        self.let_waiters_go()
        self.access_log.close()
        self._engine.dispose()
        self.database.close()
