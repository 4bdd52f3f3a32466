"""What the registry tells of itself at `/metrics`."""

from collections.abc import Callable, Iterator

from httpedge.metrics import Figure


def log_figures(head_seq: Callable[[], int]) -> Iterator[Figure]:
    """Say how far the log reaches: whoever follows is behind by what it lacks of this."""
    yield Figure("ieum_log_head", "Number of the newest entry of the change log", head_seq())
