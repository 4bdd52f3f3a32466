"""The schema: made from the kinds, repeated without harm, and checked."""

import pytest
from neo4j import Driver

from ieum_graph.domain.kinds import EDGE_KINDS, NODE_KINDS
from ieum_graph.storage.reading import LED_BY
from ieum_graph.storage.schema import migrate
from tests.graph.conftest import Graph
from tests.graph.makers import small_city


def test_migrating_again_changes_nothing_that_is_there(graph: Graph, neo4j_driver: Driver) -> None:
    log = small_city()
    graph.follow(log)

    migrate(neo4j_driver)
    migrate(neo4j_driver)

    assert graph.projection.standing().cursor.seq == log.head
    graph.reading.check()


def test_an_empty_store_is_not_ready(graph: Graph, neo4j_driver: Driver) -> None:
    with neo4j_driver.session() as session:
        session.run("MATCH (p:Projection) DELETE p").consume()

    with pytest.raises(LookupError, match="ieum graph rebuild"):
        graph.reading.check()


def test_an_edge_cannot_be_drawn_twice(graph: Graph, neo4j_driver: Driver) -> None:
    graph.follow(small_city())

    with neo4j_driver.session() as session:
        found = session.run("SHOW CONSTRAINTS YIELD type RETURN type, count(*) AS n").data()

    counts = {each["type"]: each["n"] for each in found}
    assert counts == {"UNIQUENESS": len(NODE_KINDS) + 2, "RELATIONSHIP_UNIQUENESS": len(EDGE_KINDS)}


def test_what_a_department_leads_is_found_by_an_index(neo4j_driver: Driver) -> None:
    with neo4j_driver.session() as session:
        session.run("CALL db.awaitIndexes(60)").consume()
        summary = session.run(f"EXPLAIN {LED_BY}", department="a department").consume()

    operators, left = [], [summary.plan]
    while left:
        each = left.pop()
        assert each is not None
        operators.append(each["operatorType"].partition("@")[0])
        left += each.get("children", [])
    assert "NodeIndexSeek" in operators, operators
