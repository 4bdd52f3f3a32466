"""Opening documents, which may come from anybody: bounded in time and memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from changefeed.subjects.document import MediaType


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is once it is opened.

    Attributes:
        is_that: Whether it is what it claims.
        is_locked: Whether it wants a password, so that its text cannot be read.
        pages: None where the format does not say how many, or it is locked.
        macros: The part that holds macros, or scripts that do something; None if there is none.
    """

    is_that: bool
    is_locked: bool
    pages: int | None
    macros: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document's text, and on which page it stands, if it has pages."""

    page: int | None
    text: str


class Unreadable(Exception):
    """A document could not be opened within the time and memory that it gets."""


class DocumentReader(Protocol):
    """Opens documents."""

    def look(self, media_type: MediaType, path: Path) -> Looked:
        """Say what a file is.

        Raises:
            Unreadable: It could not be opened.
        """
        ...

    def passages(self, media_type: MediaType, path: Path) -> Sequence[Passage]:
        """Give the text of a document in pieces; raises as `look` does."""
        ...

    def page(self, path: Path, number: int) -> bytes:
        """Draw one page of a PDF as a PNG, counted from 1; raises as `look` does."""
        ...
