"""A start that cannot go well leaves alone what runs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ieum import starting
from ieum.child import note_start
from ieum.home import Home
from ieum.ports import Ports
from ieum.preconditions import refuse_full_disk
from ieum.say import OperatorError


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.make()
    return made


@pytest.fixture
def running(home: Home, other_processes: None) -> Iterator["subprocess.Popen[bytes]"]:
    """A process of this home, as a start finds it that comes after an update."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    note_start(home.run / "registry.json", process.pid)
    yield process
    process.kill()
    process.wait()


def test_a_full_disk_is_noticed_before_anything_is_stopped(
    home: Home, running: "subprocess.Popen[bytes]", monkeypatch: pytest.MonkeyPatch
) -> None:
    # No disk here is ever full enough; how much must be free is the one thing that is set.
    monkeypatch.setattr(
        starting, "refuse_full_disk", lambda folder: refuse_full_disk(folder, room_mb=10**9)
    )

    with pytest.raises(OperatorError) as refused:
        starting.Start(home, Ports(23000), [], 5).go()

    assert refused.value.code == "disk.full"
    assert running.poll() is None
    os.kill(running.pid, 0)


def test_a_house_of_ones_own_gets_a_link_and_no_account_of_a_sample(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def run_verb(_home: Home, _ports: Ports, service: str, verb: str) -> str:
        asked.append((service, verb))
        return "http://127.0.0.1:23000/first-run/code\n"

    monkeypatch.setattr(starting, "run_verb", run_verb)
    home.own.touch()
    start = starting.Start(home, Ports(23000), [], 5)

    start.make_accounts()

    assert asked == [("portal", "first-run")]
    assert (start.first_run, start.first_logins) == ("http://127.0.0.1:23000/first-run/code", "")
