"""Which processes of this home are alive, and how to end them for certain.

A process is known by pid and start time together: a pid alone may by now belong to somebody else.
"""

import contextlib
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

SAME_START_S = 2.0
"""Start times are counted from the boot, whose own time may be corrected by a second."""

GRACE_S = 25.0
"""Neo4j closes its store within about 11 s; what takes longer than this is killed."""


@dataclass(frozen=True, slots=True)
class Started:
    """A process that was started for this home, as it wrote itself down.

    Attributes:
        name: `registry`, `neo4j`, `supervisor` …
        starts: How often it was started since the last `up`, at least 1.
    """

    name: str
    pid: int
    create_time: float
    starts: int = 1

    def process(self) -> psutil.Process | None:
        """Give the living process, or None if it ended or its pid belongs to another by now."""
        try:
            found = psutil.Process(self.pid)
            same = abs(found.create_time() - self.create_time) <= SAME_START_S
            return found if same and found.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None


def started(run: Path) -> list[Started]:
    """Read who wrote themselves down here; unreadable notes and a copied home's are left out."""
    found = []
    for path in sorted(run.glob("*.json")):
        try:
            note = json.loads(path.read_text(encoding="utf-8"))
            if note["run"] == str(run.resolve()):
                found.append(
                    Started(path.stem, int(note["pid"]), float(note["create_time"]), note["starts"])
                )
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found


def alive(run: Path) -> list[Started]:
    """Read who of them still lives."""
    return [each for each in started(run) if each.process() is not None]


def end(found: Sequence[Started], *, grace_s: float = GRACE_S) -> list[str]:
    """End these processes and their children: TERM, then KILL after the grace.

    The supervisor goes first and at once, or it would start anew what is ended after it.

    Returns:
        The names of those that had to be killed.
    """
    for each in found:
        if each.name == "supervisor" and (process := each.process()) is not None:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
                process.wait(timeout=5)
    parents: dict[psutil.Process, str] = {}
    children: dict[psutil.Process, str] = {}
    for each in found:
        process = each.process()
        if process is not None:
            with contextlib.suppress(psutil.NoSuchProcess):
                children |= dict.fromkeys(process.children(recursive=True), each.name)
                parents[process] = each.name
                process.terminate()
    family = children | parents
    # Children are ended by their parents, who may have to finish something with them first.
    until = time.monotonic() + grace_s
    _wait(parents, until)
    for process in children:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
    _wait(family, until)
    killed = [process for process in family if _lives(process)]
    for process in killed:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(killed, timeout=5)
    return sorted({family[process] for process in killed})


def forget(run: Path) -> None:
    """Take away the notes of processes that are gone."""
    for each in started(run):
        if each.process() is None:
            (run / f"{each.name}.json").unlink(missing_ok=True)


def _wait(processes: Iterable[psutil.Process], until: float) -> None:
    while any(_lives(process) for process in processes) and time.monotonic() < until:
        time.sleep(0.1)


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
