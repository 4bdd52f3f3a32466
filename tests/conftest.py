"""Fixtures shared by all tests, and the marks that the make verbs choose by."""

import pytest
from hypothesis import HealthCheck, settings

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

SERVERS = {"postgres_url", "neo4j_server", "smtp_server", "page", "context"}
"""Fixtures behind which a real server or browser stands."""


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook.
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by place and need, so that no test can forget its mark."""
    for item in items:
        where = item.path.as_posix()
        needs = set(getattr(item, "fixturenames", ()))
        if "/tests/journey/" in where:
            item.add_marker(pytest.mark.journey)
        elif "/storage/" in where or needs & SERVERS:
            item.add_marker(pytest.mark.storage)
        if "neo4j_server" in needs:  # One engine for the whole run: its start is dear.
            item.add_marker(pytest.mark.xdist_group("neo4j"))
