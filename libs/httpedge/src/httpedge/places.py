"""How many bodies may be on their way at the same time, and which one gives way to a newcomer.

An honest body is there within milliseconds of its head. So nobody is kept out by those who are
slow: where all places are taken, the slowest of whoever has taken most of them gives way.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

AT_LEAST_S = 0.25
"""How long a body keeps its place while others can wait for one."""

WAIT_S = 2.0
"""How long a newcomer waits for a place before it is refused."""


@dataclass(eq=False, slots=True)
class Place:
    """What one sender has been given.

    Attributes:
        since: When, in seconds of the steady clock.
        give_way: Told at most once, and only while the body is on its way.
        is_arriving: Whether the body is still on its way; who asked may keep the place longer.
    """

    sender: str
    since: float
    give_way: Callable[[], None]
    is_arriving: bool = True


@dataclass(slots=True)
class Places:
    """So many bodies at a time, of one kind of senders.

    Args:
        most: Of all senders together.
        of_one: Of one sender, as an address or an account.
        waiting: How many newcomers may wait, each on a thread of its own; one sender half of them.
    """

    most: int
    of_one: int
    waiting: int
    _taken: list[Place] = field(default_factory=list)
    _waiting: list[str] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def take(
        self, sender: str, give_way: Callable[[], None], *, is_pressing: bool = True
    ) -> Place | None:
        """Take a place.

        Args:
            give_way: Ends this body's reading; called from another thread, it returns at once.
            is_pressing: Whether it is worth waiting up to `WAIT_S`, and others giving way.

        Returns:
            The place, to be given back by `leave`; None if there is none to be had.
        """
        with self._changed:
            if not self._has_room(sender) and not (is_pressing and self._make_room(sender)):
                return None
            place = Place(sender, time.monotonic(), give_way)
            self._taken.append(place)
            return place

    def keep(self, place: Place) -> None:
        """Say that the body is in: its place stays taken, and nobody can ask for it any more."""
        with self._changed:
            place.is_arriving = False

    def leave(self, place: Place) -> None:
        """Give a place back; one that has given way is gone already."""
        with self._changed:
            if place in self._taken:
                self._taken.remove(place)
            self._changed.notify_all()

    def waiting_now(self) -> int:
        """Count who waits."""
        return len(self._waiting)

    def _has_room(self, sender: str) -> bool:
        own = sum(place.sender == sender for place in self._taken)
        return len(self._taken) < self.most and own < self.of_one

    def _make_room(self, sender: str) -> bool:
        if self._is_crowded(sender):
            return self._send_away(sender, older_s=0.0)
        until = time.monotonic() + WAIT_S
        self._waiting.append(sender)
        try:
            while not self._has_room(sender) and not self._send_away(sender, older_s=AT_LEAST_S):
                if time.monotonic() >= until:
                    return False
                self._changed.wait(AT_LEAST_S / 5)
            return True
        finally:
            self._waiting.remove(sender)

    def _is_crowded(self, sender: str) -> bool:
        own = sum(each == sender for each in self._waiting)
        return len(self._waiting) >= self.waiting or own >= max(1, self.waiting // 2)

    def _send_away(self, sender: str, *, older_s: float) -> bool:
        slowest = self._slowest(sender)
        if slowest is None or time.monotonic() - slowest.since < older_s:
            return False
        self._taken.remove(slowest)
        slowest.give_way()
        return True

    def _slowest(self, sender: str) -> Place | None:
        """Give the oldest body on its way of whoever has most, or of a sender who has its share."""
        holding = Counter(place.sender for place in self._taken)
        arriving = [place for place in self._taken if place.is_arriving]
        if holding[sender] >= self.of_one:
            arriving = [place for place in arriving if place.sender == sender]
        return min(arriving, key=lambda each: (-holding[each.sender], each.since), default=None)
