"""Fixtures shared by all tests, and the marks that the make verbs choose by."""

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

pytest_plugins = [
    "tests.answers",
    "tests.postgres",
    "tests.neo4j",
    "tests.smtp",
    "tests.browser",
]

# Machines under load are slow, not wrong: no test here asserts a time.
settings.register_profile("ieum", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ieum")

ROOT = Path(__file__).parents[1]
NEEDS = {
    "postgres_url": "postgres",
    "neo4j_server": "neo4j",
    "smtp_server": "smtp",
    "browser": "browser",
    "other_processes": "processes",
}
"""Which mark a test gets that asks for a fixture, itself or through another one."""


NEO4J = (
    *("tests/graph/api/", "tests/graph/jobs/", "tests/graph/operations/", "tests/graph/storage/"),
    *("tests/graph/test_app.py", "tests/bench/test_catch_up.py", "tests/bench/test_rebuild.py"),
    *("tests/contract/test_planted_secrets.py", "tests/contract/test_scope_agrees.py"),
    "tests/contract/test_coverage_agrees.py",
)
"""Where tests need Neo4j: one worker runs them all, as an engine's start costs half a minute."""


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist is untyped.
    """Gives each file to one worker, so that what it starts is started once; longest first.

    xdist's own groups by mark go by an attribute that pytest no longer has.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        if file.startswith("tests/journey/"):
            return "journey"  # All live in one installation, and the last ones end it.
        return "neo4j" if file.startswith(NEO4J) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    """Share the tests out among the workers."""
    return ByFile(config, log)


@pytest.fixture(scope="session")
def other_processes() -> None:
    """Say that a test starts processes; it is then no unit test."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by what a test asks for, so that no test can forget its mark."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        needs = {mark for fixture, mark in NEEDS.items() if fixture in asked}
        needs |= {each.name for each in item.iter_markers() if each.name in NEEDS.values()}
        for each in sorted(needs):
            item.add_marker(each)
        where = item.path.as_posix()
        if "/tests/journey/" in where:
            item.add_marker(pytest.mark.journey)
        elif (needs or "/storage/" in where) and item.get_closest_marker("journey") is None:
            item.add_marker(pytest.mark.storage)
        if "neo4j" in needs:
            file = item.path.relative_to(ROOT).as_posix()
            assert file.startswith(NEO4J), f"{file} needs Neo4j: name it in tests/conftest.py"


_RUNNING: list[pytest.Item] = []
"""The unit test that runs now, if it is one."""

_STARTS = {"subprocess.Popen", "os.posix_spawn", "os.fork", "os.forkpty"}


def _refuse_processes(event: str, arguments: tuple[Any, ...]) -> None:
    """Fail a unit test that starts a process; Python itself tells of each start."""
    if event in _STARTS and _RUNNING:
        pytest.fail(
            f"{_RUNNING[0].nodeid} starts a process ({arguments[:1]}) and is no unit test: "
            "let it, or the fixture that starts it, ask for the fixture `other_processes`"
        )


sys.addaudithook(_refuse_processes)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Any:  # noqa: ANN401  pytest's own.
    """Know which unit test runs."""
    needs_more = any(item.get_closest_marker(each) for each in ("storage", "journey"))
    _RUNNING[:] = [] if needs_more else [item]
    try:
        return (yield)
    finally:
        _RUNNING.clear()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Let servers that other tests asked for be stopped after whichever test is the last."""
    _RUNNING.clear()
