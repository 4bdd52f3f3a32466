"""What a service says that it is missing is passed on."""

import pytest

from ieum.checks.readiness import readiness


@pytest.mark.parametrize(
    ("name", "lack", "expected"),
    [
        ("graph", '{"checks": {"neo4j": {"ok": false}}}', "neo4j.unreachable"),
        ("neo4j", "ConnectionRefusedError", "neo4j.unreachable"),
        (
            "graph",
            (
                '{"checks": {"neo4j": {"ok": false, "reason": "LookupError: empty: '
                'its follower fills it, or run ieum graph rebuild"}}}'
            ),
            "graph.unfilled",
        ),
        (
            "graph",
            (
                '{"checks": {"projection": {"ok": false, "reason": "Unheard: '
                'its follower has not reached the registry yet"}}}'
            ),
            "graph.unfilled",
        ),
        ("registry", '{"checks": {"database": {"ok": false}}}', "service.not_ready"),
        ("registry", "ConnectionError", "service.silent"),
    ],
)
def test_what_a_service_is_missing_is_passed_on(name: str, lack: str, expected: str) -> None:
    [found] = readiness({name: lack})

    assert found.code == expected
    assert lack in found.en


def test_a_service_that_is_ready_is_well() -> None:
    assert list(readiness({"registry": None})) == []
