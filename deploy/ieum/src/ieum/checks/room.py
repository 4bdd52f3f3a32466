"""Whether there is room where the home lies."""

from collections.abc import Callable, Iterator
from pathlib import Path

from ieum.checks.finding import Finding
from ieum.home import Home

ROOM_MB = 1024
"""Below this a finding is made; writing goes on until nothing is left."""


def disk(home: Home, free_mb: Callable[[Path], int]) -> Iterator[Finding]:
    """Look for room where the home lies."""
    free = free_mb(home.root)
    if free < ROOM_MB:
        yield Finding(
            "disk.nearly_full",
            str(home.root),
            f"남은 공간이 {free} MB입니다({ROOM_MB} MB 아래). 공간을 비우십시오. "
            "가득 차면 저장이 거절됩니다.",
            f"Only {free} MB are left (less than {ROOM_MB} MB). Make room: on a full disk nothing "
            "is stored any more.",
        )
