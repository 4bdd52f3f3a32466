"""The case `rebuild`: the register is as large as it says, and is made anew from its files."""

from pathlib import Path

from neo4j import Driver

from bench._files import write_register
from bench.rebuild import rebuilt
from ieum_graph.storage.edits import StoredProjection


def test_the_register_grows_from_size_to_size_and_is_made_anew_at_each(
    neo4j_driver: Driver, tmp_path: Path
) -> None:
    projection = StoredProjection(neo4j_driver)
    heads = write_register(tmp_path, (20, 60))

    for size, head in heads.items():
        rebuilt(projection, tmp_path, head)

        standing = projection.standing()
        assert (standing.cursor.seq, standing.state) == (head, "following")
        assert count(neo4j_driver, "(n:Agreement)") == size
        assert count(neo4j_driver, "(:Partner {own: true})-[n:PARTY_TO]->()") == size


def count(driver: Driver, pattern: str) -> int:
    """Count what a pattern finds as `n`."""
    return int(driver.execute_query(f"MATCH {pattern} RETURN count(n) AS n").records[0]["n"])
