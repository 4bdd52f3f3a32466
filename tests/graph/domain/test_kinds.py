"""The kinds: what changes draw is declared, and the page made from them is current."""

from pathlib import Path

from ieum_graph.domain.changes import ties_of
from ieum_graph.domain.kinds import EDGES, NODES, as_markdown
from ieum_graph.storage import texts
from tests.graph.makers import id_of, small_city

MODEL = Path(__file__).parents[3] / "docs" / "graph-model.md"


def test_every_tie_is_of_a_declared_kind_with_declared_ends() -> None:
    log = small_city()
    log.collaboration("c1", "naver", "T1", technologies=("xr",), service_field="F1")
    log.collaboration("c2", "naver", "T1", unknown_from="2026-02-01")
    log.agreement("A2", ("city", "naver"), end={"rule": "unknown", "ends_on": None, "note": None})
    log.agreement("A3", ("city", "naver"), parent_id=id_of("A1"))
    log.milestone("m1", "naver")
    log.event("ces", ("naver",), ("T1",))
    log.journal("j1", "naver", "2026-03-01")
    log.partner("naver-2")
    log.partner("naver", merged_ids=[id_of("naver-2")])
    drawn = {tie.type for change in log.changes for tie in ties_of(change)}

    for change in log.changes:
        for tie in ties_of(change):
            kind = EDGES[tie.type]
            assert (tie.source_label, tie.target_label) in kind.ends
            assert change.subject_type in kind.drawn_by
            assert tuple(name for name, _ in tie.carries) == kind.carries
    assert drawn == set(EDGES)


def test_every_kind_has_its_constraints() -> None:
    statements = "\n".join(texts.schema())

    for label in NODES:
        assert f"FOR (n:{label}) REQUIRE n.id IS UNIQUE" in statements
    for type_ in EDGES:
        assert f"FOR ()-[e:{type_}]-() REQUIRE e.id IS UNIQUE" in statements


def test_the_page_about_the_model_is_current() -> None:
    assert MODEL.read_text(encoding="utf-8") == as_markdown()
