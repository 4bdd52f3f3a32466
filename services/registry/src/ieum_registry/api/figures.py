"""What the registry tells of itself at `/metrics`."""

from collections.abc import Iterator

from httpedge.metrics import Figure
from ieum_registry.operations.ports.document_checks import DocumentChecks
from ieum_registry.operations.ports.records import Records


def log_figures(records: Records) -> Iterator[Figure]:
    """Say how far the log reaches, and what its last verification found.

    Whoever follows is behind by what it lacks of the newest number.
    """
    yield Figure(
        "ieum_log_head", "Number of the newest entry of the change log", records.head().seq
    )
    last = records.verified()
    if last is not None:
        at = last.at.timestamp()
        yield Figure("ieum_log_verified_at_seconds", "When the log was last verified (Unix)", at)
        yield Figure("ieum_log_whole", "Whether it was whole then, 1 or 0", last.found.is_whole)


def document_figures(checks: DocumentChecks) -> Iterator[Figure]:
    """Say how many documents have a file that is missing or altered, and since when all is so."""
    found = checks.standing(examples=0)
    yield Figure("ieum_documents_files", "Files that documents on record have", found.files)
    yield Figure(
        "ieum_documents_damaged", "Documents whose file is missing or altered", found.damaged
    )
    if found.whole_at is not None:
        at = found.whole_at.timestamp()
        yield Figure(
            "ieum_documents_whole_at_seconds", "All files were found whole then or later (Unix)", at
        )
