"""Files of documents in a folder: `ab/cdef…` by their SHA-256, and `incoming/` for what arrives.

Source: docs/adr/0036.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from uuid import uuid4

from ieum_registry.operations.ports.document_files import Arrived, FileMissing

PIECE = 2**16
NAME = re.compile(r"[0-9a-f]{64}")


class FolderFiles:
    """The files of one folder; satisfies `DocumentFiles`. Safe to open in several processes."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = Incoming(root / "incoming")

    @contextmanager
    def arriving(self) -> Iterator[IO[bytes]]:
        """Open a new file in the place for what arrives."""
        with self._incoming.open() as file:
            yield file

    def keep(self, arrived: Arrived) -> None:
        """Keep a file for good.

        A second name for the same bytes is moved into place, so that what arrived stays as well
        until nobody needs it any more.
        """
        place = self._place(arrived.sha256)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        beside = arrived.path.with_name(f"{uuid4().hex}.moving")
        os.link(arrived.path, beside)
        beside.replace(place)
        beside.unlink(missing_ok=True)  # Both names are one file already: nothing was moved.
        os.utime(place)
        settle(place.parent)
        settle(self._root)

    def is_kept(self, sha256: str) -> bool:
        """Say whether something lies there under that name."""
        return self._place(sha256).is_file()

    def read(self, sha256: str) -> Iterator[bytes]:
        """Give its bytes in pieces."""
        try:
            file = self._place(sha256).open("rb")
        except OSError as error:
            raise FileMissing(sha256) from error
        with file:
            while piece := file.read(PIECE):
                yield piece

    @contextmanager
    def on_disk(self, sha256: str) -> Iterator[Path]:
        """Give it as a file on this machine."""
        if not self.is_kept(sha256):
            raise FileMissing(sha256)
        yield self._place(sha256)

    def forget(self, sha256: str) -> None:
        """Remove a file."""
        self._place(sha256).unlink(missing_ok=True)

    def kept(self) -> Iterator[tuple[str, datetime]]:
        """Give the name of each file and since when it lies there."""
        for folder in sorted(self._root.glob("[0-9a-f][0-9a-f]")):
            for path in sorted(folder.iterdir()):
                if NAME.fullmatch(name := folder.name + path.name):
                    with suppress(FileNotFoundError):
                        yield name, since(path)

    def left_over(self) -> Iterator[tuple[Arrived | None, Path, datetime]]:
        """Give what arrived and was neither kept to its end nor given up."""
        return self._incoming.left_over()

    def _place(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256[2:]


class Incoming:
    """The folder of what arrives; its own on each machine, whatever keeps the files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open a new file; it stays until somebody removes it."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._folder / f"{uuid4().hex}.part").open("xb") as file:
            yield file

    def left_over(self) -> Iterator[tuple[Arrived | None, Path, datetime]]:
        """Give what lies there."""
        if not self._folder.is_dir():
            return
        for path in sorted(self._folder.iterdir()):
            with suppress(FileNotFoundError):
                name, status = path.name.partition(".")[0], path.stat()
                is_whole = bool(NAME.fullmatch(name))
                arrived = Arrived(path, name, status.st_size) if is_whole else None
                yield arrived, path, since(path)


def since(path: Path) -> datetime:
    """Give the instant at which a file was written last, or put in its place."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def settle(folder: Path) -> None:
    """Make the names in a folder outlast a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
