"""The one connection pool to Neo4j, and what its failures mean to us."""

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from ieum_graph.domain.errors import GraphAway

DATABASE = "neo4j"


def open_driver(url: str, user: str, password: str) -> Driver:
    """Open a pool; nothing is sent before the first query."""
    return GraphDatabase.driver(
        url,
        auth=(user, password),
        user_agent="ieum-graph",
        connection_timeout=3,
        connection_acquisition_timeout=5,
        max_transaction_retry_time=2,
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
    except (ServiceUnavailable, SessionExpired, AuthError, DriverError) as error:
        raise GraphAway(reason=type(error).__name__) from error
    except Neo4jError as error:
        if error.is_retryable() or "TransactionTimedOut" in (error.code or ""):
            raise GraphAway(reason=error.code) from error
        raise
