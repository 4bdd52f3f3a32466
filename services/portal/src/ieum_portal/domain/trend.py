"""Lines of shares over days as a small picture: where each point goes, in pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 12, 28
MOST_LINES = 4
"""More lines than these are told apart by nobody; the table has them all."""

GRID = (0, 50, 100)


@dataclass(frozen=True, slots=True)
class Point:
    """One share, in pixels."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """One measure over the days; runs are parted where nothing was due yet."""

    label: str
    runs: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of so many pixels, with its grid and the places of the days."""

    width: int
    height: int
    grid: tuple[tuple[int, float], ...]
    days: tuple[tuple[str, float], ...]
    lines: tuple[Line, ...]


def draw_shares(
    days: Sequence[str], lines: Sequence[tuple[str, Sequence[float | None]]]
) -> Picture:
    """Lay out shares in percent; what lies beyond 100 stands at the top.

    Args:
        days: What each place across is called.
        lines: A label, and a share for each day; None where there is none.
    """
    across = (WIDTH - LEFT - RIGHT) / max(1, len(days) - 1)
    places = [round(LEFT + across * at, 1) for at in range(len(days))]
    return Picture(
        WIDTH,
        HEIGHT,
        tuple((each, _height(each)) for each in GRID),
        tuple(zip(days, places, strict=True)),
        tuple(Line(label, _runs(places, shares)) for label, shares in lines[:MOST_LINES]),
    )


def _height(share: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(share, 100) / 100, 1)


def _runs(places: Sequence[float], shares: Sequence[float | None]) -> tuple[tuple[Point, ...], ...]:
    runs: list[list[Point]] = [[]]
    for x, share in zip(places, shares, strict=True):
        if share is None:
            runs.append([])
        else:
            runs[-1].append(Point(x, _height(share)))
    return tuple(tuple(run) for run in runs if run)
