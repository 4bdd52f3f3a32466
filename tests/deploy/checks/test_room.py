"""Little room is told before there is none."""

from ieum.checks.room import disk
from ieum.home import Home


def test_little_room_is_told_before_the_disk_is_full(home: Home) -> None:
    [found] = disk(home, lambda _: 12)

    assert (found.code, found.where) == ("disk.nearly_full", str(home.root))
    assert "12 MB" in found.en


def test_enough_room_is_well(home: Home) -> None:
    assert list(disk(home, lambda _: 1024)) == []
