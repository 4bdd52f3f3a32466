"""What is killed comes back, and what is left over is found and ended."""

import json
import os
import signal
from collections.abc import Callable
from typing import Any

import psutil

from tests.journey.conftest import House

Wait = Callable[..., Any]


def pid_of(house: House, name: str) -> int:
    record = json.loads((house.home / "run" / f"{name}.json").read_text())
    return int(record["pid"])


def test_a_killed_service_comes_back(house: House, eventually: Wait) -> None:
    before = pid_of(house, "registry")

    os.kill(before, signal.SIGKILL)

    eventually(lambda: pid_of(house, "registry") != before, 30)
    eventually(lambda: _is_ready(house), 30)


def test_a_killed_supervisor_leaves_nothing_behind(house: House, eventually: Wait) -> None:
    head = house.get("registry", "/v1/head")
    supervisors = [
        each
        for each in psutil.process_iter(["cmdline"])
        if "supervisord" in " ".join(each.info["cmdline"] or [])
        and str(house.home) in " ".join(each.info["cmdline"])
    ]
    assert len(supervisors) == 1
    orphans = [psutil.Process(pid_of(house, name)) for name in ("registry", "graph", "neo4j")]

    supervisors[0].kill()
    house.ieum("up")

    assert [each for each in orphans if each.is_running() and each.status() != "zombie"] == []
    assert house.get("registry", "/v1/head") == head
    assert _is_ready(house)


def test_down_leaves_nothing_running(house: House) -> None:
    running = [
        psutil.Process(int(json.loads(path.read_text())["pid"]))
        for path in (house.home / "run").glob("*.json")
        if path.name != "plan.json"
    ]
    assert len(running) == 12  # The supervisor and the eleven it keeps.

    house.ieum("down")

    assert [each for each in running if each.is_running() and each.status() != "zombie"] == []
    assert house.ieum("down").returncode == 0  # Repeated, it finds nothing and says so.


def _is_ready(house: House) -> bool:
    try:
        return house.ask("GET", "registry", "/readyz").ok
    except OSError:
        return False
