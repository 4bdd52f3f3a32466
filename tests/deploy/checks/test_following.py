"""A follower that stands still needs a person; one that catches up does not."""

import pytest

from ieum.checks.following import graph, notify
from tests.deploy.checks.makers import codes

FOLLOWING = {"applied_seq": 154, "head_seq": 154, "state": "following", "detail": None}


def test_a_graph_that_has_applied_everything_is_well() -> None:
    assert list(graph(FOLLOWING, 154, before=154)) == []
    assert list(graph(None, 154, before=None)) == []


@pytest.mark.parametrize(
    ("detail", "expected"), [("feed.gap: 3", "graph.stopped"), ("feed.forked", "graph.forked")]
)
def test_a_graph_that_stopped_needs_a_person(detail: str, expected: str) -> None:
    [found] = graph({**FOLLOWING, "state": "stopped", "detail": detail}, 154, before=153)

    assert codes([found]) == [expected]
    assert found.needs == "operator"


@pytest.mark.parametrize(
    ("before", "needs"),
    [(None, "operator"), (154, "operator"), (150, "nobody"), (190, "nobody")],
    ids=["first look", "stood still", "moved on", "began anew"],
)
def test_a_lag_needs_the_operator_only_if_it_stands_still(before: int | None, needs: str) -> None:
    feed = {"applied_seq": 154, "head_seq": 154}

    found = [*graph(FOLLOWING, 200, before=before), *notify({"feed": feed}, 200, before=before)]

    assert codes(found) == ["graph.behind", "notify.behind"]
    assert [each.needs for each in found] == [needs] * 2
    assert all("200" in each.ko and "154" in each.ko for each in found)


def test_a_copy_that_has_read_everything_is_well() -> None:
    feed = {"applied_seq": 154, "head_seq": 154}

    assert list(notify({"feed": feed}, 154, before=150)) == []
    assert list(notify(None, 154, before=None)) == []
