"""A few things that many threads share: each is lent to one at a time, in the order of asking.

More threads than these wait in line. For readings that is faster than a connection for each: they
share one interpreter, which they would take from each other at every row, and each connection's
own cache is memory.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class _Turn(Generic[Thing]):
    """A place in the line."""

    def __init__(self) -> None:
        self.has_come = threading.Lock()
        self.has_come.acquire()
        self.place: Thing | None = None


class Pool(Generic[Thing]):
    """Lends at most so many things, each made when it is first needed.

    Whoever has one must not ask for another: with all of them lent, both would wait for ever.

    Args:
        is_lost: Whether a thing that came back is of no use; another is made in its place.
    """

    def __init__(
        self, make: Callable[[], Thing], most: int, *, is_lost: Callable[[Thing], bool]
    ) -> None:
        self._make = make
        self._is_lost = is_lost
        self._mutex = threading.Lock()
        # None is a place that has nothing made for it yet; what was used last is lent first.
        self._free: list[Thing | None] = [None] * most
        self._line: deque[_Turn[Thing]] = deque()

    @contextmanager
    def lent(self) -> Iterator[Thing]:
        """Lend one; wait in line while there is none."""
        thing = self._take()
        try:
            if thing is None:
                thing = self._make()
            yield thing
        finally:
            self._give_back(None if thing is None or self._is_lost(thing) else thing)

    def _take(self) -> Thing | None:
        with self._mutex:
            if self._free:
                return self._free.pop()
            turn = _Turn[Thing]()
            self._line.append(turn)
        turn.has_come.acquire()
        return turn.place

    def _give_back(self, place: Thing | None) -> None:
        with self._mutex:
            if self._line:
                turn = self._line.popleft()
                turn.place = place
                turn.has_come.release()
            else:
                self._free.append(place)

    def take_all(self) -> list[Thing]:
        """Take back everything that is not lent, for good."""
        with self._mutex:
            found = [each for each in self._free if each is not None]
            self._free = [None] * len(self._free)
        return found
