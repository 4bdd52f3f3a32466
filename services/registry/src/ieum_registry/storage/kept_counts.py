"""Counts that were worked out and still hold, as nothing was written since."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class KeptCounts(Generic[T]):
    """Counts by all that they follow from; those not asked for longest make room.

    Args:
        most: How much is kept together, in the unit of `size_of`.
        size_of: How much one of them is.
    """

    def __init__(self, most: int, size_of: Callable[[T], int]) -> None:
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._size, self._most, self._size_of, self._lock = 0, most, size_of, Lock()

    def find(self, key: Hashable) -> T | None:
        """Give what was worked out of that; None if it is not kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: Hashable, counted: T) -> None:
        """Keep what was worked out, unless it is larger than all that may be kept."""
        size = self._size_of(counted)
        with self._lock:
            if key in self._kept or size > self._most:
                return
            self._kept[key] = counted
            self._size += size
            while self._size > self._most:
                _, gone = self._kept.popitem(last=False)
                self._size -= self._size_of(gone)
