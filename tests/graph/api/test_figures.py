"""The graph's lag is counted from the registry's head, not from what a stopped follower knew."""

from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from changefeed.cursor import Cursor
from ieum_graph.api.figures import projection_figures
from ieum_graph.operations.ports import Reading, Standing

NOW = datetime(2026, 11, 23, tzinfo=UTC)


class Stood:
    """A projection that has heard of twelve entries and drawn so many."""

    def __init__(self, applied: int) -> None:
        self._applied = applied

    def standing(self) -> Standing:
        heard_at = NOW - timedelta(seconds=1)
        seen = (Cursor(self._applied), heard_at, 12, heard_at, "following", None, 1, None)
        return Standing(*seen)  # type: ignore[arg-type]  # A tuple keeps no literal types.


@pytest.mark.parametrize(
    ("applied", "registry", "lag", "head"),
    [(12, 12, 0, 12), (12, 14, 2, 14), (10, 12, 2, 12), (12, None, 0, 12), (10, None, 2, 12)],
)
def test_what_is_not_drawn_yet_is_counted(
    applied: int, registry: int | None, lag: int, head: int
) -> None:
    reading = cast(Reading, Stood(applied))

    answered = {
        each.name: each.value for each in projection_figures(reading, lambda: NOW, lambda: registry)
    }

    assert answered["ieum_graph_lag_entries"] == lag
    assert answered["ieum_graph_head_seq"] == head
    assert answered["ieum_graph_applied_seq"] == applied
