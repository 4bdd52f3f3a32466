"""What a killed supervisor leaves behind is known by pid and start time, and is ended."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from ieum.child import note_start
from ieum.leftover_processes import Started, alive, end, forget

Start = Callable[[str], "subprocess.Popen[bytes]"]

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(60)
"""

PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def start(other_processes: None) -> Iterator[Start]:
    begun: list[subprocess.Popen[bytes]] = []

    def begin(code: str) -> subprocess.Popen[bytes]:
        begun.append(subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE))
        return begun[-1]

    yield begin
    for each in begun:
        each.kill()
        each.wait()


def test_a_process_is_found_by_pid_and_start_time(tmp_path: Path, start: Start) -> None:
    process = start("import time; time.sleep(60)")

    note_start(tmp_path / "registry.json", process.pid)

    assert [(each.name, each.pid) for each in alive(tmp_path)] == [("registry", process.pid)]


def test_a_pid_that_belongs_to_another_by_now_is_left_alone(tmp_path: Path, start: Start) -> None:
    process = start("import time; time.sleep(60)")
    note_start(tmp_path / "registry.json", process.pid)
    note = json.loads((tmp_path / "registry.json").read_text())
    (tmp_path / "registry.json").write_text(
        json.dumps(note | {"create_time": note["create_time"] - 3600})
    )

    assert alive(tmp_path) == []
    end([Started("registry", process.pid, note["create_time"] - 3600)])
    assert process.poll() is None


def test_a_copied_home_does_not_claim_the_processes_of_its_original(
    tmp_path: Path, start: Start
) -> None:
    original, copy = tmp_path / "original", tmp_path / "copy"
    original.mkdir()
    note_start(original / "registry.json", start("import time; time.sleep(60)").pid)

    shutil.copytree(original, copy)

    assert alive(copy) == []
    assert len(alive(original)) == 1


def test_ending_waits_for_a_process_that_ends_by_itself(tmp_path: Path, start: Start) -> None:
    process = start("import time; time.sleep(60)")
    note_start(tmp_path / "registry.json", process.pid)

    killed = end(alive(tmp_path))

    assert killed == []
    assert process.wait(timeout=5) == -15


def test_a_process_that_does_not_end_is_killed(tmp_path: Path, start: Start) -> None:
    process = start(STUBBORN)
    assert process.stdout is not None
    process.stdout.readline()
    note_start(tmp_path / "neo4j.json", process.pid)

    killed = end(alive(tmp_path), grace_s=0.5)

    assert killed == ["neo4j"]
    assert alive(tmp_path) == []


def test_children_end_with_their_parent(tmp_path: Path, start: Start) -> None:
    process = start(PARENT)
    assert process.stdout is not None
    child = psutil.Process(int(process.stdout.readline()))
    note_start(tmp_path / "graph.json", process.pid)

    end(alive(tmp_path))

    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


def test_notes_of_the_dead_are_forgotten_and_those_of_the_living_kept(
    tmp_path: Path, start: Start
) -> None:
    dead, living = start("pass"), start("import time; time.sleep(60)")
    note_start(tmp_path / "dead.json", dead.pid)
    note_start(tmp_path / "living.json", living.pid)
    dead.wait()

    forget(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["living.json"]


def test_starts_are_counted(tmp_path: Path, start: Start) -> None:
    process = start("import time; time.sleep(60)")

    for _ in range(3):
        note_start(tmp_path / "portal.json", process.pid)

    assert json.loads((tmp_path / "portal.json").read_text())["starts"] == 3
    assert time.time() - json.loads((tmp_path / "portal.json").read_text())["create_time"] < 60
