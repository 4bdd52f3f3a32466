"""Bring Neo4j to the shape that the kinds declare; safe to repeat."""

import hashlib

from neo4j import Driver, Session

from ieum_graph.domain.kinds import FINGERPRINT
from ieum_graph.storage import texts
from ieum_graph.storage.driver import DATABASE, away

PROJECTION = "MATCH (p:Projection {name: 'changes'})"


def migrate(driver: Driver) -> None:
    """Create what is missing of constraints and indexes, and the projection's own node.

    A graph that has had these very statements is left alone: they take Neo4j four seconds.
    """
    statements = tuple(texts.schema())
    seal = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    with away(), driver.session(database=DATABASE) as session:
        if session.run(f"{PROJECTION} RETURN p.schema = $seal", seal=seal).single() == (True,):
            return
        for statement in statements:
            session.run(statement).consume()
        session.run("CALL db.awaitIndexes(60)").consume()
        begin_projection(session)
        session.run(f"{PROJECTION} SET p.schema = $seal", seal=seal).consume()


def begin_projection(session: Session) -> None:
    """Create the projection's own node at the beginning of the log, if it is not there.

    Questions wait until it has all of the log; what is there without it belongs to no log.
    """
    is_empty = session.run("MATCH (n) RETURN n.id LIMIT 1").single() is None
    session.run(
        "MERGE (p:Projection {name: 'changes'}) ON CREATE SET p.applied_seq = 0, "
        "p.hash = $genesis, p.head_seq = 0, p.state = $state, p.generation = 0, "
        "p.model = $model",
        state="rebuilding" if is_empty else "emptying",
        genesis=bytes(32).hex(),
        model=FINGERPRINT,
    ).consume()
