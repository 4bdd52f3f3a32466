"""Apply a page of the log: the edits and the cursor in one transaction, or nothing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from changefeed.chain import REDACTION
from changefeed.change import Change, Facts
from changefeed.cursor import Cursor
from changefeed.page import Page
from ieum_graph.domain.changes import Tracing
from ieum_graph.domain.kinds import DRAWING_SUBJECTS, NODE_OF_SUBJECT
from ieum_graph.operations.ports import Projection, Step

MOST_EDGES = 20_000
"""Edges after which a transaction takes no further entry: Neo4j holds all of it in memory.

A page of 1,000 entries draws about 7,000; one of agreements with hundreds of parties far more.
"""


def apply_page(
    page: Page, *, read_after: Cursor, heard_at: datetime, projection: Projection
) -> int:
    """Apply what is new on a page, strictly from the entry after the cursor.

    A page that draws very much is applied up to an entry; what follows comes with the next page.
    A redaction of what may have been drawn begins the graph anew, from zero: its edges tell what
    was known at each number, and they are to be those of a graph that never knew.
    A page given twice changes nothing the second time. A gap or another history changes nothing
    either, and neither does a page that was read before the graph was begun anew.

    Args:
        read_after: The cursor that the page was read with.
        heard_at: When the registry gave it.

    Returns:
        How many entries were applied.

    Raises:
        FeedGap, FeedForked, OtherLog: From the cursor; the projection stays where it is.
        GraphAway: Neo4j did not answer; nothing was applied.
    """
    if not page.items:
        projection.heard(page.head, heard_at)
        return 0
    return projection.in_one_step(lambda step: _apply(page, read_after, heard_at, step))


def _apply(page: Page, read_after: Cursor, heard_at: datetime, step: Step) -> int:
    standing = step.standing()
    if standing.state == "emptying" or standing.cursor.seq < read_after.seq:
        return 0
    cursor = standing.cursor.within(page.log)
    fresh = cursor.unseen(page.items)
    if standing.cursor.seq and _redacts(fresh, since=standing.began_at):
        step.settle("emptying")
        return 0
    tracing = Tracing(step.open_edges(_drawn_before(fresh)))
    taken = 0
    while taken < len(fresh) and tracing.edges < MOST_EDGES:
        tracing.take(fresh[taken])
        taken += 1
    step.write(tracing.edits, cursor.genesis)
    applied = fresh[:taken]
    cursor = cursor.moved_past(applied)
    step.move(cursor, head_seq=page.head, heard_at=heard_at, moments=_moments(applied))
    if standing.state == "stopped" or (standing.state == "rebuilding" and cursor.seq >= page.head):
        step.settle("following")
    return taken


def _drawn_before(changes: Sequence[Change]) -> Mapping[str, Collection[str]]:
    """Give by type the subjects that may have edges: their first entry came before these."""
    new = {each.subject_id for each in changes if each.version == 1}
    found: dict[str, set[str]] = {}
    for each in changes:
        if each.subject_id not in new:
            found.setdefault(each.subject_type, set()).add(str(each.subject_id))
    return found


def _moments(changes: Sequence[Change]) -> Mapping[datetime, int]:
    """Give the last number of each instant; entries of one transaction share theirs."""
    return {change.at: change.seq for change in changes}


def _redacts(fresh: Sequence[Change], *, since: int) -> bool:
    """Say whether anything that may have been drawn was redacted after the first entry was read.

    People are not drawn, and some are erased on most days.
    """
    return any(
        each.kind == REDACTION and each.seq > since and _was_drawn(each.body) for each in fresh
    )


def _was_drawn(redaction: Facts | None) -> bool:
    return redaction is None or redaction["of_type"] in DRAWING_SUBJECTS | NODE_OF_SUBJECT.keys()
