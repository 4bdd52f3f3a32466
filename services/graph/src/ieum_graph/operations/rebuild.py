"""Make the graph anew from the log alone: empty it in batches, then apply the log again.

First form: questions answer `graph.rebuilding` until the graph stands where it stood. Each step is
a transaction of its own and the state is kept in the graph, so whoever follows next goes on with a
rebuild that was interrupted.
"""

from collections.abc import Callable
from datetime import datetime

from changefeed.cursor import FeedGap
from changefeed.log_id import OtherLog
from ieum_graph.domain.changes import NotApplied
from ieum_graph.domain.kinds import FINGERPRINT
from ieum_graph.operations.apply_page import apply_page
from ieum_graph.operations.ports import Feed, Projection, Reading, Standing, Step

Tell = Callable[[str, int, int], None]
"""Called with `emptied` or `applied`, how many so far and of how many (0 if not known)."""


def rebuild(*, projection: Projection, feed: Feed, now: Callable[[], datetime], tell: Tell) -> int:
    """Rebuild, in an empty store too, and forget which log was followed, and of which history.

    A follower that runs beside it does no harm.

    Returns:
        The number of the last entry applied.

    Raises:
        FeedUnavailable, GraphAway: Run it again, or let the follower go on.
        NotApplied, FeedGap: The projection has stopped before that entry and says so.
        FeedForked: The log was replaced meanwhile; run it again.
    """
    projection.prepare()
    begin_rebuild(projection)
    projection.in_one_step(lambda step: step.forget_log())
    finish_emptying(projection, tell)
    while True:
        cursor = projection.standing().cursor
        page = feed.read(cursor)
        try:
            apply_page(page, read_after=cursor, heard_at=now(), projection=projection)
        except (NotApplied, FeedGap) as error:
            stop(projection, stopped_by(error))
            raise
        if projection.standing().state == "emptying":  # Something was redacted meanwhile.
            finish_emptying(projection, tell)
            continue
        reached = projection.standing().cursor.seq
        tell("applied", reached, page.head)
        if reached >= page.head:
            projection.in_one_step(lambda step: step.settle("following"))
            return reached


class Stopped(Exception):
    """The projection does not move: what is recorded from now on does not reach it."""


class Unheard(Exception):
    """The projection has never heard of the log: nobody knows what it lacks."""


def require_motion(reading: Reading) -> None:
    """Make sure that the projection has heard of the log and has not stopped.

    Raises:
        Unheard: Until its follower has reached the registry once.
        Stopped: Saying at which entry and why.
        GraphAway: Nobody knows.
    """
    standing = reading.standing()
    if standing.heard_at is None:
        raise Unheard("its follower has not reached the registry yet")
    if standing.state == "stopped":
        raise Stopped(f"after entry {standing.cursor.seq}: {standing.detail}")


def stop(projection: Projection, detail: str) -> None:
    """Note that it does not go on, and why."""
    projection.in_one_step(lambda step: step.settle("stopped", detail))


def stopped_by(error: NotApplied | FeedGap | OtherLog) -> str:
    """Say why the projection stopped, as it is kept with it: a stable code, then the entry."""
    if isinstance(error, FeedGap):
        return f"feed.gap: expected {error.expected}, found {error.found}"
    if isinstance(error, OtherLog):
        return str(error)
    return f"change.not_applied: {error}"[:300]


def is_outgrown(standing: Standing) -> bool:
    """Say whether the graph was drawn by other kinds than today's: applied entries stay as drawn.

    One that is being emptied is on its way already.
    """
    return standing.state != "emptying" and standing.model != FINGERPRINT


def begin_rebuild(projection: Projection, *, is_forked: bool = False) -> None:
    """Let questions wait from now on.

    Args:
        is_forked: The log tells another history than the one followed: what was followed is kept
            as a witness, for a log whose end was cut off is whole by itself.
    """

    def begin(step: Step) -> None:
        standing = step.standing()
        if is_forked and (standing.lost is None or standing.lost.seq < standing.cursor.seq):
            step.note_lost(standing.cursor)
        if standing.state != "emptying":
            step.settle("emptying")

    projection.in_one_step(begin)


def finish_emptying(projection: Projection, tell: Tell) -> None:
    """Throw away what is projected, all of it, and set the cursor to the beginning of the log."""
    thrown = 0
    while batch := empty_on(projection):
        thrown += batch
        tell("emptied", thrown, 0)


def empty_on(projection: Projection) -> int:
    """Throw away one batch; after the last set the cursor to the beginning of the log.

    Returns:
        How much it was; 0 once nothing is left and the log is to be applied.
    """
    if batch := projection.empty_some():
        return batch

    def begin_anew(step: Step) -> None:
        if step.standing().state == "emptying":
            step.settle("rebuilding")

    projection.in_one_step(begin_anew)
    return 0
