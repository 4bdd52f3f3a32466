"""A file arrives: in pieces, counted and hashed on their way to the disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO
from uuid import uuid4

from ieum_registry.operations.ports.document_files import Arrived, DocumentFiles

from .folder import PIECE, settle


@contextmanager
def arrived(source: IO[bytes], files: DocumentFiles) -> Iterator[Arrived]:
    """Take a file in whole; what arrived is gone when the block ends, kept files stay.

    Its name says its hash as soon as all of it is on the disk: so a sweep finds it again if the
    machine stops between the log's entry and the end.

    Raises:
        OSError: The disk is full; nothing of it stays.
    """
    with files.arriving() as file:
        path = Path(file.name)
        try:
            hashed, size = sha256(), 0
            while piece := source.read(PIECE):
                file.write(piece)
                hashed.update(piece)
                size += len(piece)
            file.flush()
            os.fsync(file.fileno())
            whole = path.with_name(f"{hashed.hexdigest()}.{uuid4().hex}")
            path = path.rename(whole)
            settle(path.parent)
            yield Arrived(path, hashed.hexdigest(), size)
        finally:
            path.unlink(missing_ok=True)
