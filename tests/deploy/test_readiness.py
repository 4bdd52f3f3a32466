"""Ready means that the work is done, not that a process lives."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import responses

from ieum.home import Home
from ieum.keys import make_secrets
from ieum.ports import Ports
from ieum.programs import Program
from ieum.reach import Reach
from ieum.readiness import Lag, bolt, graph_lag, missing

PORTS = Ports(9500)


@pytest.fixture
def reach(tmp_path: Path) -> Reach:
    home = Home(tmp_path / "home")
    home.make()
    make_secrets(home)
    return Reach(home, PORTS)


@pytest.fixture
def greeting() -> Iterator[int]:
    """A server that answers a Bolt greeting as Neo4j does."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()

        def greet() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(20)
                connection.sendall(bytes.fromhex("00000805"))

        threading.Thread(target=greet, daemon=True).start()
        yield server.getsockname()[1]


@pytest.mark.parametrize(
    ("lag", "said"),
    [
        (Lag(154, 154, "following"), None),
        (Lag(154, 154, "alive"), None),
        (Lag(150, 154, "following"), "following, 150/154"),
        (Lag(154, 154, "stopped", detail="feed.forked"), "stopped, 154/154 feed.forked"),
        (Lag(154, 154, "silent"), "silent, 154/154"),
    ],
)
def test_a_follower_is_ready_once_it_has_reached_the_head(lag: Lag, said: str | None) -> None:
    assert lag.missing() == said


def test_neo4j_is_ready_once_it_greets(greeting: int) -> None:
    assert bolt(greeting) is None


def test_neo4j_that_does_not_listen_is_not_ready() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))

        assert bolt(probe.getsockname()[1]) == "ConnectionRefusedError"


@responses.activate
def test_a_service_says_itself_what_it_is_missing(reach: Reach) -> None:
    responses.get(
        "http://127.0.0.1:9502/readyz",
        status=503,
        json={"status": "not ready", "checks": {"neo4j": {"ok": False}}},
    )

    said = missing(Program("graph", (), {}, serves="graph"), reach, PORTS)

    assert said is not None
    assert "neo4j" in said


@responses.activate
def test_the_lag_is_read_as_the_graph_tells_it(reach: Reach) -> None:
    responses.get(
        "http://127.0.0.1:9502/v1/projection",
        json={"applied_seq": 3, "head_seq": 9, "lag_seconds": 1.5, "state": "behind"},
    )

    assert graph_lag(reach) == Lag(3, 9, "behind", 1.5)


@responses.activate
def test_a_follower_that_has_not_heard_of_the_newest_entries_is_not_ready(reach: Reach) -> None:
    responses.get(
        "http://127.0.0.1:9502/v1/projection",
        json={"applied_seq": 0, "head_seq": 0, "lag_seconds": 0.0, "state": "following"},
    )
    responses.get("http://127.0.0.1:9501/v1/head", json={"seq": 154, "hash": ""})

    said = missing(Program("graph-follow", (), {}), reach, PORTS)

    assert said == "following, 0/154"
