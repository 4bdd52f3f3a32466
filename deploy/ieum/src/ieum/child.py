"""The moment before a process becomes a service: it writes down who it is, then turns into it.

The supervisor runs `python -m ieum.child NAME` in the home's `run/`. The pid stays the same over
`exec`, and with it the start time, so what is written stays true for the process's whole life;
should the supervisor be killed, the next start finds what it left behind by both (ADR 0009).
"""

import json
import os
import sys
from pathlib import Path

import psutil


def main() -> None:
    """Write `<name>.json` = {run, pid, create_time, starts} and become what plan.json says."""
    name = sys.argv[1]
    program = json.loads(Path("plan.json").read_text(encoding="utf-8"))["programs"][name]
    note_start(Path(f"{name}.json"), os.getpid())
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith("IEUM_")
    } | program["environment"]
    os.execve(program["command"][0], program["command"], environment)  # noqa: S606  the plan is ours


def note_start(path: Path, pid: int) -> None:
    """Write down a process, counting how often it was started, so that nobody reads half a file.

    The folder is written down too: a copy of a running home must not claim its processes.
    """
    try:
        starts = int(json.loads(path.read_text(encoding="utf-8"))["starts"])
    except (OSError, ValueError, KeyError, TypeError):
        starts = 0
    draft = path.with_suffix(".new")
    draft.write_text(
        json.dumps(
            {
                "run": str(path.resolve().parent),
                "pid": pid,
                "create_time": psutil.Process(pid).create_time(),
                "starts": starts + 1,
            }
        ),
        encoding="utf-8",
    )
    draft.rename(path)


if __name__ == "__main__":
    main()
