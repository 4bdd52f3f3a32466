"""What is known of the files of documents: whether each was whole when it was looked at last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

FileFault = Literal["missing", "altered"]
"""A file is not there, or its bytes are not those whose hash the log has."""


@dataclass(frozen=True, slots=True)
class DamagedDocument:
    """A document whose file was not whole when it was looked at last.

    Attributes:
        whole_at: When it was whole for the last time; None if it never was found so.
    """

    id: UUID
    title: str
    fault: FileFault
    checked_at: datetime
    whole_at: datetime | None


@dataclass(frozen=True, slots=True)
class FilesStanding:
    """How all files stand that documents on record have; several documents may share one.

    Attributes:
        files: How many there are to be.
        unchecked: How many of them nobody has looked at yet.
        since: All that were looked at were so then or later; None if none was.
        whole_at: All files were found whole then or later; None if one never was.
        damaged: How many documents have a file that is not whole.
        examples: The first of these by title.
    """

    files: int
    unchecked: int
    since: datetime | None
    whole_at: datetime | None
    damaged: int
    examples: tuple[DamagedDocument, ...]


@dataclass(frozen=True, slots=True)
class FileCheck:
    """What was found of one file when it was looked at last."""

    fault: FileFault | None
    at: datetime
    whole_at: datetime | None


class DocumentChecks(Protocol):
    """Keeps what was found of each file, beside the log."""

    def last(self, sha256: str) -> FileCheck | None:
        """Give what was found of a file last; None if nobody has looked at it yet."""
        ...

    def due(self, before: datetime, *, limit: int) -> Sequence[str]:
        """Give the hashes of files that are to be looked at, those first that never were.

        They are not looked at since an instant, or were not whole then: so that an alarm ends
        soon after its file is back.
        """
        ...

    def keep(self, sha256: str, fault: FileFault | None, *, at: datetime) -> None:
        """Keep what was found of a file; one that is back is read anew for its text."""
        ...

    def damaged(self, *, limit: int) -> tuple[int, Sequence[DamagedDocument]]:
        """Count the documents whose file was not whole last; give the first by title."""
        ...

    def standing(self, *, examples: int) -> FilesStanding:
        """Say how all files stand."""
        ...
