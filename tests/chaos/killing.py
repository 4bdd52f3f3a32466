"""Who is killed when: drawn from a seed, so that a run can be asked for again."""

import contextlib
import random
import time
from datetime import UTC, datetime

import psutil

from tests.chaos.installation import Installation
from tests.chaos.record import Kill

DECK = (
    *(("registry", "itself"),) * 8,
    *(("registry", "worker"),) * 4,
    *(("notify-work", "itself"),) * 11,
    *(("graph-follow", "itself"),) * 7,
    *(("graph", "itself"),) * 3,
    *(("graph", "worker"),) * 2,
    *(("notify", "itself"),) * 3,
    *(("notify", "worker"),) * 2,
    *(("portal", "itself"),) * 3,
    *(("portal", "worker"),) * 2,
    *(("neo4j", "itself"),) * 4,
    *(("supervisor", "itself"),) * 1,
)
"""Fifty kills: each process by what its death may cost. The supervisor's is followed by `ieum up`,
as the operator would, which starts everything anew."""


ALWAYS = {
    "sqlite": (("notify-work", "itself"), ("registry", "itself"), ("supervisor", "itself")),
    "postgresql": (("notify-work", "itself"), ("registry", "itself"), ("neo4j", "itself")),
}
"""Who dies for sure in a run of five kills or more, by database: what holds letters, writes and the
graph, and who starts them again. Parted over both, so that the run of `make test` stays short; the
supervisor's death is Neo4j's too."""

FEWEST = 5


def drawn(kills: int, draw: random.Random, on: str) -> list[tuple[str, str]]:
    """Draw so many kills: whole decks, shuffled, then part of one without the supervisor.

    A run without a whole deck has each of `ALWAYS`, if there are `FEWEST` kills for it.
    """
    cards: list[tuple[str, str]] = []
    while kills - len(cards) >= len(DECK):
        cards += draw.sample(DECK, len(DECK))
    missing = kills - len(cards)
    sure = ALWAYS[on] if not cards and missing >= FEWEST else ()
    rest = [card for card in DECK if card[0] != "supervisor"]
    for card in sure:
        if card in rest:
            rest.remove(card)
    part = [*sure, *draw.sample(rest, missing - len(sure))]
    draw.shuffle(part)
    return cards + part


def kill(name: str, part: str, where: Installation, draw: random.Random) -> Kill | None:
    """Kill one process of this installation; None if it is not there to be killed just now.

    It is found by the note that it wrote of itself, pid and start time together, so nothing else
    on this machine can be hit.
    """
    started = next((each for each in where.alive() if each.name == name), None)
    if started is None:
        return None
    process: psutil.Process | None = started.process()
    if part == "worker":
        workers = where.workers_of(started)
        process = draw.choice(workers) if workers else None
    if process is None:
        return None
    with contextlib.suppress(psutil.NoSuchProcess):
        process.kill()
        return Kill(name, part, process.pid, datetime.now(UTC))
    return None


def kill_soon(
    name: str, part: str, where: Installation, draw: random.Random, *, within_s: float = 60
) -> Kill | None:
    """Kill one process as soon as it is there; None if it did not come back within the time."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        done = kill(name, part, where, draw)
        if done is not None:
            return done
        time.sleep(0.2)
    return None
