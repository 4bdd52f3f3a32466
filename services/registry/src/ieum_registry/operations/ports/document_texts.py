"""What was read in documents, kept beside the log so that it can be erased."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from ieum_registry.operations.ports.document_reader import Passage

TextState = Literal["kept", "none", "locked", "missing", "altered", "unreadable"]
"""How a reading ended: with a text, without one, at a password, or not at all: as the file is not
there, is not the one on record, or could not be opened within its time and memory."""


ReadState = TextState | Literal["reading"]


class DocumentTexts(Protocol):
    """Keeps texts."""

    def state(self, document_id: UUID, now: datetime) -> ReadState:
        """Say how the reading of a document ended, or that it is still to come.

        One that was stopped each time is not read any more: `unreadable`.
        """
        ...

    def claim(self, now: datetime) -> UUID | None:
        """Give a document whose text nobody has read yet, to be read by the caller; None if none.

        Of several callers one gets it.
        """
        ...

    def keep(
        self, document_id: UUID, state: TextState, passages: Sequence[Passage], *, now: datetime
    ) -> None:
        """Keep what was read, unless the document was erased meanwhile."""
        ...
