"""Beside serving: the texts of documents are read, and their files are swept."""

import json
import logging
from collections.abc import Callable, Collection
from dataclasses import asdict
from datetime import datetime
from threading import Event
from typing import Protocol

from ieum_registry.operations.document_content import text_of
from ieum_registry.operations.document_sweep import sweep
from ieum_registry.operations.ports.document_files import DocumentFiles
from ieum_registry.operations.ports.document_reader import DocumentReader
from ieum_registry.operations.ports.document_texts import DocumentTexts
from ieum_registry.operations.ports.records import Records

SWEEPS_EVERY_S = 3600.0
LOOKS_EVERY_S = 10.0

log = logging.getLogger("documents")


class TextStore(Protocol):
    """Keeps what is read in documents."""

    @property
    def records(self) -> Records:
        """What is known."""

    @property
    def texts(self) -> DocumentTexts:
        """What was read."""


class Named(Protocol):
    """Knows what is on record."""

    def named_files(self) -> Collection[str]:
        """Give the hashes of all documents whose files are to be there."""
        ...


def sweep_hourly(
    store: Named,
    files: DocumentFiles,
    *,
    now: Callable[[], datetime],
    stopping: Event,
    first_after_s: float,
) -> None:
    """Sweep up among the files every hour, until the service stops.

    Several processes may do so at the same time; whatever one did the other finds done.
    """
    wait_s = first_after_s
    while not stopping.wait(wait_s):
        wait_s = SWEEPS_EVERY_S
        try:
            swept = sweep(files, store.named_files, now())
        except Exception:  # The database or the disk may be away; the next hour tries again.
            log.exception("the files of documents could not be swept")
        else:
            log.info("files of documents swept", extra=asdict(swept))


def read_texts(
    store: TextStore,
    files: DocumentFiles,
    reader: DocumentReader,
    *,
    now: Callable[[], datetime],
    stopping: Event,
) -> None:
    """Read the text of each document that is put on record, until the service stops.

    Several processes may do so at the same time: each document is read by one.
    """
    while not stopping.wait(LOOKS_EVERY_S):
        try:
            while not stopping.is_set() and read_next(store, files, reader, now()):
                pass
        except Exception:  # The database may be away; the next look tries again.
            log.exception("the texts of documents could not be read")


def read_next(
    store: TextStore, files: DocumentFiles, reader: DocumentReader, now: datetime
) -> bool:
    """Read the text of one document, if there is one to be read; whether there was."""
    document_id = store.texts.claim(now)
    if document_id is None:
        return False
    facts = json.loads(store.records.one("document", document_id).text)
    state, passages = text_of(facts, files, reader)
    store.texts.keep(document_id, state, passages, now=now)
    log.info("a document was read", extra={"document": str(document_id), "state": state})
    return True
