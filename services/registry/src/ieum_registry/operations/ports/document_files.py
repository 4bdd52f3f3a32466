"""What documents hold: files named by the SHA-256 of their bytes, outside the log."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that has come whole and lies on this machine's disk, not kept yet.

    Attributes:
        sha256: In 64 small hexadecimal digits.
        size: In bytes.
    """

    path: Path
    sha256: str
    size: int


class FileMissing(Exception):
    """A file that the log names is not there."""


class DocumentFiles(Protocol):
    """Keeps files; one that is kept twice is there once."""

    def arriving(self) -> AbstractContextManager[IO[bytes]]:
        """Open a new file in the place for what arrives; what is left there is swept up later."""
        ...

    def keep(self, arrived: Arrived) -> None:
        """Keep a file for good, in place of what may lie there under its name; safe to repeat.

        Once it returns the bytes outlast a loss of power.
        """
        ...

    def is_kept(self, sha256: str) -> bool:
        """Say whether something lies there under that name."""
        ...

    def read(self, sha256: str) -> Iterator[bytes]:
        """Give its bytes in pieces.

        Raises:
            FileMissing: It is not there.
        """
        ...

    def on_disk(self, sha256: str) -> AbstractContextManager[Path]:
        """Give it as a file on this machine, for as long as the block runs; raises as `read`."""
        ...

    def forget(self, sha256: str) -> None:
        """Remove a file; nothing happens if it is not there."""
        ...

    def kept(self) -> Iterator[tuple[str, datetime]]:
        """Give the name of each file and since when it lies there."""
        ...

    def left_over(self) -> Iterator[tuple[Arrived | None, Path, datetime]]:
        """Give what arrived and was neither kept to its end nor given up.

        Each with its path and since when it lies there; without `Arrived` if it never came whole.
        """
        ...
