"""Checks that run side by side neither hold each other up nor count each other's time."""

import sys
from pathlib import Path

import pytest

from tests.conftest import ByFile
from tests.run import Check, run_stage

SHARED = ByFile.__new__(ByFile)
"""How tests are shared out, with no workers yet."""

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


@pytest.mark.usefixtures("other_processes")
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


def test_all_that_need_neo4j_are_given_to_one_worker_and_a_file_is_never_split() -> None:
    scope = SHARED._split_scope  # xdist's own name.
    questions = "tests/graph/storage/test_questions.py::test_x[tests/a.py::b]"

    assert scope(questions) == scope("tests/bench/test_rebuild.py::test_y")
    assert scope("tests/graph/domain/test_z.py::test_z[1]") == (
        scope("tests/graph/domain/test_z.py::test_other")
    )
    assert len({scope(f"tests/{each}.py::test") for each in ("a", "b")}) == 2


def test_journeys_share_one_installation_and_stay_in_order_at_one_worker() -> None:
    scope = SHARED._split_scope  # xdist's own name.

    assert scope("tests/journey/test_logs.py::test_a") == scope("tests/journey/test_b.py::test_b")
    assert scope("tests/journey/test_b.py::test_b") != scope("tests/deploy/test_b.py::test_b")
