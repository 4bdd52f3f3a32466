"""What the registry tells of itself at `/metrics`."""

from collections.abc import Iterator

from httpedge.metrics import Figure
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
