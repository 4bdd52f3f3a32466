"""Follow the registry's log for ever: pull, apply at once, wait for more."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NoReturn

from changefeed.cursor import FeedForked, FeedGap
from changefeed.log_id import OtherLog
from changefeed.reader import FeedUnavailable
from httpedge.heartbeat import Beat
from httpedge.requestid import one_pass
from ieum_graph.domain.changes import NotApplied
from ieum_graph.domain.errors import GraphAway, GraphEmpty
from ieum_graph.domain.kinds import FINGERPRINT
from ieum_graph.operations.apply_page import apply_page
from ieum_graph.operations.ports import Feed, Projection
from ieum_graph.operations.rebuild import (
    begin_rebuild,
    empty_on,
    is_outgrown,
    stopped_by,
)

WAIT_S = 25
"""How long the registry may hold a poll open until there is something to tell."""

LONGEST_SILENCE = timedelta(seconds=WAIT_S + 10)
"""How long it takes to hear from a registry with nothing to tell, and a little."""

LONGEST_PAUSE_S = 5.0

log = logging.getLogger("follow")


def follow(
    *,
    feed: Feed,
    projection: Projection,
    now: Callable[[], datetime],
    pause: Callable[[float], None],
    beat: Beat,
) -> NoReturn:
    """Follow until the process is ended; that may happen at any point and costs nothing.

    Neighbours that are away are tried again, sooner at first. A store that was lost is made anew.
    A rebuild that was interrupted is gone on with. A gap stops the projection, which then says so
    and is tried again; a log that tells another history (after a restore) is followed from its
    beginning, and so is any log whose graph was drawn by other kinds than today's.

    Args:
        beat: Called at each turn, well or not: the longest wait for news is `WAIT_S`.
    """
    failures = 0
    while True:
        beat()
        with one_pass():
            failures = _follow_on(failures, feed=feed, projection=projection, now=now, pause=pause)


def _follow_on(
    failures: int,
    *,
    feed: Feed,
    projection: Projection,
    now: Callable[[], datetime],
    pause: Callable[[float], None],
) -> int:
    """Pull one page; give how often in a row a neighbour was away."""
    try:
        follow_once(feed=feed, projection=projection, now=now)
    except (FeedUnavailable, GraphAway) as error:
        failures += 1
        if failures in (1, 10, 100):
            log.warning("neighbour away", extra={"reason": str(error), "failures": failures})
        pause(min(LONGEST_PAUSE_S, 0.2 * 2**failures))
        return failures
    except FeedForked as fork:
        log.error("feed.forked: rebuilding", extra={"seq": fork.seq})  # noqa: TRY400 - known, not a crash
        begin_rebuild(projection, is_forked=True)
    except (FeedGap, NotApplied, OtherLog) as error:
        _stop(projection, stopped_by(error))
        pause(LONGEST_PAUSE_S)
    except Exception as error:
        log.exception("a page could not be applied")
        _stop(projection, f"change.not_applied: {type(error).__name__}: {error}"[:300])
        pause(LONGEST_PAUSE_S)
    return 0


def follow_once(*, feed: Feed, projection: Projection, now: Callable[[], datetime]) -> None:
    """Pull one page and apply it; wait for it while there is nothing new."""
    try:
        standing = projection.standing()
    except GraphEmpty:
        log.warning("Neo4j is empty: its constraints are made, then the log fills it")
        projection.prepare()
        return
    if is_outgrown(standing):
        log.warning(
            "the model has changed: rebuilding",
            extra={"drawn_by": standing.model, "model": FINGERPRINT, "seq": standing.cursor.seq},
        )
        begin_rebuild(projection)
        return
    if standing.state == "emptying":
        empty_on(projection)  # One batch a turn: each is a sign of life.
        return
    # After a stop the registry is asked without waiting, or the graph would count as silent until
    # the first wait is over.
    is_silent = standing.heard_at is None or now() - standing.heard_at > LONGEST_SILENCE
    behind = standing.cursor.seq < standing.head_seq or is_silent
    page = feed.read(standing.cursor, wait_s=0 if behind else WAIT_S)
    applied = apply_page(page, read_after=standing.cursor, heard_at=now(), projection=projection)
    if applied:
        reached = standing.cursor.seq + applied
        log.info("applied", extra={"entries": applied, "seq": reached, "head": page.head})


def _stop(projection: Projection, detail: str) -> None:
    log.error("stopped", extra={"detail": detail})
    try:
        projection.in_one_step(lambda step: step.settle("stopped", detail))
    except GraphAway as error:
        log.warning("neighbour away", extra={"reason": str(error)})
