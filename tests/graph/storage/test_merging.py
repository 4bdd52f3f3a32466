"""Partners that were merged are one in every answer, from the entry that says so to the next."""

from datetime import date

import pytest

from ieum_graph.domain.answers import Cell, Thing
from ieum_graph.operations.ask import Answered
from ieum_graph.operations.compare import canonical_hash
from ieum_graph.operations.rebuild import rebuild
from tests.graph.conftest import NOW, PUBLIC, Graph, liaison_of
from tests.graph.makers import FeedOf, Log, id_of, small_city
from tests.graph.storage.test_questions import key, keys

ON = date(2026, 3, 1)


@pytest.fixture
def log() -> Log:
    """A city where NAVER stands twice, with a commitment under each of its records."""
    log = small_city()
    log.partner("naver-2", "네이버㈜")
    log.agreement("A2", ("city", "naver-2"))
    log.collaboration("c1", "naver", "T1", technologies=("xr",))
    log.collaboration("c2", "naver-2", "T1", agreement="A2", technologies=("vr",))
    log.collaboration("c3", "nhn", "T1")
    log.event("expo", partners=("naver-2",), tasks=("T1",))
    return log


def merge(log: Log, survivor: str, *merged: str) -> None:
    log.partner(survivor, "네이버", merged_ids=[id_of(each) for each in merged])


def column(answered: Answered, name: str) -> list[Cell]:
    return [each.cells[name] for each in answered.answer.rows]


def test_what_merged_partners_do_is_told_of_one_until_they_come_apart(
    graph: Graph, log: Log
) -> None:
    graph.follow(log)
    before = log.head
    merge(log, "naver", "naver-2")
    graph.follow(log)

    def working() -> list[str | None]:
        return [
            key(each) for each in column(graph.ask("partners-on-task", on=ON, task="T1"), "partner")
        ]

    assert sorted(map(str, working())) == ["naver", "nhn"]
    [covered] = [
        each
        for each in graph.ask("task-coverage", on=ON).answer.rows
        if key(each.cells["task"]) == "T1"
    ]
    assert (covered.cells["count"], sorted(map(str, keys(covered.cells["partners"])))) == (
        2,
        ["naver", "nhn"],
    )
    for named in ("naver", "naver-2"):
        network = graph.ask("partner-network", on=ON, partner=named)
        assert {each.sources for each in network.answer.rows} == {(id_of("c1"),), (id_of("c2"),)}
        assert {key(each) for each in column(network, "partner")} == {"naver"}
        bound = graph.ask("partner-agreements", PUBLIC, on=ON, partner=named)
        assert bound.named["partner"].key == "naver"
        assert sorted(str(key(each)) for each in column(bound, "agreement")) == ["A1", "A2"]
    attending = graph.ask("event-neighbours", on=ON, event="expo")
    assert column(attending, "attends").count("yes") == 1
    assert key(attending.answer.rows[0].cells["partner"]) == "naver"
    uses = graph.ask("technology-use", on=ON, technology="vr")
    assert [key(each) for each in column(uses, "partner")] == ["naver"]
    then = graph.ask("task-coverage", on=ON, known_at=before)
    assert {
        each.cells["count"] for each in then.answer.rows if key(each.cells["task"]) == "T1"
    } == {3}

    merge(log, "naver")
    graph.follow(log)

    assert sorted(map(str, working())) == ["naver", "naver-2", "nhn"]


def test_who_was_merged_into_one_that_was_merged_is_the_last_one(graph: Graph, log: Log) -> None:
    merge(log, "naver", "naver-2")
    log.partner("nhn", merged_ids=[id_of("naver"), id_of("naver-2")])
    graph.follow(log)

    found = graph.ask("partner-network", on=ON, partner="naver-2")

    assert isinstance(found.named["partner"], Thing)
    assert found.named["partner"].key == "nhn"
    assert len(found.answer.rows) == 3


def test_a_liaison_of_a_merged_partner_sees_what_the_one_organisation_does(
    graph: Graph, log: Log
) -> None:
    log.collaboration("c4", "naver", "T2", disclosure="closed")
    asker = liaison_of("naver-2")
    graph.follow(log)
    assert graph.ask("partners-on-task", asker, on=ON, task="T2").answer.rows == ()
    merge(log, "naver", "naver-2")

    graph.follow(log)

    assert len(graph.ask("partners-on-task", asker, on=ON, task="T2").answer.rows) == 1


def test_a_graph_that_followed_merges_is_the_one_drawn_anew(graph: Graph, log: Log) -> None:
    graph.follow(log)
    for merged in (["naver-2"], [], ["naver-2", "gist"], ["gist"]):
        merge(log, "naver", *merged)
        graph.follow(log, limit=1)
    followed = canonical_hash(graph.projection)

    rebuild(projection=graph.projection, feed=FeedOf(log), now=lambda: NOW, tell=lambda *_: None)

    assert canonical_hash(graph.projection) == followed
