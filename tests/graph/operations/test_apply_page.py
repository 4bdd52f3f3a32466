"""Applying pages: in order, once, whole; and three ways to the same graph."""

import json
from copy import copy
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import Driver

from changefeed.cursor import Cursor, FeedForked, FeedGap
from changefeed.page import Page
from ieum_graph.jobs.follow import follow_once
from ieum_graph.operations.apply_page import apply_page
from ieum_graph.operations.compare import canonical_hash
from ieum_graph.operations.rebuild import begin_rebuild, finish_emptying, rebuild
from ieum_graph.storage.edits import MOST_THROWN
from tests.graph.conftest import NOW, Graph
from tests.graph.makers import FeedOf, Log, id_of, small_city

PARTNERS = ("naver", "nhn", "gist")
DAYS = ("2026-01-15", "2026-03-31", "2026-12-31")


def edges(graph: Graph, source_key: str) -> set[tuple[str, int, int]]:
    """Give type, seq_from and seq_to of the edges that a subject said."""
    found = (json.loads(line) for line in graph.projection.elements())
    return {
        (type_, facts["seq_from"], facts["seq_to"])
        for type_, *_, facts in found
        if facts.get("source_id") == id_of(source_key)
    }


def grow(log: Log, steps: list[tuple[str, int, int, int]]) -> None:
    """Change things in the ways that a history does: moved days, corrections, ends, disclosure."""
    for verb, one, two, three in steps:
        partner, task, day = PARTNERS[one], f"T{two + 1}", DAYS[three]
        if verb == "work":
            log.collaboration(
                f"c{one}",
                partner,
                task,
                technologies=("xr", "vr")[: three + 1],
                service_field="F1" if three else None,
                holds_until=day,
                disclosure="public" if two else "closed",
            )
        elif verb == "leave":
            log.agreement("A1", ("city", *PARTNERS), left={partner: day})
        elif verb == "close":
            log.agreement("A1", ("city", *PARTNERS[one:]), disclosure="closed")
        elif verb == "rename":
            log.partner(partner, f"{partner} {two}")
        elif verb == "meet":
            attending, about = PARTNERS[: three + 1], ("T1", "T2")[: two + 1]
            log.event("ces", attending, about, cancelled_on=day if one == 2 else None)
        elif verb == "write":
            log.journal(f"j{one}", partner, day, agreement="A1" if two else None)
        elif verb == "owe":
            log.milestone(f"m{one}", partner, done_on=day if two else None)
        else:
            log.technology("vr", broader="xr" if two else None)


HISTORIES = st.lists(
    st.tuples(
        st.sampled_from(
            ("work", "work", "leave", "close", "rename", "owe", "broader", "meet", "write")
        ),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=HISTORIES, limit=st.integers(1, 7))
def test_page_by_page_in_one_go_and_rebuilt_are_the_same_graph(
    graph: Graph, steps: list[tuple[str, int, int, int]], limit: int
) -> None:
    log = small_city()
    grow(log, steps)
    begin_rebuild(graph.projection)
    finish_emptying(graph.projection, lambda *_: None)

    graph.follow(log, limit=limit)
    little_by_little = canonical_hash(graph.projection)
    for after in range(0, log.head, limit):  # Every page again, as after a lost answer.
        read_after = graph.projection.standing().cursor
        page = log.page(after, limit)
        apply_page(page, read_after=read_after, heard_at=NOW, projection=graph.projection)
    repeated = canonical_hash(graph.projection)
    rebuild(projection=graph.projection, feed=FeedOf(log), now=lambda: NOW, tell=lambda *_: None)

    assert little_by_little == repeated == canonical_hash(graph.projection)
    assert graph.projection.standing().state == "following"


def test_a_page_given_twice_changes_nothing(graph: Graph) -> None:
    log = small_city()
    log.collaboration("c1", "naver", "T1")
    graph.follow(log)
    before, cursor = canonical_hash(graph.projection), graph.projection.standing().cursor

    applied = apply_page(log.page(), read_after=cursor, heard_at=NOW, projection=graph.projection)

    assert applied == 0
    assert canonical_hash(graph.projection) == before


def test_a_gap_changes_nothing_and_says_so(graph: Graph) -> None:
    log = small_city()
    graph.follow(log)
    cursor = graph.projection.standing().cursor
    log.partner("one")
    log.partner("two")
    gap = log.page(cursor.seq + 1)

    with pytest.raises(FeedGap) as caught:
        apply_page(gap, read_after=cursor, heard_at=NOW, projection=graph.projection)

    assert (caught.value.expected, caught.value.found) == (log.head - 1, log.head)
    assert graph.projection.standing().cursor == cursor


def test_another_history_is_seen(graph: Graph) -> None:
    log = small_city()
    graph.follow(log)
    cursor = graph.projection.standing().cursor
    other = replace(log.partner("one"), prev_hash=bytes(32))

    with pytest.raises(FeedForked):
        apply_page(
            Page((other,), other.seq, other.seq),
            read_after=cursor,
            heard_at=NOW,
            projection=graph.projection,
        )


def test_a_page_read_before_the_graph_was_begun_anew_is_let_go(graph: Graph) -> None:
    log = small_city()
    graph.follow(log)
    cursor = graph.projection.standing().cursor
    log.partner("late")
    page = log.page(cursor.seq)
    begin_rebuild(graph.projection)
    finish_emptying(graph.projection, lambda *_: None)

    assert apply_page(page, read_after=cursor, heard_at=NOW, projection=graph.projection) == 0
    assert graph.projection.standing().cursor.seq == 0


def test_what_a_change_leaves_as_it_was_keeps_its_edges(graph: Graph) -> None:
    log = small_city()
    log.collaboration("c1", "naver", "T1", technologies=("xr",))
    started = log.head
    log.collaboration("c1", "naver", "T1", technologies=("vr",))
    graph.follow(log)

    found = edges(graph, "c1")
    still = 2**53 - 1
    assert ("ON", started, still) in found
    assert {each for each in found if each[0] == "USES"} == {
        ("USES", started, log.head),
        ("USES", log.head, still),
    }


def test_a_withheld_body_claims_nothing_any_more(graph: Graph) -> None:
    log = small_city()
    log.collaboration("c1", "naver", "T1")
    graph.follow(log)
    log.record("collaboration.changed", "c1", {}, withheld=True)
    graph.follow(log)

    assert {seq_to for _, _, seq_to in edges(graph, "c1")} == {log.head}


def test_a_commitment_that_holds_on_no_day_has_a_name_and_is_nowhere(graph: Graph) -> None:
    log = small_city()
    log.collaboration("c1", "naver", "T1", holds_from="2026-05-01", holds_until="2026-04-30")
    graph.follow(log)

    assert {type_ for type_, _, _ in edges(graph, "c1")} == {"CALLED"}


def test_a_page_that_draws_too_much_for_one_transaction_is_applied_in_several(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = small_city()
    for number in range(6):
        log.agreement(f"B{number}", ("city", "naver", "nhn", "gist"))
    graph.follow(log)
    in_one_go = canonical_hash(graph.projection)
    begin_rebuild(graph.projection)
    finish_emptying(graph.projection, lambda *_: None)
    monkeypatch.setattr("ieum_graph.operations.apply_page.MOST_EDGES", 10)

    applied = []
    while (cursor := graph.projection.standing().cursor).seq < log.head:
        before = len(drawn(graph))
        page = log.page(cursor.seq)
        apply_page(page, read_after=cursor, heard_at=NOW, projection=graph.projection)
        applied.append(len(drawn(graph)) - before)

    most_of_one_entry = 9
    assert len(applied) > 2
    assert max(applied) < 10 + most_of_one_entry
    assert canonical_hash(graph.projection) == in_one_go


def drawn(graph: Graph) -> list[str]:
    """Give the ids of all edges."""
    found = (json.loads(line)[-1] for line in graph.projection.elements())
    return [facts["id"] for facts in found if "seq_from" in facts]


def test_no_transaction_throws_away_more_than_it_can_hold(
    graph: Graph, neo4j_driver: Driver
) -> None:
    """One node has more edges than that, and some are of a kind that is no longer drawn."""
    log = small_city()
    graph.follow(log)
    of_today = canonical_hash(graph.projection)
    edges = MOST_THROWN + MOST_THROWN // 2
    neo4j_driver.execute_query(
        "MATCH (hub:Partner {id: $hub}) CREATE (old:OfLastYear) WITH hub, old "
        "UNWIND range(1, $edges) AS each "
        "CREATE (hub)-[:NAMED_IN {id: toString(each)}]->(old)-[:OF_LAST_YEAR]->(hub)",
        hub=id_of("city"),
        edges=edges,
    )
    there = [size_of(neo4j_driver)]
    begin_rebuild(graph.projection)

    while graph.projection.empty_some():
        there.append(size_of(neo4j_driver))

    thrown = [before - after for before, after in pairwise(there)]
    assert max(thrown) <= MOST_THROWN
    assert sum(thrown) > 2 * edges
    assert there[-1] == 1  # The projection's own node.
    rebuild(projection=graph.projection, feed=FeedOf(log), now=lambda: NOW, tell=lambda *_: None)
    assert canonical_hash(graph.projection) == of_today


def size_of(driver: Driver) -> int:
    """Count all nodes and edges, of whatever kind."""
    text = "RETURN COUNT { MATCH (n) } + COUNT { MATCH ()-[e]->() } AS there"
    return int(driver.execute_query(text).records[0]["there"])


def test_an_interrupted_rebuild_is_gone_on_with(graph: Graph) -> None:
    log = small_city()
    log.collaboration("c1", "naver", "T1")
    graph.follow(log)
    before = canonical_hash(graph.projection)
    begin_rebuild(graph.projection)
    graph.projection.empty_some()

    for _ in range(3):
        follow_once(feed=FeedOf(log), projection=graph.projection, now=lambda: NOW)

    standing = graph.projection.standing()
    assert (standing.state, standing.generation) == ("following", 1)
    assert canonical_hash(graph.projection) == before


def redacted_city() -> tuple[Log, Log]:
    """A city that was told a wrong name, and the same after the entry that told it was redacted."""
    log = small_city()
    log.partner("naver", "잘못 적힌 이름")
    wrong = log.head
    log.partner("naver", "네이버")
    log.collaboration("c1", "naver", "T1")
    before = copy(log)
    before.changes = list(log.changes)
    log.redact(wrong)
    return before, log


def all_text(graph: Graph) -> str:
    return "".join(graph.projection.elements())


@pytest.mark.parametrize("limit", [1, 3, 1000])
def test_what_is_redacted_is_forgotten_as_if_it_had_never_been_known(
    graph: Graph, limit: int
) -> None:
    before, log = redacted_city()
    graph.follow(before)
    generation = graph.projection.standing().generation

    feed = Growing(log, log, limit=limit)
    states = set()
    while (standing := graph.projection.standing()).cursor.seq < log.head:
        states.add(standing.state)
        follow_once(feed=feed, projection=graph.projection, now=lambda: NOW)

    assert "emptying" in states
    standing = graph.projection.standing()
    assert (standing.state, standing.generation) == ("following", generation + 1)
    assert standing.cursor.seq == log.head
    assert "잘못 적힌 이름" not in all_text(graph)
    live = canonical_hash(graph.projection)
    rebuild(projection=graph.projection, feed=FeedOf(log), now=lambda: NOW, tell=lambda *_: None)
    assert canonical_hash(graph.projection) == live


def test_one_who_begins_after_a_redaction_is_not_rebuilt_for_it(graph: Graph) -> None:
    _, log = redacted_city()
    generation = graph.projection.standing().generation

    graph.follow(log, limit=2)

    assert graph.projection.standing().generation == generation
    assert graph.projection.standing().cursor.seq == log.head


def test_a_redaction_in_the_midst_of_a_rebuild_is_heeded(graph: Graph) -> None:
    before, log = redacted_city()
    feed = Growing(before, log, limit=2)

    rebuild(projection=graph.projection, feed=feed, now=lambda: NOW, tell=lambda *_: None)

    standing = graph.projection.standing()
    assert (standing.state, standing.cursor.seq) == ("following", log.head)
    assert "잘못 적힌 이름" not in all_text(graph)


class Growing:
    """A feed by small pages, in which an entry is redacted after most of it was read."""

    def __init__(self, before: Log, after: Log, *, limit: int) -> None:
        self._before, self._after, self._limit = before, after, limit

    def read(self, cursor: Cursor, *, limit: int = 0, wait_s: int = 0) -> Page:  # noqa: ARG002
        if cursor.seq >= self._before.head - self._limit:
            self._before = self._after
        return self._before.page(cursor.seq, self._limit)


def test_what_was_followed_is_kept_as_a_witness_if_the_log_tells_another_history(
    graph: Graph,
) -> None:
    log = small_city()
    graph.follow(log)
    seen = graph.projection.standing().cursor

    begin_rebuild(graph.projection, is_forked=True)
    finish_emptying(graph.projection, lambda *_: None)
    shorter = copy(log)
    shorter.changes = log.changes[:-1]
    graph.follow(shorter)
    assert graph.projection.standing().lost == seen
    begin_rebuild(graph.projection, is_forked=True)
    finish_emptying(graph.projection, lambda *_: None)
    assert graph.projection.standing().lost == seen

    feed = FeedOf(shorter)
    rebuild(projection=graph.projection, feed=feed, now=lambda: NOW, tell=lambda *_: None)

    assert graph.projection.standing().lost is None


def test_erasing_people_leaves_the_graph_as_it_is(graph: Graph) -> None:
    """People are not drawn: what is redacted with them is no reason to begin anew each night."""
    log = small_city()
    log.record("contact.registered", "kim", {"at": {}}, disclosed=False)
    graph.follow(log)
    before = graph.projection.standing()

    log.record("contact.erased", "kim", {"at": {}}, disclosed=False, reason="보유기간")
    redacted = {"redacts": log.head - 1, "of_type": "contact", "of_id": id_of("kim")}
    log.record("redaction.recorded", "r1", redacted, reason="보유기간")
    for _ in range(3):
        follow_once(feed=FeedOf(log), projection=graph.projection, now=lambda: NOW)

    after = graph.projection.standing()
    assert (after.state, after.generation) == (before.state, before.generation)
    assert after.cursor.seq == log.head
