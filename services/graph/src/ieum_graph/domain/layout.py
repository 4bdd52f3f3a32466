"""Where do the nodes of a picture lie, so that it reads well and is always the same?

Rings around a centre: what the question is about inside, what it leads to outside. On each ring
the nodes are set in the order of the direction in which their neighbours lie, which keeps lines
short and crossings few; no randomness, no steps that drift. A crowded ring becomes two.
"""

from collections.abc import Mapping, Sequence
from math import atan2, cos, pi, sin

MOST_ON_A_RING = 36
"""More than that and Korean names of ten letters would touch on a circle of the full size."""

SWEEPS = 12


def place(
    rings: Sequence[Sequence[str]], links: Sequence[tuple[str, str]]
) -> dict[str, tuple[int, int]]:
    """Place each node.

    Args:
        rings: Ids from the centre outwards, each id once. One id alone on the first ring is the
            centre.
        links: Pairs of ids; those that are on no ring are left out.

    Returns:
        x and y of each id, whole numbers from 0 to 1000; no two are equal up to 400 nodes.
    """
    circles = _circles(rings)
    near = _neighbours({each for circle in circles for each in circle}, links)
    turn = {
        each: 2 * pi * position / len(circle)
        for circle in circles
        for position, each in enumerate(circle)
    }
    for _ in range(SWEEPS):
        for circle in circles:
            _turn_towards_neighbours(circle, near, turn)
    return _coordinates(circles, turn)


def _circles(rings: Sequence[Sequence[str]]) -> list[list[str]]:
    circles: list[list[str]] = []
    for ring in rings:
        parts = -(-len(ring) // MOST_ON_A_RING)
        circles.extend(list(ring[part::parts]) for part in range(parts))
    return circles


def _neighbours(known: set[str], links: Sequence[tuple[str, str]]) -> Mapping[str, list[str]]:
    near: dict[str, list[str]] = {each: [] for each in known}
    for one, other in links:
        if one in known and other in known:
            near[one].append(other)
            near[other].append(one)
    return near


def _turn_towards_neighbours(
    circle: list[str], near: Mapping[str, list[str]], turn: dict[str, float]
) -> None:
    """Order a circle by the mean direction of each node's neighbours and space it evenly."""

    def direction(each: str) -> float:
        found = [turn[other] for other in near[each]] or [turn[each]]
        east, north = sum(cos(a) for a in found), sum(sin(a) for a in found)
        # Neighbours all around give no direction: stay.
        away = abs(east) < 1e-9 and abs(north) < 1e-9
        return turn[each] if away else atan2(north, east) % (2 * pi)

    wished = {each: direction(each) for each in circle}
    circle.sort(key=lambda each: (wished[each], each))
    step = 2 * pi / len(circle)
    # The even spacing that, as a whole, lies nearest to what was wished.
    drift = [wished[each] - step * position for position, each in enumerate(circle)]
    start = atan2(sum(sin(a) for a in drift), sum(cos(a) for a in drift))
    for position, each in enumerate(circle):
        turn[each] = start + step * position


def _coordinates(
    circles: Sequence[Sequence[str]], turn: Mapping[str, float]
) -> dict[str, tuple[int, int]]:
    has_centre = bool(circles) and len(circles[0]) == 1
    around = len(circles) - has_centre
    found: dict[str, tuple[int, int]] = {}
    for number, circle in enumerate(circles):
        radius = 0.0
        if not (has_centre and number == 0):
            radius = 500 * (number + (not has_centre)) / around
        for each in circle:
            x, y = cos(turn[each]) * radius, sin(turn[each]) * radius
            found[each] = (round(500 + x), round(500 + y))
    return found
