"""Checks that run side by side neither hold each other up nor count each other's time."""

import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import conftest
from tests.run import Check, run_stage

WAITS = """
import pathlib, sys, time
for _ in range(300):
    if pathlib.Path(sys.argv[1]).exists():
        break
    time.sleep(0.1)
else:
    sys.exit("the other check never got on")
time.sleep(0.5)
"""
TALKS = """
import pathlib, sys
print("word " * 100_000, flush=True)
pathlib.Path(sys.argv[1]).touch()
sys.exit(3)
"""


def test_a_talkative_check_ends_while_an_earlier_one_still_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sign = str(tmp_path / "sign")

    patient, talkative = run_stage(
        (
            Check("patient", (sys.executable, "-c", WAITS, sign)),
            Check("talkative", (sys.executable, "-c", TALKS, sign)),
        )
    )

    assert (patient.name, patient.code) == ("patient", 0)
    assert (talkative.name, talkative.code) == ("talkative", 3)
    assert talkative.took_s < patient.took_s
    shown = capsys.readouterr().out
    assert shown.count("word") == 100_000
    assert shown.index("── talkative ──") < shown.index("── patient ──")


def test_what_needs_neo4j_is_marked_before_the_tests_are_shared_out() -> None:
    hooks = pytest.PytestPluginManager()
    hooks.register(conftest)
    reads = import_module("xdist.remote").WorkerInteractor.pytest_collection_modifyitems
    hooks.register(SimpleNamespace(pytest_collection_modifyitems=reads))  # Later, as in a worker.

    first, *_ = reversed(hooks.hook.pytest_collection_modifyitems.get_hookimpls())

    assert first.plugin is conftest
