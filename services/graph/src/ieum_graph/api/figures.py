"""What the graph tells of itself at `/metrics`: how far it is, and how far the record is."""

from collections.abc import Callable, Iterator
from datetime import datetime

from httpedge.metrics import Figure
from ieum_graph.api.questions import SILENCE_S
from ieum_graph.operations.ask import lag_seconds
from ieum_graph.operations.ports import Reading


def projection_figures(
    reading: Reading, now: Callable[[], datetime], registry_head: Callable[[], int | None]
) -> Iterator[Figure]:
    """Say how far the projection has come.

    Args:
        registry_head: Asks the registry: a follower that has stopped has not heard of the newest
            entries. None where it does not answer; then what was last heard of counts.
    """
    standing = reading.standing()
    applied = standing.cursor.seq
    head = max(applied, standing.head_seq, registry_head() or 0)
    lag_s = lag_seconds(standing, now(), silence_s=SILENCE_S)
    yield Figure("ieum_graph_applied_seq", "Newest entry drawn into the graph", applied)
    yield Figure("ieum_graph_head_seq", "Newest entry of the registry's log", head)
    yield Figure("ieum_graph_lag_entries", "Entries not drawn yet", head - applied)
    if standing.heard_at is not None:
        yield Figure("ieum_graph_lag_seconds", "How old the graph's knowledge may be", lag_s)
