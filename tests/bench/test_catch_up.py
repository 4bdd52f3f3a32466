"""The case `catch-up`: the bare writer writes the very graph that the follower draws."""

from pathlib import Path
from typing import Any

from neo4j import Driver

from bench._files import write_log
from bench.catch_up import race
from ieum_graph.domain.kinds import EDGE_KINDS, NODE_KINDS
from tests.graph.conftest import Graph

SIZE = 240


def drawn(driver: Driver, pattern: str) -> list[dict[str, Any]]:
    """Give the properties of everything that a pattern finds as `it`, in order of id."""
    text = f"MATCH {pattern} RETURN properties(it) AS facts ORDER BY it.id"
    return [record["facts"] for record in driver.execute_query(text).records]


def test_both_write_the_same_graph(neo4j_driver: Driver, tmp_path: Path) -> None:
    edits = write_log(tmp_path, SIZE, page=80)

    spent = race(neo4j_driver, tmp_path, SIZE, edits, turn=120)

    assert Graph(neo4j_driver).projection.standing().cursor.seq == SIZE
    assert spent.entries == SIZE // 2
    for node in NODE_KINDS:
        ours = drawn(neo4j_driver, f"(it:{node.label})")
        assert ours == drawn(neo4j_driver, f"(it:Bare{node.label})")
    found = 0
    for edge in EDGE_KINDS:
        ours = drawn(neo4j_driver, f"()-[it:{edge.type}]->()")
        assert ours == drawn(neo4j_driver, f"()-[it:BARE_{edge.type}]->()")
        found += len(ours)
    assert found == len(edits.opened) > 3 * SIZE
