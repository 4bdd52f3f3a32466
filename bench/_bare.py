"""The bare writer of the case `catch-up`: labels and types of its own beside the follower's."""

from collections.abc import Iterable, Iterator
from typing import Any

from neo4j import Driver

from ieum_graph.domain.changes import Edits
from ieum_graph.domain.kinds import EDGE_KINDS, NODE_KINDS

BATCH = 2_000
"""How many nodes or edges are merged in one transaction."""


def bare_schema() -> Iterator[str]:
    """Give the statements that make the constraints and indexes of the bare graph."""
    for node in NODE_KINDS:
        yield (
            f"CREATE CONSTRAINT bare_{node.subject_type} IF NOT EXISTS "
            f"FOR (n:Bare{node.label}) REQUIRE n.id IS UNIQUE"
        )
        yield (
            f"CREATE INDEX bare_{node.subject_type}_key IF NOT EXISTS "
            f"FOR (n:Bare{node.label}) ON (n.key)"
        )
    for edge in EDGE_KINDS:
        name = edge.type.lower()
        yield (
            f"CREATE CONSTRAINT bare_{name} IF NOT EXISTS "
            f"FOR ()-[e:BARE_{edge.type}]-() REQUIRE e.id IS UNIQUE"
        )
        yield (
            f"CREATE INDEX bare_{name}_source IF NOT EXISTS "
            f"FOR ()-[e:BARE_{edge.type}]-() ON (e.source_id)"
        )
    yield "CALL db.awaitIndexes(60)"


def bare_slices(edits: Edits, turn: int) -> dict[int, list[tuple[str, list[dict[str, Any]]]]]:
    """Give each turn's statements with their rows: first the nodes, then the edges."""
    nodes: dict[int, dict[str, list[dict[str, Any]]]] = {}
    born = _first_drawn(edits)
    for node in edits.nodes.values():
        text = f"UNWIND $rows AS row MERGE (n:Bare{node.label} {{id: row.id}}) SET n = row"
        number = (born.get(node.id, 1) - 1) // turn
        nodes.setdefault(number, {}).setdefault(text, []).append({"id": node.id, **node.shown})
    edges: dict[int, dict[str, list[dict[str, Any]]]] = {}
    for edge in edits.opened.values():
        tie = edge.tie
        text = (
            "UNWIND $rows AS row "
            f"MERGE (source:Bare{tie.source_label} {{id: row.source}}) "
            f"MERGE (target:Bare{tie.target_label} {{id: row.target}}) "
            f"MERGE (source)-[e:BARE_{tie.type} {{id: row.id}}]->(target) SET e = row.facts"
        )
        facts = {
            "id": edge.id,
            "valid_from": tie.valid_from,
            "valid_to": tie.valid_to,
            "seq_from": edge.seq_from,
            "seq_to": edge.seq_to,
            "source_id": tie.source_id,
            "agreement_id": tie.agreement_id,
            "disclosed": tie.disclosed,
            **dict(tie.carries),
        }
        row = {"id": edge.id, "source": tie.source, "target": tie.target, "facts": facts}
        number = (edge.seq_from - 1) // turn
        edges.setdefault(number, {}).setdefault(text, []).append(row)
    return {
        number: [*nodes.get(number, {}).items(), *edges.get(number, {}).items()]
        for number in {*nodes, *edges}
    }


def _first_drawn(edits: Edits) -> dict[str, int]:
    """Give for each subject the entry by which it first tied anything."""
    first: dict[str, int] = {}
    for edge in edits.opened.values():
        known = first.get(edge.tie.source_id, edge.seq_from)
        first[edge.tie.source_id] = min(known, edge.seq_from)
    return first


def merge(driver: Driver, writes: Iterable[tuple[str, list[dict[str, Any]]]]) -> None:
    """Write the rows of each statement, batch by batch."""
    with driver.session(database="neo4j") as session:
        for text, rows in writes:
            for start in range(0, len(rows), BATCH):
                some = rows[start : start + BATCH]
                session.execute_write(
                    lambda t, text, some: t.run(text, rows=some).consume(), text, some
                )
