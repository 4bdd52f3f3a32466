"""Taking a whole log into an empty store: entries as they are, people, and the shelves anew."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from uuid import UUID

from ieum_registry.operations.ports.ledger import Person
from ieum_registry.operations.register_archive import ArchiveUnfit
from ieum_registry.operations.verify import StoredChange, Verification
from ieum_registry.storage.database.database import Database
from ieum_registry.storage.log import people as stored_people
from ieum_registry.storage.log.log import append, end_alone

AT_ONCE = 5000


def take_in(
    database: Database,
    entries: Iterable[StoredChange],
    people: Mapping[UUID, Person],
    found: Verification,
) -> None:
    """Append a log that was verified to an empty one, in one transaction, with its people.

    A log that is there already, entry for entry, is left as it is: the taking in was interrupted
    before the shelves were filled.

    Raises:
        ArchiveUnfit: `register.not_empty`: another log is there.
    """
    with database.writing() as writing:
        writing.become_sole_writer()
        end = end_alone(writing)
        if end.seq:
            if (end.seq, end.hash) != (found.entries, found.head_hash):
                raise ArchiveUnfit("register.not_empty")
            return
        left = iter(entries)
        while batch := list(islice(left, AT_ONCE)):
            append(writing, batch)
        stored_people.write(writing, people)
    database.take_stock()


def people_in(database: Database) -> Iterator[tuple[UUID, Person]]:
    """Give how all people are called and reached, in the order of their ids."""
    rows = database.stream("SELECT contact_id, name, email, phone FROM person ORDER BY contact_id")
    return ((UUID(str(row[0])), Person(row[1], row[2] or None, row[3])) for row in rows)
