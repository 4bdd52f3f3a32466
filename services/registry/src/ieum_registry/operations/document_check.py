"""Whether the files of documents are what was put on record: each is read and hashed anew."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from ieum_registry.domain.errors import RuleBroken
from ieum_registry.operations.ports.document_checks import DocumentChecks, FileFault
from ieum_registry.operations.ports.document_files import Arrived, DocumentFiles, FileMissing

EVERY = timedelta(hours=24)
AT_ONCE = 100


def check_files(
    files: DocumentFiles,
    checks: DocumentChecks,
    *,
    before: datetime,
    now: Callable[[], datetime],
    read: Callable[[int], None] = lambda _: None,
) -> int:
    """Look at every file that was not looked at since an instant; gives how many those were.

    What is found of each is kept at once, so that whoever is stopped goes on where it stood. A
    store that does not answer ends it with its error: that says nothing of a file.

    Args:
        read: Called after each piece with its length, in bytes; it may wait.

    Source: docs/rules/terms.md, T-77; docs/adr/0036.
    """
    seen: set[str] = set()
    while due := [
        each for each in checks.due(before, limit=len(seen) + AT_ONCE) if each not in seen
    ]:
        for name in due:
            checks.keep(name, fault_of(name, files, read), at=now())
            seen.add(name)
    return len(seen)


def restore_file(
    document: Mapping[str, Any],
    arrived: Arrived,
    *,
    files: DocumentFiles | None,
    checks: DocumentChecks,
    at: datetime,
) -> None:
    """Put the very bytes of a document in their place again; the alarm ends with it.

    The log knows these bytes already: nothing about the document changes, so there is no entry.

    Args:
        files: None on a dry run.

    Raises:
        RuleBroken: `document.is_erased`; `document.other_bytes`, if it is another file.

    Source: docs/rules/terms.md, T-77.
    """
    if document["erased_on"] is not None:
        raise RuleBroken("document.is_erased", erased_on=document["erased_on"])
    if arrived.sha256 != document["sha256"]:
        raise RuleBroken("document.other_bytes", name=document["file_name"])
    if files is not None:
        files.keep(arrived)
        checks.keep(arrived.sha256, fault_of(arrived.sha256, files), at=at)


def fault_of(
    name: str, files: DocumentFiles, read: Callable[[int], None] = lambda _: None
) -> FileFault | None:
    """Say what is wrong with a file of that SHA-256; None if it is whole."""
    hashed = sha256()
    try:
        for piece in files.read(name):
            hashed.update(piece)
            read(len(piece))
    except FileMissing:
        return "missing"
    return None if hashed.hexdigest() == name else "altered"
