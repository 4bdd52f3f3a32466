"""How fast does a follower that is far behind catch up, against the bare writing of what it draws?

`follower` is the graph's own: pages read, decoded and held to their chain by the client of the
feed, worked out against what stands, written with cursor and hash, page by page. `bare` is told
beforehand what comes out and merges just that: the same nodes and edges, as they stand at the end,
by UNWIND and MERGE in batches of 2,000 under the same constraints. Both write to one Neo4j, one
started for this run with the heap of the product; they take turns, 10,000 entries each, so that
other work on the machine falls on both. The first turn of each warms Neo4j up and is not counted.

The log is made up, in the form in which the feed sends it: three quarters commitments with five to
eleven ties each, some changed or ended later, milestones, partners, agreements with their parties.
It is read from files instead of over HTTP: making 100,000 entries in a registry takes longer than
following them. ROUNDS is how many times 10,000 entries; ten without it.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from neo4j import Driver

from bench._bare import bare_schema, bare_slices, merge
from bench._engine import own_engine
from bench._files import Files, write_log
from changefeed.reader import FeedReader
from ieum_graph.domain.changes import Edits
from ieum_graph.jobs.follow import follow_once
from ieum_graph.storage.edits import StoredProjection

ROUNDS = 10
SLICE = 10_000
GOAL = 0.5
"""Least ratio of the follower's rate to the bare one's (issue: catching up)."""


def main(rounds: int | None = None) -> int:
    """Make the log, start a Neo4j and let both write it in turns."""
    with (
        tempfile.TemporaryDirectory(prefix="ieum-bench-") as name,
        own_engine(Path(name)) as driver,
    ):
        size = (rounds or ROUNDS) * SLICE
        edits = write_log(Path(name), size)
        print(f"made {size:,} entries: {len(edits.opened):,} edges", flush=True)
        for statement in bare_schema():
            driver.execute_query(statement)
        spent = race(driver, Path(name), size, edits, tell=_tell)
    print(
        f"catch-up: {size:,} entries behind, {len(edits.opened):,} edges; follower "
        f"{spent.entries / spent.follower_s:,.0f} entries/s, "
        f"bare {spent.entries / spent.bare_s:,.0f}; follower:bare {spent.ratio:.2f}; "
        f"goal >= {GOAL}: {'ok' if spent.ratio >= GOAL else 'short'}"
    )
    return 0 if spent.ratio >= GOAL else 1


@dataclass(slots=True)
class Spent:
    """Seconds of the clock for so many entries, turns together."""

    entries: int = 0
    follower_s: float = 0.0
    bare_s: float = 0.0

    @property
    def ratio(self) -> float:
        """The follower's rate against the bare one's."""
        return self.bare_s / self.follower_s


def race(
    driver: Driver,
    folder: Path,
    size: int,
    edits: Edits,
    *,
    turn: int = SLICE,
    tell: Callable[[int, float], None] = lambda *_: None,
) -> Spent:
    """Let the follower and the bare writer write in turns; who begins changes each time."""
    projection = StoredProjection(driver)
    feed = FeedReader("http://feed.of.files", lambda: "", Files(folder, size))  # type: ignore[arg-type]  # It asks a session for nothing else.
    slices = bare_slices(edits, turn)
    spent = Spent()

    def follow(upto: int) -> None:
        while projection.standing().cursor.seq < upto:
            follow_once(feed=feed, projection=projection, now=lambda: datetime.now(UTC))

    for number, start in enumerate(range(0, size, turn)):
        upto = min(start + turn, size)
        writes = slices.get(number, [])
        took = {}
        for who in ("follower", "bare") if number % 2 else ("bare", "follower"):
            began = time.monotonic()
            if who == "bare":
                merge(driver, writes)
            else:
                follow(upto)
            took[who] = time.monotonic() - began
        if number or size <= turn:  # A single turn is all there is.
            spent.entries += upto - start
            spent.follower_s += took["follower"]
            spent.bare_s += took["bare"]
        tell(upto, took["bare"] / took["follower"])
    return spent


def _tell(reached: int, ratio: float) -> None:
    print(f"{reached:>9,} entries: follower:bare {ratio:.2f} in this turn", flush=True)
