"""`ieum-registry documents-out` and `documents-in`: the files of documents as one folder, and back.

Wherever this service keeps them, each is one file there, named by its SHA-256.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

from ieum_registry.operations.ports.document_files import Arrived, DocumentFiles, FileMissing


def documents_out(files: DocumentFiles, folder: Path) -> int:
    """Copy all files into an empty folder; gives how many.

    They are never written twice, so they need no moment; one that is erased meanwhile is left out.
    """
    count = 0
    for name, _since in files.kept():
        copy = folder / name
        try:
            with copy.open("xb") as file:
                file.writelines(files.read(name))
        except FileMissing:
            copy.unlink()
            continue
        count += 1
    return count


def documents_in(
    files: DocumentFiles,
    arriving: Callable[[IO[bytes]], AbstractContextManager[Arrived]],
    folder: Path,
) -> int:
    """Keep all files of a folder, which is empty then; gives how many. Safe to repeat."""
    count = 0
    for path in sorted(folder.iterdir()):
        with path.open("rb") as source, arriving(source) as arrived:
            files.keep(arrived)
        path.unlink()
        count += 1
    return count
