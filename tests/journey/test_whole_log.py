"""After all journeys: whatever any process has written down is what a machine can read."""

import json
from collections import Counter
from datetime import UTC, datetime

from tests.journey.conftest import House

KEYS = {"event", "level", "service", "timestamp"}
"""What docs/observability.md promises of each line."""

PROSE = {"supervisor"}
"""Whose log is not ours to shape: docs/observability.md names it."""


def wrong(line: str) -> str | None:
    """Say what is wrong with one line; None if nothing is."""
    try:
        said = json.loads(line)
    except ValueError:
        return "no JSON"
    if not isinstance(said, dict):
        return "no object"
    if missing := KEYS - said.keys():
        return f"without {', '.join(sorted(missing))}"
    at = datetime.fromisoformat(said["timestamp"])
    return None if at.utcoffset() == UTC.utcoffset(None) else "no instant in UTC"


def test_every_line_of_every_log_is_one_object_with_the_promised_keys(house: House) -> None:
    logs = {path.stem: path for path in (house.home / "logs").glob("*.log")}
    read: Counter[str] = Counter()
    faults = []
    for name in logs.keys() - PROSE:
        for line in logs[name].read_text(encoding="utf-8").splitlines():
            read[name] += 1
            if fault := wrong(line):
                faults.append(f"{name}: {fault}: {line[:200]}")

    assert faults == []
    assert set(read) == {  # Each has said something by now.
        *("registry", "graph", "notify", "portal"),
        *("graph-follow", "notify-work", "neo4j", "mailbox"),
        *("registry-retain", "registry-work", "portal-retain"),
    }
