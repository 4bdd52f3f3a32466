"""Questions on a real Neo4j: what they answer, as of any day, as known then, for whom."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from ieum_graph.domain.answers import Cell, Parameter, Question, Thing
from ieum_graph.domain.errors import Behind, InTheFuture, NotKnown
from ieum_graph.domain.words import Words
from ieum_graph.operations.ask import Answered, Asker
from ieum_graph.storage.questions.parts import Askable
from ieum_graph.storage.questions.register import QUESTIONS
from tests.graph.conftest import OFFICE, PUBLIC, Graph, liaison_of
from tests.graph.makers import BEGAN_AT, Log, id_of, small_city, words


def key(cell: Cell) -> str | None:
    """Give the key of a cell with one thing."""
    assert isinstance(cell, Thing)
    return cell.key


def keys(cell: Cell) -> list[str | None]:
    """Give the keys of a cell of things."""
    assert isinstance(cell, tuple)
    return [each.key for each in cell if isinstance(each, Thing)]


def partners(answered: Answered) -> list[str | None]:
    return [key(row.cells["partner"]) for row in answered.answer.rows]


def city_at_work() -> Log:
    log = small_city()
    log.collaboration(
        "c1", "naver", "T1", technologies=("xr", "vr"), service_field="F1", role="lead"
    )
    log.collaboration("c2", "nhn", "T1", holds_until="2026-06-30", technologies=("xr",))
    log.collaboration("c3", "gist", "T2", disclosure="closed")
    return log


@pytest.mark.parametrize("askable", QUESTIONS, ids=lambda each: each.question.name)
def test_every_text_is_held_to_both_clocks_and_the_scope(askable: Askable) -> None:
    for text in askable.texts:
        assert all(name in text for name in ("$on", "$seq", "$scope"))


def test_partners_on_a_task_by_key_with_everything_about_them(graph: Graph) -> None:
    graph.follow(city_at_work())

    answered = graph.ask("partners-on-task", on=date(2026, 3, 1), task="T1")

    naver, nhn = answered.answer.rows
    assert partners(answered) == ["naver", "nhn"]
    assert naver.cells["roles"] == ("lead",)
    assert keys(naver.cells["technologies"]) == ["vr", "xr"]
    assert keys(naver.cells["service_fields"]) == ["F1"]
    assert keys(naver.cells["agreements"]) == ["A1"]
    assert naver.cells["since"] == date(2026, 2, 1)
    assert naver.cells["until"] is None
    assert nhn.cells["until"] == date(2026, 6, 30)
    assert naver.sources == (id_of("c1"),)
    assert answered.answer.total == 2


def test_who_uses_a_technology_and_for_what(graph: Graph) -> None:
    graph.follow(city_at_work())

    answered = graph.ask("technology-use", on=date(2026, 3, 1), technology="xr")

    naver, nhn = answered.answer.rows
    assert partners(answered) == ["naver", "nhn"]
    assert [key(each.cells["task"]) for each in (naver, nhn)] == ["T1", "T1"]
    assert naver.cells["role"] == "lead"
    assert nhn.cells["until"] == date(2026, 6, 30)
    assert nhn.sources == (id_of("c2"),)
    joined = {(link.kind, link.source, link.target) for link in answered.answer.links}
    assert joined == {
        ("WORKS_ON", id_of("naver"), id_of("T1")),
        ("WORKS_ON", id_of("nhn"), id_of("T1")),
        ("USED_FOR", id_of("xr"), id_of("T1")),
    }
    later = graph.ask("technology-use", on=date(2026, 7, 1), technology="xr")
    assert partners(later) == ["naver"]


def test_a_technology_that_only_closed_work_uses_is_used_by_nobody_else(graph: Graph) -> None:
    log = city_at_work()
    log.collaboration("c4", "gist", "T3", technologies=("vr",), disclosure="closed")
    graph.follow(log)
    asked: dict[str, Any] = {"on": date(2026, 3, 1), "technology": "vr"}

    assert partners(graph.ask("technology-use", OFFICE, **asked)) == ["gist", "naver"]
    assert partners(graph.ask("technology-use", PUBLIC, **asked)) == ["naver"]


def test_a_last_day_is_included_and_the_next_is_not(graph: Graph) -> None:
    graph.follow(city_at_work())

    assert partners(graph.ask("partners-on-task", on=date(2026, 6, 30), task="T1")) == [
        "naver",
        "nhn",
    ]
    assert partners(graph.ask("partners-on-task", on=date(2026, 7, 1), task="T1")) == ["naver"]
    assert partners(graph.ask("partners-on-task", on=date(2026, 1, 31), task="T1")) == []


def test_a_thing_is_found_by_its_id_too(graph: Graph) -> None:
    graph.follow(city_at_work())

    assert partners(graph.ask("partners-on-task", task=id_of("T2"))) == ["gist"]


def test_an_unknown_thing_is_named(graph: Graph) -> None:
    graph.follow(city_at_work())

    with pytest.raises(NotKnown) as caught:
        graph.ask("partners-on-task", task="T99")

    assert caught.value.facts == {"parameter": "task", "reference": "T99"}


def city_with_annexes() -> Log:
    """Give naver an agreement in force, an annex below it, one of unknown end, and contacts."""
    log = small_city()
    both = ("city", "naver")
    unknown = {"rule": "unknown", "ends_on": None, "note": None}
    log.agreement("A0", both, title=words("가장 앞"), end=unknown)
    log.agreement("A9", both, title=words("가 부속"), parent_id=id_of("A1"))
    log.agreement("A2", ("city", "nhn"), title=words("남의 협약"), disclosure="closed")
    log.agreement("A3", both, title=words("다 부속"), parent_id=id_of("A2"), disclosure="closed")
    log.journal("j1", "naver", "2026-02-10")
    log.journal("j2", "naver", "2026-02-20")
    log.journal("j3", "nhn", "2026-02-25")
    log.journal("j4", "naver", "2026-03-20")
    return log


def bound(graph: Graph, asker: Asker, on: date = date(2026, 3, 1)) -> list[tuple[object, ...]]:
    """Give each agreement of naver's: key, how it binds, what it hangs under, the last contact."""
    rows = graph.ask("partner-agreements", asker, on=on, partner="naver").answer.rows
    return [
        (
            key(row.cells["agreement"]),
            row.cells["bound"],
            key(row.cells["parent"]) if row.cells["parent"] else None,
            row.cells["last_contact"],
        )
        for row in rows
    ]


def test_agreements_of_unknown_end_stand_apart_and_an_annex_below_its_parent(graph: Graph) -> None:
    graph.follow(city_with_annexes())

    assert bound(graph, OFFICE) == [
        ("A3", "PARTY_TO", "A2", None),
        ("A1", "PARTY_TO", None, date(2026, 2, 20)),
        ("A9", "PARTY_TO", "A1", None),
        ("A0", "PERHAPS_PARTY_TO", None, None),
    ]
    assert bound(graph, OFFICE, date(2025, 12, 31)) == []
    assert bound(graph, OFFICE, date(2026, 3, 20))[1][3] == date(2026, 3, 20)


def test_the_picture_of_agreements_shows_who_else_signed_them(graph: Graph) -> None:
    graph.follow(small_city())

    answered = graph.ask("partner-agreements", on=date(2026, 3, 1), partner="naver")

    shown = {thing.key for ring in answered.answer.rings for thing in ring}
    assert {"naver", "A1", "city", "nhn", "gist"} <= shown
    assert {(link.kind, link.source, link.target) for link in answered.answer.links} == {
        ("PARTY_TO", id_of(each), id_of("A1")) for each in ("naver", "city", "nhn", "gist")
    }


def test_who_is_no_office_learns_of_no_contact_and_of_no_parent_of_others(graph: Graph) -> None:
    graph.follow(city_with_annexes())

    assert bound(graph, liaison_of("naver")) == [
        ("A3", "PARTY_TO", None, None),
        ("A1", "PARTY_TO", None, None),
        ("A9", "PARTY_TO", "A1", None),
        ("A0", "PERHAPS_PARTY_TO", None, None),
    ]
    assert [row[0] for row in bound(graph, PUBLIC)] == ["A9", "A1", "A0"]
    sources = {
        source
        for who in (PUBLIC, liaison_of("naver"))
        for row in graph.ask(
            "partner-agreements", who, on=date(2026, 3, 1), partner="naver"
        ).answer.rows
        for source in row.sources
    }
    assert sources.isdisjoint(map(id_of, ("j1", "j2", "j3", "A2")))


def test_coverage_lists_every_task_with_its_strategy(graph: Graph) -> None:
    graph.follow(city_at_work())

    answered = graph.ask("task-coverage", on=date(2026, 3, 1))

    found = [
        (key(row.cells["task"]), row.cells["status"], row.cells["count"])
        for row in answered.answer.rows
    ]
    assert found == [("T1", "several", 2), ("T2", "one", 1), ("T3", "nobody", 0)]
    assert keys(answered.answer.rows[0].cells["partners"]) == ["naver", "nhn"]
    assert key(answered.answer.rows[0].cells["strategy"]) == "S1"


def test_coverage_counts_apart_whom_nobody_knows_of(graph: Graph) -> None:
    log = city_at_work()
    nobody_knows: dict[str, Any] = {"holds_until": "2026-01-31", "unknown_from": "2026-02-01"}
    for key_, partner, task in (("u1", "gist", "T1"), ("u2", "naver", "T1"), ("u3", "gist", "T3")):
        log.collaboration(key_, partner, task, **nobody_knows)
    graph.follow(log)

    rows = graph.ask("task-coverage", on=date(2026, 3, 1)).answer.rows

    assert [(row.cells["status"], row.cells["count"]) for row in rows] == [
        ("several", 2),
        ("one", 1),
        ("unknown", 0),
    ]
    assert [keys(row.cells["unknown"]) for row in rows] == [["gist"], [], ["gist"]]
    assert id_of("u3") in rows[2].sources
    on_task = graph.ask("partners-on-task", on=date(2026, 3, 1), task="T3").answer.rows
    assert on_task == ()


def test_coverage_of_a_service_field_counts_what_is_done_for_it(graph: Graph) -> None:
    graph.follow(city_at_work())

    answered = graph.ask("task-coverage", on=date(2026, 3, 1), service_field="F1")

    assert [row.cells["status"] for row in answered.answer.rows] == ["one", "nobody", "nobody"]


def test_coverage_can_be_narrowed_to_a_strategy(graph: Graph) -> None:
    log = city_at_work()
    log.strategy("S2", 2)
    log.task("T4", 4, strategy="S2")
    graph.follow(log)

    answered = graph.ask("task-coverage", strategy="S2")

    assert [key(row.cells["task"]) for row in answered.answer.rows] == ["T4"]
    assert len(graph.ask("task-coverage", programme="programme").answer.rows) == 4


def test_the_network_around_a_partner_shows_who_stands_beside_it(graph: Graph) -> None:
    graph.follow(city_at_work())

    answered = graph.ask("partner-network", on=date(2026, 3, 1), partner="naver")

    shown = [[each.key for each in ring] for ring in answered.answer.rings]
    assert shown == [["naver"], ["T1"], ["vr", "xr", "nhn"]]
    assert {(link.kind, link.source_id) for link in answered.answer.links} == {
        ("WORKS_ON", id_of("c1")),
        ("USED_FOR", id_of("c1")),
        ("WORKS_ON", id_of("c2")),
    }
    assert answered.positions[id_of("naver")] == (500, 500)


def test_a_tie_has_one_id_in_all_questions_and_in_the_graph(graph: Graph) -> None:
    graph.follow(city_at_work())
    on = date(2026, 3, 1)

    everything = {(link.id, link.kind) for link in graph.ask("partner-network", on=on).answer.links}
    works = {each for each in everything if each[1] == "WORKS_ON"}
    around = graph.ask("partner-network", on=on, partner="naver").answer.links
    coverage = graph.ask("task-coverage", on=on).answer.links
    on_task = graph.ask("partners-on-task", on=on, task="T1").answer.links

    drawn = {
        (facts["id"], type_)
        for type_, *_, facts in map(json.loads, graph.projection.elements())
        if "id" in facts
    }
    assert everything <= drawn
    assert {(link.id, link.kind) for link in coverage} == works
    assert {(link.id, link.kind) for link in around} <= everything
    assert {(link.id, link.kind) for link in on_task} <= works
    assert len(on_task) == 2


def test_the_network_of_all_has_every_partner_at_work(graph: Graph) -> None:
    graph.follow(city_at_work())

    answered = graph.ask("partner-network", on=date(2026, 3, 1))

    assert partners(answered) == ["gist", "naver", "nhn"]
    assert len(answered.positions) == len(set(answered.positions.values())) == 2 + 2 + 3


def test_a_partner_without_commitments_stands_alone(graph: Graph) -> None:
    log = city_at_work()
    log.partner("new", "새 기관")
    graph.follow(log)

    answered = graph.ask("partner-network", partner="new")

    assert answered.answer.rows == ()
    assert [each.key for ring in answered.answer.rings for each in ring] == ["new"]


def test_the_public_sees_the_disclosed_and_nothing_else(graph: Graph) -> None:
    graph.follow(city_at_work())

    assert partners(graph.ask("partners-on-task", PUBLIC, task="T1")) == ["naver"]
    assert partners(graph.ask("partners-on-task", PUBLIC, task="T2")) == []
    coverage = graph.ask("task-coverage", PUBLIC)
    assert [row.cells["status"] for row in coverage.answer.rows] == ["one", "nobody", "nobody"]
    assert partners(graph.ask("partner-network", PUBLIC)) == ["naver"]


def test_a_closed_agreement_is_not_named_beside_a_disclosed_commitment(graph: Graph) -> None:
    log = small_city()
    log.agreement("A2", ("city", "naver"), disclosure="closed")
    log.collaboration("c1", "naver", "T1", agreement="A2")
    graph.follow(log)

    (row,) = graph.ask("partner-network", PUBLIC).answer.rows
    assert row.cells["agreement"] is None
    (row,) = graph.ask("partners-on-task", PUBLIC, task="T1").answer.rows
    assert row.cells["agreements"] == ()
    (row,) = graph.ask("partner-network", liaison_of("naver")).answer.rows
    assert key(row.cells["agreement"]) == "A2"


def test_an_agreement_is_named_if_it_was_disclosed_as_known_then_and_is_now(graph: Graph) -> None:
    log = small_city()
    log.collaboration("c1", "naver", "T1")
    opened = log.head
    log.agreement("A1", ("city", "naver", "nhn", "gist"), disclosure="closed")
    graph.follow(log)

    def named(asker: Asker, known_at: int) -> list[str | None]:
        answered = graph.ask("partners-on-task", asker, task="T1", known_at=known_at)
        return [each for row in answered.answer.rows for each in keys(row.cells["agreements"])]

    assert (named(PUBLIC, opened), named(PUBLIC, log.head)) == ([], [])
    assert (named(liaison_of("nhn"), opened), named(liaison_of("nhn"), log.head)) == (
        ["A1"],
        ["A1"],
    )

    closed = log.head
    log.agreement("A1", ("city", "naver", "nhn", "gist"))
    graph.follow(log)

    assert [named(PUBLIC, seq) for seq in (opened, closed, log.head)] == [["A1"], [], ["A1"]]


@pytest.mark.parametrize(("label", "key"), [("Agreement", "A2"), ("Collaboration", "c2")])
def test_a_closed_thing_is_there_only_for_who_may_see_it(
    graph: Graph, label: str, key: str
) -> None:
    log = small_city()
    log.agreement("A2", ("city", "naver"), disclosure="closed")
    log.collaboration("c2", "naver", "T1", agreement="A2", disclosure="closed")
    graph.follow(log)
    about = Question("task-coverage", Words(""), (Parameter("it", label, Words("")),), (), {})

    def asked(asker: Asker) -> Answered:
        return graph.ask(about, asker, it=id_of(key))

    for nobody in (PUBLIC, liaison_of("nhn")):
        with pytest.raises(NotKnown):
            asked(nobody)
    for somebody in (OFFICE, liaison_of("naver")):
        assert asked(somebody).named["it"].key == key


def test_a_liaison_sees_what_lies_under_its_partners_agreements(graph: Graph) -> None:
    log = city_at_work()
    log.agreement("A2", ("city", "nhn"), disclosure="closed")
    log.collaboration("c4", "nhn", "T3", agreement="A2", disclosure="closed")
    graph.follow(log)

    naver, nhn = liaison_of("naver"), liaison_of("nhn")
    assert partners(graph.ask("partners-on-task", naver, task="T2")) == ["gist"]
    assert partners(graph.ask("partners-on-task", naver, task="T3")) == []
    assert partners(graph.ask("partners-on-task", nhn, task="T3")) == ["nhn"]
    assert graph.ask("task-coverage", naver).answer.rows[2].cells["count"] == 0


def test_who_left_an_agreement_no_longer_sees_what_lies_under_it(graph: Graph) -> None:
    log = city_at_work()
    log.agreement("A1", ("city", "naver", "nhn", "gist"), left={"nhn": "2026-09-30"})
    graph.follow(log)

    before, after = date(2026, 9, 30), date(2026, 10, 1)
    nhn = liaison_of("nhn")
    assert partners(graph.ask("partners-on-task", nhn, task="T2", today=before)) == ["gist"]
    assert partners(graph.ask("partners-on-task", nhn, task="T2", today=after)) == []
    # The scope is today's, whatever day is asked about.
    assert partners(graph.ask("partners-on-task", nhn, task="T2", on=before, today=after)) == []


def test_a_correction_is_told_apart_from_what_was_known_then(graph: Graph) -> None:
    log = city_at_work()
    before = log.head
    log.collaboration("c3", "nhn", "T2", disclosure="closed", holds_from="2026-05-01")
    graph.follow(log)

    def answered(on: date, seq: int) -> list[str | None]:
        return partners(graph.ask("partners-on-task", task="T2", on=on, known_at=seq))

    assert answered(date(2026, 3, 1), before) == ["gist"]
    assert answered(date(2026, 3, 1), log.head) == []
    assert answered(date(2026, 6, 1), before) == ["gist"]
    assert answered(date(2026, 6, 1), log.head) == ["nhn"]


def test_an_instant_picks_the_last_entry_recorded_by_it(graph: Graph) -> None:
    log = city_at_work()
    before, instant = log.head, log.clock
    log.collaboration("c3", "nhn", "T2")
    graph.follow(log)

    answered = graph.ask("partners-on-task", task="T2", known_at=instant + timedelta(seconds=30))
    assert (answered.clocks.seq, partners(answered)) == (before, ["gist"])
    assert graph.ask("task-coverage", known_at=BEGAN_AT).clocks.seq == 0


def test_an_ended_commitment_holds_to_its_last_day(graph: Graph) -> None:
    log = city_at_work()
    log.collaboration("c1", "naver", "T1", holds_until="2026-04-30", kind="collaboration.ended")
    graph.follow(log)

    def answered(on: date, known_at: int | None = None) -> list[str | None]:
        return partners(graph.ask("partners-on-task", task="T1", on=on, known_at=known_at))

    assert "naver" in answered(date(2026, 4, 30))
    assert "naver" not in answered(date(2026, 5, 1))
    assert "naver" in answered(date(2026, 5, 1), known_at=log.head - 1)


def test_what_is_disclosed_later_was_not_before(graph: Graph) -> None:
    log = city_at_work()
    closed = log.head
    log.collaboration("c3", "gist", "T2", disclosure="public")
    opened = log.head
    log.collaboration("c3", "gist", "T2", disclosure="closed")
    graph.follow(log)

    def answered(seq: int) -> list[str | None]:
        return partners(graph.ask("partners-on-task", PUBLIC, task="T2", known_at=seq))

    assert [answered(closed), answered(opened), answered(log.head)] == [[], ["gist"], []]


def test_a_task_is_not_listed_before_it_was_known(graph: Graph) -> None:
    log = city_at_work()
    before = log.head
    log.task("T4", 4)
    graph.follow(log)

    assert len(graph.ask("task-coverage", known_at=before).answer.rows) == 3
    assert len(graph.ask("task-coverage").answer.rows) == 4


def test_the_future_of_the_record_is_refused(graph: Graph) -> None:
    log = city_at_work()
    graph.follow(log)

    with pytest.raises(InTheFuture):
        graph.ask("task-coverage", known_at=log.head + 1)


def test_who_waits_for_a_write_gets_it_or_hears_that_the_graph_is_behind(graph: Graph) -> None:
    log = city_at_work()
    graph.follow(log)
    log.collaboration("c4", "nhn", "T3")

    with pytest.raises(Behind):
        graph.ask("partners-on-task", task="T3", min_seq=log.head, newest=log.head)
    answered = graph.ask(
        "partners-on-task",
        task="T3",
        min_seq=log.head,
        newest=log.head,
        pause=lambda _: graph.follow(log),
    )

    assert partners(answered) == ["nhn"]


def test_a_short_limit_says_that_the_answer_is_cut(graph: Graph) -> None:
    graph.follow(city_at_work())

    answered = graph.ask("task-coverage", limit=2)

    assert (len(answered.answer.rows), answered.answer.total, answered.is_cut) == (2, 3, True)


def city_at_an_expo() -> Log:
    """An expo about T1 and T2 that NAVER and the city attend; NHN and GIST work on its tasks."""
    log = city_at_work()
    log.event("ces", ("city", "naver"), ("T1", "T2"))
    return log


def neighbours(answered: Answered) -> list[tuple[str | None, object, list[str | None]]]:
    """Give each row as partner, whether it attends, and shared tasks."""
    return [
        (key(row.cells["partner"]), row.cells["attends"], keys(row.cells["tasks"]))
        for row in answered.answer.rows
    ]


def test_an_event_s_neighbours_are_who_attends_and_who_works_on_what_it_is_about(
    graph: Graph,
) -> None:
    graph.follow(city_at_an_expo())

    answered = graph.ask("event-neighbours", on=date(2026, 3, 1), event="ces")

    assert neighbours(answered) == [
        ("city", "yes", []),
        ("naver", "yes", ["T1"]),
        ("gist", "no", ["T2"]),
        ("nhn", "no", ["T1"]),
    ]
    city, naver, gist, nhn = answered.answer.rows
    assert key(city.cells["event"]) == "ces"
    assert keys(naver.cells["technologies"]) == ["vr", "xr"]
    assert keys(nhn.cells["technologies"]) == ["xr"]
    assert keys(gist.cells["technologies"]) == []
    assert city.sources == (id_of("ces"),)
    assert set(naver.sources) == {id_of("ces"), id_of("c1")}
    assert nhn.sources == (id_of("c2"),)


def test_the_picture_of_an_event_leads_over_its_tasks_to_its_neighbours(graph: Graph) -> None:
    log = city_at_an_expo()
    log.event("ces", ("city", "naver"), ("T1", "T3"))
    graph.follow(log)

    answered = graph.ask("event-neighbours", on=date(2026, 3, 1), event="ces")

    shown = [[each.key for each in ring] for ring in answered.answer.rings]
    assert shown == [["ces"], ["T1", "T3"], ["city", "naver", "nhn"]]
    names = {id_of(each): each for each in ("ces", "T1", "T3", "city", "naver", "nhn")}
    assert {
        (link.kind, names[link.source], names[link.target]) for link in answered.answer.links
    } == {
        ("ATTENDS", "city", "ces"),
        ("ATTENDS", "naver", "ces"),
        ("ABOUT", "ces", "T1"),
        ("ABOUT", "ces", "T3"),
        ("WORKS_ON", "naver", "T1"),
        ("WORKS_ON", "nhn", "T1"),
    }


def test_an_event_s_neighbours_are_those_of_the_day(graph: Graph) -> None:
    graph.follow(city_at_an_expo())

    assert ("nhn", "no", ["T1"]) not in neighbours(
        graph.ask("event-neighbours", on=date(2026, 7, 1), event="ces")
    )


def test_a_cancelled_event_has_no_neighbours_from_that_day_and_had_as_known_then(
    graph: Graph,
) -> None:
    log = city_at_an_expo()
    planned = log.head
    log.event("ces", ("city", "naver"), ("T1", "T2"), cancelled_on="2026-11-20")
    graph.follow(log)

    def found(on: date, known_at: int | None = None) -> int:
        return graph.ask("event-neighbours", on=on, known_at=known_at, event="ces").answer.total

    assert found(date(2026, 11, 19)) == 3
    assert found(date(2026, 11, 20)) == 0
    assert found(date(2026, 11, 20), known_at=planned) == 3


def test_an_event_shows_no_closed_work_to_the_public(graph: Graph) -> None:
    graph.follow(city_at_an_expo())

    answered = graph.ask("event-neighbours", PUBLIC, on=date(2026, 3, 1), event="ces")

    assert neighbours(answered) == [
        ("city", "yes", []),
        ("naver", "yes", ["T1"]),
        ("nhn", "no", ["T1"]),
    ]
    ours = graph.ask("event-neighbours", liaison_of("nhn"), on=date(2026, 3, 1), event="ces")
    assert ("gist", "no", ["T2"]) in neighbours(ours)
