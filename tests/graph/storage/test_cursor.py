"""Whoever writes the graph is the only one until the transaction ends."""

import threading

from ieum_graph.operations.ports import Step
from tests.graph.conftest import Graph
from tests.graph.makers import small_city


def test_a_second_writer_waits_and_then_sees_what_the_first_one_wrote(graph: Graph) -> None:
    graph.follow(small_city())
    seen: list[str | None] = []
    asks = threading.Event()

    def look(step: Step) -> None:
        asks.set()
        seen.append(step.standing().detail)

    second = threading.Thread(target=lambda: graph.projection.in_one_step(look))

    def write(step: Step) -> None:
        step.standing()
        second.start()
        asks.wait(30)
        second.join(1)  # It would be through by then, were it not made to wait.
        assert seen == []
        step.settle("stopped", "by the first")

    graph.projection.in_one_step(write)
    second.join(30)

    assert seen == ["by the first"]
