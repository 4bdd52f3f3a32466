"""A real supervisor over small processes: it restarts them, and is outlived and replaced safely."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from ieum import supervision
from ieum.home import Home
from ieum.leftover_processes import alive, started
from ieum.ports import Ports
from ieum.programs import Program, plan
from ieum.stopping import stop_everything

CODE = "import os, time; print(os.environ['IEUM_WORD'], flush=True); time.sleep(600)"
SLEEPER = (sys.executable, "-c", CODE)
PROGRAMS = (
    Program("mailbox", SLEEPER, {"IEUM_WORD": "100% 이음; 'quoted'"}),
    Program("graph", SLEEPER, {"IEUM_WORD": "second"}, after="mailbox"),
)


@pytest.fixture
def home(tmp_path: Path, other_processes: None) -> Iterator[Home]:
    made = Home(tmp_path / "집 100%" / "home")
    made.make()
    start(made)
    yield made
    stop_everything(made)


def start(home: Home) -> None:
    supervision.start_supervisor(
        home, plan(PROGRAMS, Ports(9500)), supervision.configuration(home, PROGRAMS)
    )


def eventually(look: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not look():
        assert time.monotonic() < until
        time.sleep(0.05)


def pid_of(home: Home, name: str) -> int | None:
    return next((each.pid for each in alive(home.run) if each.name == name), None)


def test_what_waits_for_nothing_starts_at_once_and_the_rest_when_told(home: Home) -> None:
    eventually(lambda: pid_of(home, "mailbox") is not None)
    assert pid_of(home, "graph") is None

    supervision.start(home, ["graph", "mailbox"])

    eventually(lambda: pid_of(home, "graph") is not None)
    eventually(lambda: supervision.seen(home)["graph"].state == "RUNNING")


def test_a_process_gets_its_variables_whatever_stands_in_them(home: Home) -> None:
    log = home.logs / "mailbox.log"

    eventually(log.exists)
    eventually(lambda: log.read_text() == "100% 이음; 'quoted'\n")


def test_a_killed_process_is_started_anew_and_counted(home: Home) -> None:
    eventually(lambda: pid_of(home, "mailbox") is not None)
    eventually(lambda: supervision.seen(home)["mailbox"].state == "RUNNING")
    before = pid_of(home, "mailbox")
    assert before is not None

    os.kill(before, signal.SIGKILL)

    eventually(lambda: pid_of(home, "mailbox") not in {before, None})
    assert next(each.starts for each in started(home.run) if each.name == "mailbox") == 2


def test_what_a_killed_supervisor_leaves_behind_is_ended(home: Home) -> None:
    eventually(lambda: pid_of(home, "mailbox") is not None)
    supervisor, orphan = pid_of(home, "supervisor"), pid_of(home, "mailbox")
    assert supervisor is not None
    assert orphan is not None
    os.kill(supervisor, signal.SIGKILL)
    eventually(lambda: not supervision.answers(home))
    assert psutil.pid_exists(orphan)

    stop_everything(home)

    assert alive(home.run) == []
    start(home)
    eventually(lambda: pid_of(home, "mailbox") not in {orphan, None})


def test_stopping_twice_is_fine(home: Home) -> None:
    eventually(lambda: pid_of(home, "mailbox") is not None)

    assert stop_everything(home) == 2
    assert stop_everything(home) == 0
    assert not home.socket.exists()
