"""Wait until the graph has come as far as somebody needs it."""

from collections.abc import Callable

from ieum_graph.domain.errors import Behind, InTheFuture, Rebuilding
from ieum_graph.operations.ports import Reading, Standing
from ieum_graph.operations.rebuild import is_outgrown

WAIT_S = 5.0
"""How long a question waits for the graph to come as far as the caller demands."""

HEAD_WAIT_S = 1.0
"""How long a number ahead of the log may still turn out to be one not heard of yet."""

LOOK_AGAIN_S = 0.05

BUSY = ("emptying", "rebuilding")


def come_as_far(
    wanted: int,
    *,
    reading: Reading,
    pause: Callable[[float], None],
    known: int = 0,
    misses_nothing: bool = True,
) -> Standing:
    """Wait until the graph has applied an entry; give how it stands then.

    Args:
        wanted: The entry; 0 is content with whatever there is.
        pause: Sleeps so many seconds.
        known: The entry up to which things are asked as known then; 0 for none.
        misses_nothing: Whether all that was heard of must be applied if the graph has stopped.

    Raises:
        InTheFuture: `known` lies ahead of the log.
        Behind: It has not come so far within `WAIT_S`.
        Rebuilding, GraphAway: Ask again later.
    """
    looks = int(WAIT_S / LOOK_AGAIN_S)
    for look in range(looks + 1):
        standing = reading.standing()
        if standing.state in BUSY or is_outgrown(standing):
            raise Rebuilding
        if standing.state == "stopped" and misses_nothing:
            wanted = max(wanted, standing.head_seq)  # What it lacks will not come by waiting.
        if standing.cursor.seq >= wanted:
            return standing
        if known > standing.head_seq and look * LOOK_AGAIN_S >= HEAD_WAIT_S:
            break
        if look < looks:
            pause(LOOK_AGAIN_S)
    head = max(standing.head_seq, standing.cursor.seq)
    if known > head:
        raise InTheFuture(asked=known, head=head)
    raise Behind(wanted=wanted, applied=standing.cursor.seq)
