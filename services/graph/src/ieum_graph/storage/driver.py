"""The one connection pool to Neo4j, and what its failures mean to us."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from neo4j import Driver, GraphDatabase, Session
from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from ieum_graph.domain.errors import GraphAway

DATABASE = "neo4j"


PATIENT_S = 5.0
"""How long who writes the graph waits for a connection: nobody waits for it in turn."""

HURRIED_S = 1.5
"""How long who answers a caller does: a Neo4j at work gives one within milliseconds."""

REST_S = 1.0
"""How long a Neo4j that did not answer is left alone before one caller tries again."""

UNREACHED = (ServiceUnavailable, SessionExpired, DriverError)


def open_driver(url: str, user: str, password: str, *, within_s: float = PATIENT_S) -> Driver:
    """Open a pool; nothing is sent before the first query.

    Each connection is tried before it is used: one to a Neo4j that hangs would hold its user for
    as long as it hangs.

    Args:
        within_s: How long to wait for a connection that answers.
    """
    return GraphDatabase.driver(
        url,
        auth=(user, password),
        user_agent="ieum-graph",
        connection_timeout=within_s,
        connection_acquisition_timeout=within_s,
        liveness_check_timeout=0,
        max_transaction_retry_time=0 if within_s < PATIENT_S else 2,
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
    except (*UNREACHED, AuthError) as error:
        raise GraphAway(reason=type(error).__name__) from error
    except Neo4jError as error:
        if error.is_retryable() or "TransactionTimedOut" in (error.code or ""):
            raise GraphAway(reason=error.code) from error
        raise


class CircuitBreaker:
    """Sessions for who answers callers: after one has waited in vain, the next do not wait.

    One at a time tries whether Neo4j answers again, a moment after the last who failed.
    """

    def __init__(self, driver: Driver, now: Callable[[], float] = monotonic) -> None:
        self._driver = driver
        self._now = now
        self._lock = Lock()
        self._failed_at: float | None = None
        self._is_tried = False

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session.

        Raises:
            GraphAway: Neo4j does not answer, or did not a moment ago.
        """
        is_trial = self._enter()
        failed_at = None
        try:
            with away(), self._driver.session(database=DATABASE) as session:
                yield session
        except GraphAway as error:
            failed_at = self._now() if isinstance(error.__cause__, UNREACHED) else None
            raise
        finally:
            with self._lock:
                self._failed_at = failed_at
                if is_trial:
                    self._is_tried = False

    def _enter(self) -> bool:
        with self._lock:
            if self._failed_at is None:
                return False
            if self._is_tried or self._now() - self._failed_at < REST_S:
                raise GraphAway(reason="it did not answer a moment ago")
            self._is_tried = True
            return True
