"""`make test`: all checks, those side by side that do not disturb each other, then one table."""

import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent
SOURCES = ["libs", "services", "deploy", "tests", "bench", "docs"]


@dataclass(frozen=True, slots=True)
class Check:
    """One command of the checks, by the name of its make verb."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """How one check ended: its exit status and how long it itself took."""

    name: str
    code: int
    took_s: float


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    """Name a program of this environment with its arguments."""
    return (str(BIN / name), *arguments)


def tests(*arguments: str) -> tuple[str, ...]:
    """Run tests; the slowest are told, so that nobody has to look for them."""
    return tool("pytest", "-q", "--durations=10", "--durations-min=1", *arguments)


JOURNEY, NOT_JOURNEY = "-m=journey", "-m=not journey"
STAGES: tuple[tuple[Check, ...], ...] = (
    (
        Check("format", tool("ruff", "format", "--check", *SOURCES)),
        Check("lint", tool("ruff", "check", *SOURCES)),
        Check("layers", tool("lint-imports")),
    ),
    (
        Check("types", tool("mypy")),
        # Three on two cores: a worker waits, for servers and disks, most of its time.
        Check("unit + storage + contract", tests("-n", "3", NOT_JOURNEY)),
        # Sender, registry, Neo4j and supervisor die; docs/survival.md says where, and has long
        # runs. Half of its time it waits for what the dead held: others may work meanwhile.
        Check(
            "chaos",
            tool(
                *("python", "-m", "tests.chaos", "--kills", "5", "--seed", "743", "--together"),
                *("--mail-moment", "0.02"),
            ),
        ),
    ),
    # Two installations, each of which mostly waits: side by side they take as long as one.
    (Check("journey", tests("-n", "2", JOURNEY)),),
)
"""Stages run one after the other; the checks of one stage run side by side."""


def main() -> int:
    """Run every stage whatever the one before said, and show the table.

    Returns:
        0 if all passed.
    """
    results = [result for stage in STAGES for result in run_stage(stage)]
    print("\nmake test")
    for each in results:
        print(f"  {'ok    ' if each.code == 0 else 'FAILED'} {each.took_s:6.1f} s  {each.name}")
    return 0 if all(each.code == 0 for each in results) else 1


def run_stage(stage: Sequence[Check]) -> list[Result]:
    """Run checks side by side, each read and timed by a thread of its own.

    Returns:
        What became of each, in their order; each's output is shown whole, as it ends.
    """
    with ThreadPoolExecutor(max_workers=len(stage)) as threads:
        return list(threads.map(_run, stage))


def _run(check: Check) -> Result:
    began = time.monotonic()
    done = subprocess.run(
        check.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    took_s = time.monotonic() - began
    # In one piece, as another check may end at the same moment.
    sys.stdout.write(f"\n── {check.name} ──\n{done.stdout.decode(errors='replace')}\n")
    sys.stdout.flush()
    return Result(check.name, done.returncode, took_s)


if __name__ == "__main__":
    sys.exit(main())
