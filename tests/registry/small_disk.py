"""The registry on a disk that fills up while the file of a document is written to it."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import IO

from flask import Flask

from ieum_registry import app
from ieum_registry.api.wired import EXTENSION
from ieum_registry.operations.ports.document_files import Arrived

LARGEST = 4 * 2**20
"""What still fits, in bytes: the database does."""


def create() -> Flask:
    """Make it; the kernel refuses each write beyond so much, as it does on a disk that is full."""
    made = app.create()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    wiring = made.extensions[EXTENSION]
    documents = wiring.documents

    @contextmanager
    def arriving(source: IO[bytes]) -> Iterator[Arrived]:
        """Let the file come in; from here on there is no room for more."""
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, most))
        with documents.arrived(source) as arrived:
            yield arrived

    made.extensions[EXTENSION] = replace(wiring, documents=replace(documents, arrived=arriving))
    return made
