"""docs/week.md names tests that exist, and every test that is there for it."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs/week.md").read_text("utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", TABLE)
OWN = "tests/portal/pages/test_week_browser.py"


def found_in(file: str) -> set[str]:
    """List the tests that a file holds."""
    nodes = ast.parse((ROOT / file).read_text("utf-8")).body
    return {
        each.name
        for each in nodes
        if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")
    }


def test_every_test_that_the_week_names_exists() -> None:
    missing = [f"{file}::{test}" for file, test in NAMED if test not in found_in(file)]

    assert NAMED
    assert missing == []


def test_each_of_the_jobs_names_a_test() -> None:
    jobs = re.findall(r"^\| (\d+) \|.*$", TABLE, re.MULTILINE)
    named = re.findall(r"^\| (\d+) \|.*`tests/.*$", TABLE, re.MULTILINE)

    assert jobs == [str(number) for number in range(1, 33)]
    assert named == jobs


def test_every_test_of_the_week_stands_in_its_table() -> None:
    assert found_in(OWN) - {test for file, test in NAMED if file == OWN} == set()
