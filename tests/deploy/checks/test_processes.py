"""What does not run, or keeps starting, is named with its last words."""

import subprocess
import sys
from pathlib import Path

import pytest

from ieum.checks.processes import processes
from ieum.child import note_start
from ieum.leftover_processes import alive
from ieum.supervision import Seen
from tests.deploy.checks.makers import codes, this_process


@pytest.mark.usefixtures("other_processes")
def test_a_process_that_was_killed_is_named_with_what_it_said_last(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    note_start(tmp_path / "mailbox.json", process.pid)
    assert [each.name for each in alive(tmp_path)] == ["mailbox"]

    process.kill()
    process.wait()

    living = {each.name: each for each in alive(tmp_path)} | {"graph": this_process()}
    found = list(processes(["mailbox"], living, {}, lambda name: f"{name}: out"))
    assert codes(found) == ["supervisor.down", "process.down"]
    assert found[1].where == "mailbox"
    assert "mailbox: out" in found[1].en


def test_a_process_that_keeps_starting_is_named() -> None:
    living = {"graph": this_process(starts=6), "supervisor": this_process()}
    seen = {"graph": Seen("graph", "RUNNING", 1, "")}

    [found] = processes(["graph"], living, seen, lambda _: "KeyError: x")

    assert found.code == "process.restarting"
    assert "5 times" in found.en


def test_a_house_that_is_down_is_told_once() -> None:
    assert codes(list(processes(["graph", "registry"], {}, {}, str))) == ["house.down"]


def test_a_house_whose_processes_run_is_well() -> None:
    living = {"graph": this_process(), "supervisor": this_process()}
    seen = {"graph": Seen("graph", "RUNNING", 1, "")}

    assert list(processes(["graph"], living, seen, str)) == []
