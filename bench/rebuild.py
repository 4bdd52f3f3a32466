"""How long does it take to make the graph anew, at several sizes of a register?

One partner, the city, is party to every agreement: most edges end at one node. The log grows from
size to size in one Neo4j, started for this run with the heap of the product; at each size the
graph is thrown away and made anew from the log alone, as after a restore or a change of the model.
Seconds are those of `ieum graph rebuild`, emptying and applying together. The log is read from
files instead of over HTTP.

ROUNDS is the largest size in thousands of agreements; ten without it, 100 for a large city.
"""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench._engine import own_engine
from bench._files import Files, write_register
from changefeed.reader import FeedReader
from ieum_graph.jobs.follow import follow_once
from ieum_graph.operations.rebuild import rebuild
from ieum_graph.storage.edits import StoredProjection

SIZES = (1_000, 4_000, 10_000)
GOAL_S = 90
"""Most seconds for 10,000 agreements; of another size in proportion."""


def main(rounds: int | None = None) -> int:
    """Make the log, start a Neo4j and rebuild it at each size."""
    largest = (rounds or 10) * 1_000
    sizes = sorted({each for each in SIZES if each < largest} | {largest})
    with (
        tempfile.TemporaryDirectory(prefix="ieum-bench-") as name,
        own_engine(Path(name)) as driver,
    ):
        projection = StoredProjection(driver)
        took = {}
        for size, head in write_register(Path(name), sizes).items():
            took[size] = rebuilt(projection, Path(name), head)
            print(f"{size:>9,} agreements, {head:>9,} entries: {took[size]:.1f} s", flush=True)
    figures = ", ".join(f"{size:,} agreements {spent_s:.0f} s" for size, spent_s in took.items())
    is_met = took[largest] <= GOAL_S * largest / 10_000
    print(f"rebuild: {figures}; goal 10,000 <= {GOAL_S} s: {'ok' if is_met else 'short'}")
    return 0 if is_met else 1


def rebuilt(projection: StoredProjection, folder: Path, head: int) -> float:
    """Follow the log up to an entry, then throw the graph away and make it anew.

    Returns:
        Seconds of the clock for the second.
    """
    feed = FeedReader("http://feed.of.files", lambda: "", Files(folder, head))  # type: ignore[arg-type]  # It asks a session for nothing else.
    while projection.standing().cursor.seq < head:
        follow_once(feed=feed, projection=projection, now=_now)
    began = time.monotonic()
    reached = rebuild(projection=projection, feed=feed, now=_now, tell=lambda *_: None)
    spent_s = time.monotonic() - began
    if reached != head:
        raise SystemExit(f"The rebuild came to entry {reached} of {head}.")
    return spent_s


def _now() -> datetime:
    return datetime.now(UTC)
