"""A disk that fills up ends neither the supervisor nor what it watches; room brings all back."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from supervisor import loggers

from ieum import supervision
from ieum.home import Home
from ieum.leftover_processes import alive
from ieum.ports import Ports
from ieum.programs import Program, plan
from ieum.stopping import stop_everything
from ieum.supervisord import LeftOut
from tests.deploy.test_supervision import eventually, pid_of

COUNTS = """
import itertools, time
for number in itertools.count():
    print(str(number).zfill(1000), flush=True)
    time.sleep(0.01)
"""
PROGRAMS = (
    Program("graph", (sys.executable, "-c", COUNTS), {}),
    Program("mailbox", (sys.executable, "-c", "import time; time.sleep(600)"), {}),
)


@pytest.fixture
def disk(tmp_path: Path, other_processes: None) -> Iterator[Path]:
    """Give a file system of 8 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        why = f"only root may make a small disk: {done.stderr.strip()}"
        if os.environ.get("CI") == "true":
            pytest.fail(why, pytrace=False)
        pytest.skip(why)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def home(disk: Path) -> Iterator[Home]:
    made = Home(disk / "home")
    made.make()
    text = supervision.configuration(made, PROGRAMS).replace("=5MB", "=200KB")
    supervision.start_supervisor(made, plan(PROGRAMS, Ports(9500)), text)
    yield made
    (disk / "filled").unlink(missing_ok=True)
    stop_everything(made)


def fill(disk: Path) -> None:
    with (disk / "filled").open("wb", buffering=0) as file:
        for size in (2**20, 4096, 1):
            while True:
                try:
                    file.write(b"\0" * size)
                except OSError:
                    break


def last_number(home: Home) -> int:
    found = [
        line for line in (home.logs / "graph.log").read_text().splitlines() if len(line) == 1000
    ]
    return int(found[-1]) if found else -1


def test_a_full_disk_ends_nothing_and_room_brings_all_back(home: Home, disk: Path) -> None:
    eventually(lambda: last_number(home) > 0)
    eventually(lambda: supervision.seen(home)["mailbox"].state == "RUNNING")
    supervisor, printing = pid_of(home, "supervisor"), pid_of(home, "graph")
    killed = pid_of(home, "mailbox")
    assert killed is not None

    fill(disk)
    reached = last_number(home)
    os.kill(killed, signal.SIGKILL)
    # It ends, is started anew, and cannot write itself down: four lines that nobody can log.
    eventually(lambda: supervision.seen(home)["mailbox"].state == "BACKOFF")
    time.sleep(3)  # So long it prints what finds no room, beyond all buffers and one rotation.

    assert (pid_of(home, "supervisor"), pid_of(home, "graph")) == (supervisor, printing)

    (disk / "filled").unlink()

    eventually(lambda: pid_of(home, "mailbox") not in {killed, None})
    eventually(lambda: supervision.seen(home)["mailbox"].state == "RUNNING")
    eventually(lambda: last_number(home) > reached + 100)
    assert pid_of(home, "graph") == printing
    assert len(alive(home.run)) == 3


def test_a_log_that_is_turned_over_without_room_goes_on_once_there_is_some(disk: Path) -> None:
    log = disk / "graph.log"
    handler = LeftOut(str(log), "a", 100, 2)
    handler.setFormat("%(message)s")
    logger = loggers.Logger(handlers=[handler])
    fill(disk)

    for _ in range(3):
        logger.info("x" * 500)  # Held back in memory, which counts as written until it is closed.
    (disk / "filled").unlink()
    logger.info("room again")
    logger.info("and on")

    kept = "".join(each.read_text() for each in sorted(disk.glob("graph.log*"), reverse=True))
    assert kept.endswith("room againand on")
