"""What the whole register is taken out of."""

from collections.abc import Collection, Iterator
from typing import Protocol
from uuid import UUID

from ieum_registry.operations.ports.ledger import Person
from ieum_registry.operations.verify import StoredChange, Unreadable


class RegisterSource(Protocol):
    """Gives all that is on record."""

    def stored_changes(self) -> Iterator[StoredChange | Unreadable]:
        """Give the whole log in order."""
        ...

    def stored_people(self) -> Iterator[tuple[UUID, Person]]:
        """Give how all people are called and reached."""
        ...

    def named_files(self) -> Collection[str]:
        """Give the hashes of all documents whose files are to be there."""
        ...
