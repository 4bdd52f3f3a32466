"""The layout: inside the frame, nothing on top of another, always the same, neighbours near."""

from itertools import combinations
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from ieum_graph.domain.layout import place

SIZES = st.lists(st.integers(0, 50), min_size=1, max_size=4)


@given(sizes=SIZES)
def test_every_node_has_a_place_of_its_own_inside_the_frame(sizes: list[int]) -> None:
    rings = [[f"{ring}-{each}" for each in range(size)] for ring, size in enumerate(sizes)]
    nodes = [each for ring in rings for each in ring]
    links = list(zip(nodes, reversed(nodes), strict=True))

    found = place(rings, links)

    assert set(found) == set(nodes)
    assert all(0 <= x <= 1000 and 0 <= y <= 1000 for x, y in found.values())
    assert len(set(found.values())) == len(nodes)
    assert found == place(rings, links)


def test_a_network_of_the_size_of_gwangju_leaves_room_for_names() -> None:
    rings = [[], [f"t{each}" for each in range(16)], [f"p{each}" for each in range(24)]]
    links = [(f"p{each}", f"t{each % 16}") for each in range(24)]

    found = place(rings, links)

    nearest = min(
        hypot(one[0] - other[0], one[1] - other[1])
        for one, other in combinations(found.values(), 2)
    )
    assert nearest > 90


def test_a_node_lies_on_the_side_of_its_neighbours() -> None:
    found = place([["c"], ["t1", "t2"], ["p1", "p2"]], [("t1", "p1"), ("t2", "p2")])

    def apart(one: str, other: str) -> float:
        return hypot(found[one][0] - found[other][0], found[one][1] - found[other][1])

    assert apart("t1", "p1") < apart("t1", "p2")
    assert apart("t2", "p2") < apart("t2", "p1")


def test_nothing_has_no_place() -> None:
    assert place([[], []], []) == {}
