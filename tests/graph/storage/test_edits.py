"""What is drawn stands in the graph as it was drawn, whatever kind of edge it is."""

from ieum_graph.domain.changes import Tracing
from ieum_graph.domain.clocks import OPEN_SEQ
from ieum_graph.domain.kinds import EDGE_KINDS
from tests.graph.conftest import Graph
from tests.graph.makers import id_of, small_city


def test_every_edge_stands_with_the_facts_it_was_drawn_with(graph: Graph) -> None:
    log = small_city()
    log.collaboration("C1", "naver", "T1", technologies=("xr", "vr"), service_field="F1")
    log.collaboration("C2", "nhn", "T2", holds_until="2026-12-31", disclosure="closed")
    log.collaboration("C3", "gist", "T3", holds_until="2026-01-31", unknown_from="2026-02-01")
    unknown = {"rule": "unknown", "ends_on": None, "note": None}
    log.agreement("A2", ("city", "naver"), end=unknown, parent_id=id_of("A1"))
    log.milestone("M1", "naver")
    log.event("E1", ("naver",), ("T1",))
    log.journal("J1", "naver", "2026-03-01")
    log.partner("gist-2", "지스트")
    log.partner("gist", "광주과학기술원", merged_ids=[id_of("gist-2")])
    tracing = Tracing(())
    for change in log.changes:
        tracing.take(change)

    graph.follow(log)

    drawn = {id_: edge for id_, edge in tracing.edits.opened.items() if edge.seq_to == OPEN_SEQ}
    subjects: dict[str, set[str]] = {}
    for change in log.changes:
        subjects.setdefault(change.subject_type, set()).add(str(change.subject_id))
    found = graph.reading.in_one_look(lambda look: look.open_edges(subjects))
    assert {each.id: each for each in found} == drawn
    assert {each.tie.type for each in found} == {kind.type for kind in EDGE_KINDS}
