"""What services say they are missing."""

from collections.abc import Iterator, Mapping

from ieum.checks.finding import Finding


def readiness(lacks: Mapping[str, str | None]) -> Iterator[Finding]:
    """Say what services say they are missing: a database, its migration, Neo4j.

    Args:
        lacks: What each service's `/readyz` says is missing, None if nothing; of one that did
            not answer the error.
    """
    for name, lack in lacks.items():
        if lack is None:
            continue
        if "its follower" in lack:
            yield Finding(
                "graph.unfilled",
                name,
                f"그래프가 비어 있거나 아직 기록을 듣지 못했습니다: {lack[:300]}\n따라가는 "
                "프로그램(graph-follow)이 돌고 있으면 스스로 채웁니다: make status 로 보고, 멈춰 "
                "있으면 make up. 곧바로 채우려면 ieum graph rebuild",
                f"The graph is empty or has not heard of the log yet: {lack[:300]}\nIts follower "
                "(graph-follow) fills it by itself while it runs: see make status, and if it does "
                "not run, make up. To fill it now: ieum graph rebuild",
            )
        elif "neo4j" in name or "neo4j" in lack.lower():
            yield Finding(
                "neo4j.unreachable",
                name,
                f"그래프 데이터베이스가 답하지 않습니다: {lack[:300]}\nlogs/neo4j.log 를 보십시오. "
                "컨테이너에서는: docker compose restart neo4j. "
                "저장소가 상했으면 make down, neo4j/ 삭제, make up: 이력에서 다시 채워집니다.",
                f"The graph database does not answer: {lack[:300]}\nRead logs/neo4j.log, in "
                "containers: docker compose restart neo4j. If its "
                "store is broken: make down, delete neo4j/, make up; the log fills it again.",
            )
        elif not lack.startswith("{"):  # No answer of its own: the error that stood for one.
            yield Finding(
                "service.silent",
                name,
                f"답하지 않습니다({lack[:300]}). 돌고 있는지 보십시오: make status, 컨테이너에서는 "
                "docker compose ps",
                f"It does not answer ({lack[:300]}). See whether it runs: make status, or in "
                "containers docker compose ps",
            )
        else:
            yield Finding(
                "service.not_ready",
                name,
                f"준비되지 않았습니다: {lack[:300]}\n데이터베이스가 답하는지 보고, "
                "구조가 이전 판이면 하십시오: ieum migrate",
                f"It is not ready: {lack[:300]}\nSee that its database answers; if its form is "
                "old, do: ieum migrate",
            )
