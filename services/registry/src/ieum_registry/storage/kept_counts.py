"""Counts that were worked out and still hold, as nothing was written since."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from ieum_registry.operations.ports.records import Counts

MOST_KEPT = 20_000
"""Groups in all counts that are kept together: some 5 MB."""


class KeptCounts:
    """Counts by all that they follow from; those not asked for longest make room."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._kept: OrderedDict[Hashable, Counts] = OrderedDict()
        self._groups, self._most, self._lock = 0, most, Lock()

    def find(self, key: Hashable) -> Counts | None:
        """Give what was worked out of that; None if it is not kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: Hashable, counts: Counts) -> None:
        """Keep what was worked out, unless it is larger than all that may be kept."""
        with self._lock:
            if key in self._kept or _size(counts) > self._most:
                return
            self._kept[key] = counts
            self._groups += _size(counts)
            while self._groups > self._most:
                _, gone = self._kept.popitem(last=False)
                self._groups -= _size(gone)


def _size(counts: Counts) -> int:
    return 1 + sum(len(each.items) for each in counts.by)
