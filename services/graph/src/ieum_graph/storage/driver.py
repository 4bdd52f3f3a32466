"""The one connection pool to Neo4j, and what its failures mean to us."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Thread

from neo4j import Driver, GraphDatabase, Session
from neo4j.exceptions import (
    ConnectionPoolError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from ieum_graph.domain.errors import GraphAway

DATABASE = "neo4j"

WITHIN_S = 5.0
"""How long a connection that answers is waited for: one of a busy Neo4j may take seconds.

Whoever waits for a call under way gives up once Neo4j has shown no sign of life for as long as
it says itself when it is connected to (`server.bolt.connection_keep_alive`, 6 s with ours).
"""

RETRY_S = 2.0
"""How long who writes the graph tries a transient failure again; who answers a caller does not."""

REST_S = 1.0
"""How long a Neo4j that did not answer is left alone before it is tried again."""

UNREACHED = (ServiceUnavailable, SessionExpired, ConnectionPoolError, OSError)
"""No connection, or one that broke: what else the driver raises is a fault of how it is used."""

OURS = frozenset({"Statement", "Schema", "Procedure"})
"""Of what Neo4j refuses, `Neo.<class>.<category>.<title>`: what the text of a query can be at
fault for. All else tells of the server: starting, stopping, out of room, a connection cut short."""


def open_driver(url: str, user: str, password: str, *, retry_s: float = RETRY_S) -> Driver:
    """Open a pool; nothing is sent before the first query.

    Each connection is tried before it is used: one to a Neo4j that hangs would hold its user for
    as long as it hangs.
    """
    return GraphDatabase.driver(
        url,
        auth=(user, password),
        user_agent="ieum-graph",
        connection_timeout=WITHIN_S,
        connection_write_timeout=WITHIN_S,
        connection_acquisition_timeout=WITHIN_S,
        liveness_check_timeout=0,
        max_transaction_retry_time=retry_s,
        max_connection_pool_size=48,
        warn_notification_severity="OFF",
        notifications_min_severity="OFF",
    )


@contextmanager
def away() -> Iterator[None]:
    """Say GraphAway where Neo4j cannot be reached or cannot do its work just now.

    A fault in a query's text is ours and stays what it is.
    """
    try:
        yield
    except UNREACHED as error:
        raise GraphAway(reason=type(error).__name__) from error
    except Neo4jError as error:
        if is_ours(error):
            raise
        raise GraphAway(reason=error.code) from error


def is_ours(error: Neo4jError) -> bool:
    """Say whether a query's text or values are at fault, and not the server or the way to it."""
    _, _, category, *_ = f"{error.code}...".split(".")
    return category in OURS and not error.is_retryable()


class CircuitBreaker:
    """Sessions for who answers callers: after one has waited in vain, the next do not wait.

    Whether Neo4j answers again is tried by a thread, so that no caller waits for that.
    """

    def __init__(self, driver: Driver, pause: Callable[[float], None] = time.sleep) -> None:
        self._driver = driver
        self._pause = pause
        self._lock = Lock()
        self._is_open = False

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session.

        Raises:
            GraphAway: Neo4j does not answer, or did not a moment ago.
        """
        if self._is_open:
            raise GraphAway(reason="it did not answer a moment ago")
        try:
            with away(), self._driver.session(database=DATABASE) as session:
                yield session
        except GraphAway as error:
            if isinstance(error.__cause__, UNREACHED):
                self._open()
            raise

    def _open(self) -> None:
        with self._lock:
            if self._is_open:
                return
            self._is_open = True
        Thread(target=self._close_in_time, daemon=True).start()

    def _close_in_time(self) -> None:
        while not self._answers():
            self._pause(REST_S)
        self._is_open = False

    def _answers(self) -> bool:
        try:
            with away(), self._driver.session(database=DATABASE) as session:
                session.run("RETURN 1").consume()
        except GraphAway as error:
            return not isinstance(error.__cause__, UNREACHED)
        except Exception:  # noqa: BLE001  As of a pool closed under it; who asks next finds out.
            return True
        return True
