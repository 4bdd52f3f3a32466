"""A Neo4j that hangs costs one caller a short wait, and answers again as soon as it can."""

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from typing import TypeVar

import pytest
from neo4j import Driver

from ieum_graph.domain.errors import GraphAway
from ieum_graph.storage.driver import REST_S, open_driver
from ieum_graph.storage.reading import StoredReading
from tests.graph.conftest import Graph
from tests.graph.makers import Log, small_city
from tests.neo4j import Server

Result = TypeVar("Result")
AT_LAST_S = 60
"""What would hang without end is given up after so long."""


class Wire:
    """Stands between a driver and Neo4j; while it hangs, it takes everything and gives nothing."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listens = socket.create_server(("127.0.0.1", 0))
        self.flows = Event()
        self.flows.set()
        self.taken = 0
        Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"bolt://127.0.0.1:{self._listens.getsockname()[1]}"

    def close(self) -> None:
        self.flows.set()
        self._listens.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listens.accept()
            except OSError:
                return
            self.taken += 1
            far = socket.create_connection(("127.0.0.1", self._port))
            for one, other in ((near, far), (far, near)):
                Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65536):
                self.flows.wait()
                other.sendall(data)
        except OSError:
            pass
        finally:
            other.close()


@pytest.fixture
def wire(neo4j_server: Server) -> Iterator[Wire]:
    wire = Wire(int(neo4j_server.url.rpartition(":")[2]))
    yield wire
    wire.close()


@pytest.fixture
def hurried(wire: Wire, neo4j_server: Server) -> Iterator[Driver]:
    with open_driver(wire.url, "neo4j", neo4j_server.password, within_s=1.5) as driver:
        yield driver


@pytest.fixture
def log(graph: Graph) -> Log:
    log = small_city()
    graph.follow(log)
    return log


def in_the_end(work: Callable[[], Result]) -> Result:
    """Do what must come to an end, well or not."""
    pool = ThreadPoolExecutor(1)
    try:
        return pool.submit(work).result(AT_LAST_S)
    finally:
        pool.shutdown(wait=False)


def test_a_neo4j_that_hangs_is_away_for_who_asks_and_for_readiness(
    wire: Wire, hurried: Driver, log: Log
) -> None:
    reading = StoredReading(hurried)
    assert reading.standing().cursor.seq == log.head
    wire.flows.clear()

    for ask in (reading.standing, reading.check, lambda: reading.in_one_look(lambda _: None)):
        with pytest.raises(GraphAway):
            in_the_end(ask)


def test_after_one_waited_in_vain_the_next_are_told_at_once_until_it_answers(
    wire: Wire, hurried: Driver, log: Log
) -> None:
    now = [0.0]
    reading = StoredReading(hurried, lambda: now[0])
    reading.standing()
    wire.flows.clear()
    with pytest.raises(GraphAway):
        in_the_end(reading.standing)

    taken = wire.taken
    for _ in range(20):
        with pytest.raises(GraphAway):
            reading.standing()
    assert wire.taken == taken  # Nobody knocked.

    now[0] += REST_S
    with pytest.raises(GraphAway):
        in_the_end(reading.standing)  # One tries again,
    with pytest.raises(GraphAway):
        reading.standing()  # and the rest begins anew.

    wire.flows.set()
    now[0] += REST_S
    assert in_the_end(reading.standing).cursor.seq == log.head
    assert reading.standing().cursor.seq == log.head


def test_a_question_that_is_refused_is_no_sign_of_a_neo4j_that_hangs(
    hurried: Driver, log: Log
) -> None:
    reading = StoredReading(hurried)

    with pytest.raises(GraphAway, match="unavailable"):
        reading.in_one_look(_refused)

    assert reading.standing().cursor.seq == log.head


def _refused(_: object) -> None:
    raise GraphAway(reason="TransactionTimedOut")
