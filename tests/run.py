"""`make test`: all checks, those side by side that do not disturb each other, then one table."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent
SOURCES = ["libs", "services", "deploy", "tests", "bench", "docs"]


@dataclass(frozen=True, slots=True)
class Check:
    """One command of the checks, by the name of its make verb."""

    name: str
    command: tuple[str, ...]


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    """Name a program of this environment with its arguments."""
    return (str(BIN / name), *arguments)


STAGES: tuple[tuple[Check, ...], ...] = (
    (
        Check("format", tool("ruff", "format", "--check", *SOURCES)),
        Check("lint", tool("ruff", "check", *SOURCES)),
        Check("layers", tool("lint-imports")),
    ),
    (
        Check("types", tool("mypy")),
        Check(
            "unit + storage + contract",
            tool("pytest", "-q", "-n", "2", "--dist", "loadgroup", "-m", "not journey"),
        ),
    ),
    (Check("journey", tool("pytest", "-q", "-m", "journey")),),
    # Drawn so that registry, worker, follower and sender die; docs/survival.md has the long runs.
    (
        Check(
            "chaos",
            tool(
                *("python", "-m", "tests.chaos", "--kills", "4", "--seed", "743", "--together"),
                *("--mail-moment", "0.02"),
            ),
        ),
    ),
)
"""Stages run one after the other; the checks of one stage run side by side."""


def main() -> int:
    """Run every stage whatever the one before said, and show the table.

    Returns:
        0 if all passed.
    """
    results: list[tuple[str, int, float]] = []
    for stage in STAGES:
        results += _run(stage)
    print("\nmake test")
    for name, code, took_s in results:
        print(f"  {'ok    ' if code == 0 else 'FAILED'} {took_s:6.1f} s  {name}")
    return 0 if all(code == 0 for _, code, _ in results) else 1


def _run(stage: tuple[Check, ...]) -> list[tuple[str, int, float]]:
    began = time.monotonic()
    running = [
        (
            check,
            subprocess.Popen(
                check.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ
            ),
        )
        for check in stage
    ]
    results = []
    for check, process in running:
        output, _ = process.communicate()
        print(f"\n── {check.name} ──\n{output.decode(errors='replace')}", flush=True)
        results.append((check.name, process.returncode, time.monotonic() - began))
    return results


if __name__ == "__main__":
    sys.exit(main())
