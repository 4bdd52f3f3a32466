"""Statements made from the kinds: none is written twice, no value ever becomes text.

Labels, types and property names come from the declarations in `domain/kinds.py` alone.
"""

from collections.abc import Iterator

from ieum_graph.domain.clocks import OPEN_SEQ
from ieum_graph.domain.kinds import CALLED, EDGE_KINDS, EDGES, EVERY_EDGE, NODE_KINDS, EdgeKind


def schema() -> Iterator[str]:
    """Give the constraints and indexes, each safe to repeat."""
    for node in NODE_KINDS:
        name = node.subject_type
        yield (
            f"CREATE CONSTRAINT {name}_id IF NOT EXISTS FOR (n:{node.label}) REQUIRE n.id IS UNIQUE"
        )
        yield f"CREATE INDEX {name}_key IF NOT EXISTS FOR (n:{node.label}) ON (n.key)"
    for edge in EDGE_KINDS:
        name = edge.type.lower()
        yield (
            f"CREATE CONSTRAINT {name}_id IF NOT EXISTS "
            f"FOR ()-[e:{edge.type}]-() REQUIRE e.id IS UNIQUE"
        )
        yield (
            f"CREATE INDEX {name}_source IF NOT EXISTS FOR ()-[e:{edge.type}]-() ON (e.source_id)"
        )
    yield "CREATE INDEX agreement_lead IF NOT EXISTS FOR (n:Agreement) ON (n.lead_department_id)"
    yield f"CREATE INDEX called_key IF NOT EXISTS FOR ()-[e:{CALLED}]-() ON (e.key)"
    yield "CREATE CONSTRAINT moment_at IF NOT EXISTS FOR (n:Moment) REQUIRE n.at IS UNIQUE"
    yield (
        "CREATE CONSTRAINT projection_name IF NOT EXISTS "
        "FOR (n:Projection) REQUIRE n.name IS UNIQUE"
    )


def put_nodes(label: str) -> str:
    """Write whole nodes of one kind: `$rows` of properties with `id`."""
    return f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row"


def open_edges(type_: str, source_label: str, target_label: str) -> str:
    """Draw edges: each of `$rows` is a list of source, target and `facts_of` the kind in order.

    Lists, as a page draws thousands of edges and sending their names with each takes longer than
    working out what they hold. An end that is not there yet is made, so that no edge is ever lost
    in silence.
    """
    facts = ", ".join(f"{name}: row[{at}]" for at, name in enumerate(facts_of(type_), start=2))
    return (
        "UNWIND $rows AS row "
        f"MERGE (source:{source_label} {{id: row[0]}}) "
        f"MERGE (target:{target_label} {{id: row[1]}}) "
        f"CREATE (source)-[:{type_} {{{facts}}}]->(target)"
    )


def facts_of(type_: str) -> tuple[str, ...]:
    """Name the properties of an edge of a kind, in the order in which they are written."""
    return (*EVERY_EDGE, *EDGES[type_].carries)


def close_edges(type_: str) -> str:
    """End what is held to be true: `$rows` of `id` and `seq_to`."""
    return f"UNWIND $rows AS row MATCH ()-[e:{type_} {{id: row.id}}]->() SET e.seq_to = row.seq_to"


def standing_edges(subject_type: str) -> str:
    """Find the open edges that the subjects `$ids` say, of every kind that such subjects draw.

    Only of those: Neo4j plans one part for each kind, again and again while the graph grows, and
    for all kinds at once that takes it longer than the finding.
    """
    return " UNION ALL ".join(
        f"MATCH (source)-[e:{edge.type}]->(target) "
        f"WHERE e.source_id IN $ids AND e.seq_to = {OPEN_SEQ} {_WHOLE_EDGE}"
        for edge in EDGE_KINDS
        if subject_type in edge.drawn_by
    )


def edges_to(type_: str) -> str:
    """Find the open edges of a kind that lead to the nodes `$ids`."""
    (label,) = {target for _, target in EDGES[type_].ends}
    return (
        f"MATCH (target:{label}) WHERE target.id IN $ids "
        f"MATCH (source)-[e:{type_}]->(target) WHERE e.seq_to = {OPEN_SEQ} {_WHOLE_EDGE}"
    )


def edges_from(type_: str) -> str:
    """Find the open edges of a kind that lead from the nodes `$ids`."""
    (label,) = {source for source, _ in EDGES[type_].ends}
    return (
        f"MATCH (source:{label}) WHERE source.id IN $ids "
        f"MATCH (source)-[e:{type_}]->(target) WHERE e.seq_to = {OPEN_SEQ} {_WHOLE_EDGE}"
    )


def nodes_of(label: str) -> str:
    """Find the nodes of a kind with the ids `$ids`, as they are now."""
    return (
        f"MATCH (n:{label}) WHERE n.id IN $ids "
        "RETURN head(labels(n)) AS label, n.id AS id, n AS called"
    )


_WHOLE_EDGE = (
    "RETURN type(e) AS type, head(labels(source)) AS source_label, source.id AS source, "
    "head(labels(target)) AS target_label, target.id AS target, properties(e) AS facts"
)


def all_nodes(label: str) -> str:
    """Read every node of a kind, in order of id."""
    return f"MATCH (n:{label}) RETURN properties(n) AS facts ORDER BY n.id"


def all_edges(edge: EdgeKind) -> str:
    """Read every edge of a kind, in order of id."""
    return (
        f"MATCH (source)-[e:{edge.type}]->(target) "
        "RETURN source.id AS source, target.id AS target, properties(e) AS facts ORDER BY e.id"
    )


EMPTY_SOME = (
    "MATCH ()-[e]->() WITH e LIMIT $limit DELETE e RETURN count(*) AS n",
    "MATCH (n) WHERE NOT n:Projection WITH n LIMIT $limit DETACH DELETE n RETURN count(*) AS n",
)
"""Throw away up to `$limit` edges; once there are none, nodes, all but the projection's own.

Of whatever kind: what an earlier model drew goes too. Edges by themselves, as one node may have
most of them and Neo4j holds all that a transaction deletes in memory.
"""
