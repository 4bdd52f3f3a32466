"""Wait until the graph has come as far as somebody needs it, if there is anything to wait for."""

from collections.abc import Callable
from threading import BoundedSemaphore, Lock

from ieum_graph.domain.errors import Behind, InTheFuture, NotForeseen, NotGiven, Rebuilding
from ieum_graph.operations.ports import Reading, Standing
from ieum_graph.operations.rebuild import is_outgrown

WAIT_S = 5.0
"""How long a question waits for the graph to come as far as the caller demands."""

LOOK_AGAIN_S = 0.05

MOST_WAITING = 8
"""How many may wait at the same time in one process: a quarter of its threads."""

ASK_S = 0.25
"""How long one waits for another to have asked the registry: it answers in a few milliseconds."""

BUSY = ("emptying", "rebuilding")

Beyond = type[InTheFuture] | type[NotGiven] | type[NotForeseen]


class Waiting:
    """What waiting takes: places, a pause, and the registry's word for what has been given.

    Args:
        newest: Asks the registry for its newest entry, within a second; None without an answer.
        pause: Sleeps so many seconds.
    """

    def __init__(
        self,
        newest: Callable[[], int | None],
        pause: Callable[[float], None],
        *,
        places: int = MOST_WAITING,
    ) -> None:
        self._ask = newest
        self._asking = Lock()
        self.pause = pause
        self.places = BoundedSemaphore(places)

    def newest(self) -> int | None:
        """Give the registry's newest entry; one asks at a time, so that few wait for a silent one.

        Returns:
            None if the registry did not answer, or others are still asking.
        """
        if not self._asking.acquire(timeout=ASK_S):
            return None
        try:
            return self._ask()
        finally:
            self._asking.release()


def come_as_far(
    wanted: int,
    *,
    reading: Reading,
    waiting: Waiting,
    may_wait: bool,
    beyond: Beyond,
    misses_nothing: bool = True,
) -> Standing:
    """Give how the graph stands once it has applied an entry; wait for that if there is cause.

    A number that was never given is not waited for, nor is what a graph that has stopped lacks.
    What was given a moment ago the graph may not have heard of: then the registry is asked.

    Args:
        wanted: The entry; 0 is content with whatever there is.
        may_wait: Whether the caller may take one of the few places to wait in.
        beyond: What is raised for a number ahead of the log.
        misses_nothing: Whether all that was heard of must be applied if the graph has stopped.

    Raises:
        InTheFuture, NotGiven, NotForeseen: `beyond`, with the number and the head of the log.
        Behind: It has not come so far, or has never heard of the log.
        Rebuilding, GraphAway: Ask again later.
    """
    standing = _standing(wanted, reading)
    if standing.state == "stopped" and misses_nothing:
        wanted = max(wanted, standing.head_seq)
    if standing.cursor.seq >= wanted:
        return standing
    behind = Behind(wanted=wanted, applied=standing.cursor.seq)
    if wanted > standing.head_seq:
        newest = waiting.newest()
        if newest is None:
            raise behind
        if wanted > newest:
            raise beyond(asked=wanted, head=newest)
    if standing.state == "stopped" or not may_wait or not waiting.places.acquire(blocking=False):
        raise behind
    try:
        return _wait(wanted, reading, waiting.pause)
    finally:
        waiting.places.release()


def _wait(wanted: int, reading: Reading, pause: Callable[[float], None]) -> Standing:
    for _ in range(int(WAIT_S / LOOK_AGAIN_S)):
        pause(LOOK_AGAIN_S)
        standing = _standing(wanted, reading)
        if standing.cursor.seq >= wanted:
            return standing
    raise Behind(wanted=wanted, applied=standing.cursor.seq)


def _standing(wanted: int, reading: Reading) -> Standing:
    standing = reading.standing()
    if standing.heard_at is None:
        raise Behind(wanted=max(1, wanted), applied=standing.cursor.seq)
    if standing.state in BUSY or is_outgrown(standing):
        raise Rebuilding
    return standing
