"""A Neo4j that hangs costs one caller a short wait, and answers again as soon as it can."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Thread
from typing import TypeVar

import pytest
from neo4j import Driver
from neo4j.exceptions import Neo4jError, ResultNotSingleError

from ieum_graph.domain.errors import GraphAway
from ieum_graph.operations.ports import Inquiry, Standing, Step
from ieum_graph.storage.driver import away, open_driver
from ieum_graph.storage.edits import StoredProjection
from ieum_graph.storage.reading import StoredReading
from tests.graph.conftest import NOW, Graph
from tests.graph.makers import Log, small_city
from tests.neo4j import Server

Result = TypeVar("Result")
AT_LAST_S = 60
"""What would hang without end is given up after so long."""

LONGEST_SILENCE_S = 6
"""How long a Neo4j may give no sign of life during a call: three signs, one each 2 s."""


class Wire:
    """Stands between a driver and Neo4j; while it hangs, it takes everything and gives nothing.

    Attributes:
        is_broken: Whether it has cut a connection instead of giving an answer.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._listens = socket.create_server(("127.0.0.1", 0))
        self.flows = Event()
        self.flows.set()
        self.taken = 0
        self.is_broken = False
        self._answers_left: int | None = None
        Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"bolt://127.0.0.1:{self._listens.getsockname()[1]}"

    def close(self) -> None:
        self.flows.set()
        self._listens.close()

    def breaks_after(self, answers: int) -> None:
        """Cut the connection that would bring the answer after so many."""
        self._answers_left = answers

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listens.accept()
            except OSError:
                return
            self.taken += 1
            far = socket.create_connection(("127.0.0.1", self._port))
            for one, other, answers in ((near, far, False), (far, near, True)):
                Thread(target=self._pass_on, args=(one, other, answers), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket, answers: bool) -> None:
        try:
            while data := one.recv(65536):
                self.flows.wait()
                if answers and self._answers_left is not None:
                    self._answers_left -= 1
                    if self._answers_left < 0:
                        self._answers_left, self.is_broken = None, True
                        one.close()
                        return
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
def driver(wire: Wire, neo4j_server: Server) -> Iterator[Driver]:
    with open_driver(wire.url, "neo4j", neo4j_server.password, retry_s=0) as driver:
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
    wire: Wire, driver: Driver, log: Log
) -> None:
    assert StoredReading(driver).standing().cursor.seq == log.head
    wire.flows.clear()

    reading = StoredReading(driver), StoredReading(driver), StoredReading(driver)
    with ThreadPoolExecutor() as callers:
        asked = (
            callers.submit(reading[0].standing),
            callers.submit(reading[1].check),
            callers.submit(reading[2].in_one_look, lambda _: None),
        )
        for each in asked:
            with pytest.raises(GraphAway):
                each.result(AT_LAST_S)


def test_a_neo4j_that_hangs_during_a_call_is_away_for_all_who_are_in_one(
    wire: Wire, driver: Driver, log: Log
) -> None:
    reading = StoredReading(driver)
    many = 8
    in_one = Barrier(many, action=wire.flows.clear)

    def look(inquiry: Inquiry) -> int:
        inquiry.seq_at(NOW)
        in_one.wait()
        return inquiry.seq_at(NOW)

    with ThreadPoolExecutor(many) as callers:
        asked = [callers.submit(reading.in_one_look, look) for _ in range(many)]
        for each in asked:
            with pytest.raises(GraphAway):
                each.result(AT_LAST_S)

    wire.flows.set()
    assert in_the_end(lambda: StoredReading(driver).standing()).cursor.seq == log.head


def test_a_neo4j_that_hangs_while_the_graph_is_written_is_away(
    wire: Wire, driver: Driver, log: Log
) -> None:
    def write(step: Step) -> None:
        step.standing()
        wire.flows.clear()
        step.settle("stopped", "never written")

    with pytest.raises(GraphAway):
        in_the_end(lambda: StoredProjection(driver).in_one_step(write))

    wire.flows.set()
    assert in_the_end(StoredProjection(driver).standing).state == "following"


def test_a_call_that_takes_long_is_waited_for_while_neo4j_lives(
    wire: Wire, driver: Driver, log: Log
) -> None:
    projection = StoredProjection(driver)

    def hold(step: Step) -> None:
        step.standing()  # Nobody else writes until the end.
        second.start()
        time.sleep(LONGEST_SILENCE_S + 1)

    moved: list[Standing] = []
    second = Thread(target=lambda: moved.append(projection.in_one_step(lambda _: _.standing())))
    projection.in_one_step(hold)
    second.join(AT_LAST_S)

    assert [each.cursor.seq for each in moved] == [log.head]


def test_who_asks_after_one_waited_in_vain_is_told_at_once_until_neo4j_answers(
    wire: Wire, driver: Driver, log: Log
) -> None:
    tried, again = Event(), Event()

    def pause(_: float) -> None:
        tried.set()
        again.wait(AT_LAST_S)

    reading = StoredReading(driver, pause)
    reading.standing()
    wire.flows.clear()
    with pytest.raises(GraphAway):
        in_the_end(reading.standing)

    assert tried.wait(AT_LAST_S)  # In vain, by nobody who asks.
    taken = wire.taken
    for _ in range(20):
        with pytest.raises(GraphAway):
            reading.standing()
    assert wire.taken == taken  # Nobody knocked.

    wire.flows.set()
    again.set()
    assert in_the_end(lambda: until_it_answers(reading)).cursor.seq == log.head


def until_it_answers(reading: StoredReading) -> Standing:
    while True:
        try:
            return reading.standing()
        except GraphAway:
            time.sleep(0.05)


def test_a_question_that_is_refused_is_no_sign_of_a_neo4j_that_hangs(
    driver: Driver, log: Log
) -> None:
    reading = StoredReading(driver)

    with pytest.raises(GraphAway, match="unavailable"):
        reading.in_one_look(_refused)

    assert reading.standing().cursor.seq == log.head


def _refused(_: object) -> None:
    raise GraphAway(reason="TransactionTimedOut")


@pytest.mark.parametrize("answers", range(1, 13))
def test_a_connection_that_breaks_at_whatever_answer_is_no_fault_of_a_question(
    wire: Wire, driver: Driver, log: Log, answers: int
) -> None:
    wire.breaks_after(answers)

    while not wire.is_broken:
        try:
            standing = in_the_end(StoredReading(driver).standing)
        except GraphAway:
            continue
        assert standing.cursor.seq == log.head

    assert in_the_end(lambda: until_it_answers(StoredReading(driver))).cursor.seq == log.head


AWAY = (
    "Neo.ClientError.Cluster.NotALeader",
    "Neo.ClientError.Database.DatabaseNotFound",
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
    "Neo.ClientError.Request.Invalid",
    "Neo.ClientError.Request.InvalidUsage",
    "Neo.ClientError.Routing.DbmsInPanic",
    "Neo.ClientError.Security.AuthorizationExpired",
    "Neo.ClientError.Security.Unauthorized",
    "Neo.ClientError.Transaction.LockClientStopped",
    "Neo.ClientError.Transaction.Terminated",
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
    "Neo.DatabaseError.Database.UnableToStartDatabase",
    "Neo.DatabaseError.General.UnknownError",
    "Neo.DatabaseError.Transaction.TransactionStartFailed",
    "Neo.TransientError.General.DatabaseUnavailable",
    "Neo.TransientError.Statement.ExecutionTimeout",
    "Neo.TransientError.Transaction.DeadlockDetected",
)
OURS = (
    "Neo.ClientError.Procedure.ProcedureNotFound",
    "Neo.ClientError.Schema.ConstraintValidationFailed",
    "Neo.ClientError.Statement.ParameterMissing",
    "Neo.ClientError.Statement.SyntaxError",
    "Neo.ClientError.Statement.TypeError",
    "Neo.DatabaseError.Statement.ExecutionFailed",
)


@pytest.mark.parametrize("code", [*AWAY, *OURS])
def test_what_neo4j_refuses_is_ours_only_where_a_text_can_be_at_fault(code: str) -> None:
    refused = Neo4jError._hydrate_neo4j(code=code, message="as the server says it")

    with pytest.raises(Neo4jError if code in OURS else GraphAway), away():
        raise refused


def test_a_fault_in_how_the_driver_is_used_is_no_neo4j_that_is_away(driver: Driver) -> None:
    with pytest.raises(ResultNotSingleError), away(), driver.session() as session:
        session.run("UNWIND [1, 2] AS n RETURN n").single(strict=True)
