"""The follower: neighbours that are away, gaps, forks, and what it says of itself."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from neo4j import Driver

from changefeed.cursor import Cursor
from changefeed.log_id import LogId
from changefeed.page import Page
from changefeed.reader import FeedUnavailable
from ieum_graph.domain.errors import Behind, Rebuilding
from ieum_graph.domain.kinds import FINGERPRINT
from ieum_graph.jobs.follow import follow
from ieum_graph.operations.ask import lag_seconds
from ieum_graph.operations.compare import canonical_hash
from ieum_graph.operations.ports import Standing
from ieum_graph.operations.rebuild import begin_rebuild, rebuild
from tests.graph.conftest import NOW, Graph
from tests.graph.makers import FeedOf, Log, id_of, small_city


class Ended(BaseException):
    """Ends a loop that never ends by itself."""


class Script:
    """A feed that does what it is told, one step for each read, and ends after the last."""

    def __init__(self, *steps: Page | Exception) -> None:
        self.steps: Iterator[Page | Exception] = iter(steps)

    def read(self, cursor: Cursor, *, limit: int = 1000, wait_s: int = 0) -> Page:  # noqa: ARG002  The port has them.
        step = next(self.steps, None)
        if step is None:
            raise Ended
        if isinstance(step, Exception):
            raise step
        return step


def run(graph: Graph, feed: Script, beat: Callable[[], None] = lambda: None) -> list[float]:
    """Follow until the script ends; give the pauses made."""
    pauses: list[float] = []
    with pytest.raises(Ended):
        follow(
            feed=feed,
            projection=graph.projection,
            now=lambda: NOW,
            pause=pauses.append,
            beat=beat,
        )
    return pauses


def test_each_turn_is_a_sign_of_life_whether_it_went_well_or_not(graph: Graph) -> None:
    beats: list[None] = []

    run(graph, Script(FeedUnavailable("x"), small_city().page()), lambda: beats.append(None))

    assert len(beats) == 3


def test_a_registry_that_is_away_is_tried_again_and_then_followed(graph: Graph) -> None:
    log = small_city()

    pauses = run(graph, Script(FeedUnavailable("x"), FeedUnavailable("x"), log.page()))

    assert pauses == [0.4, 0.8]
    assert graph.projection.standing().cursor.seq == log.head
    assert graph.projection.standing().heard_at == NOW


def lose(driver: Driver) -> None:
    """Leave of a store what a new folder has: nothing."""
    driver.execute_query("MATCH (n) DETACH DELETE n")
    for constraint in driver.execute_query("SHOW CONSTRAINTS YIELD name").records:
        driver.execute_query(f"DROP CONSTRAINT {constraint['name']}")


def constraints(driver: Driver) -> int:
    return len(driver.execute_query("SHOW CONSTRAINTS YIELD name").records)


def test_a_store_lost_while_it_ran_is_made_anew_and_filled(
    graph: Graph, neo4j_driver: Driver, caplog: pytest.LogCaptureFixture
) -> None:
    log = small_city()
    graph.follow(log)
    drawn, guarded = canonical_hash(graph.projection), constraints(neo4j_driver)
    lose(neo4j_driver)

    pauses = run(graph, Script(log.page(), log.page(log.head)))

    assert pauses == []
    assert graph.projection.standing().state == "following"
    assert canonical_hash(graph.projection) == drawn
    assert constraints(neo4j_driver) == guarded > 0
    assert any("Neo4j is empty" in each.message for each in caplog.records)


def test_a_lost_store_is_rebuilt_by_hand_too(graph: Graph, neo4j_driver: Driver) -> None:
    log = small_city()
    graph.follow(log)
    drawn, guarded = canonical_hash(graph.projection), constraints(neo4j_driver)
    lose(neo4j_driver)

    rebuild(projection=graph.projection, feed=FeedOf(log), now=lambda: NOW, tell=lambda *_: None)

    assert canonical_hash(graph.projection) == drawn
    assert constraints(neo4j_driver) == guarded


def test_what_lies_there_without_a_projection_is_thrown_away(
    graph: Graph, neo4j_driver: Driver
) -> None:
    log = small_city()
    graph.follow(log)
    drawn = canonical_hash(graph.projection)
    neo4j_driver.execute_query("MATCH (p:Projection) DELETE p")

    run(graph, Script(log.page(), log.page(log.head)))

    assert graph.projection.standing().state == "following"
    assert canonical_hash(graph.projection) == drawn


def test_a_graph_answers_once_it_has_all_of_the_log_and_not_before(graph: Graph) -> None:
    log = small_city()
    with pytest.raises(Behind):
        graph.ask("task-coverage")

    first = log.page(0, 5)
    run(graph, Script(first))
    with pytest.raises(Rebuilding):
        graph.ask("task-coverage")
    run(graph, Script(log.page(5)))

    assert len(graph.ask("task-coverage").answer.rows) == 3


def test_of_an_empty_log_the_truth_is_nothing(graph: Graph) -> None:
    run(graph, Script(Page((), 0, 0)))

    answered = graph.ask("task-coverage")

    assert (answered.answer.rows, answered.clocks.seq) == ((), 0)


def test_a_gap_stops_it_and_the_missing_entry_sets_it_going(graph: Graph) -> None:
    log = small_city()

    run(graph, Script(log.page(2)))
    stopped = graph.projection.standing()
    run(graph, Script(log.page()))

    assert (stopped.state, stopped.detail) == ("stopped", "feed.gap: expected 1, found 3")
    assert graph.projection.standing().state == "following"
    assert graph.projection.standing().detail is None


OURS, THEIRS = LogId("gwangju", b"1" * 32), LogId("ulsan", b"2" * 32)


def test_another_log_stops_it_and_its_own_sets_it_going(graph: Graph) -> None:
    log = small_city()
    run(graph, Script(replace(log.page(), log=OURS)))
    reached = graph.projection.standing().cursor

    pauses = run(graph, Script(replace(small_city().page(), log=THEIRS)))
    stopped = graph.projection.standing()
    log.programme("another")
    run(graph, Script(replace(log.page(reached.seq), log=OURS)))

    assert (reached.genesis, pauses) == (OURS.genesis, [5.0])
    assert (stopped.state, stopped.cursor) == ("stopped", reached)
    assert (stopped.detail or "").startswith("feed.other_log: ")
    assert graph.projection.standing().state == "following"


def test_its_own_log_sets_it_going_also_when_nothing_was_recorded_meanwhile(graph: Graph) -> None:
    log = small_city()
    run(graph, Script(replace(log.page(), log=OURS)))
    run(graph, Script(replace(small_city().page(), log=THEIRS)))

    run(graph, Script(replace(log.page(log.head), log=OURS)))

    standing = graph.projection.standing()
    assert (standing.state, standing.detail) == ("following", None)


def test_every_edge_says_which_log_says_so(graph: Graph) -> None:
    run(graph, Script(replace(small_city().page(), log=OURS)))

    edges = [json.loads(line) for line in graph.projection.elements() if len(json.loads(line)) == 4]

    assert edges
    assert {facts["log"] for *_, facts in edges} == {OURS.genesis.hex() if OURS.genesis else ""}


def test_an_operator_who_rebuilds_follows_whichever_log_there_is(graph: Graph) -> None:
    run(graph, Script(replace(small_city().page(), log=OURS)))
    theirs = small_city()

    rebuild(
        projection=graph.projection,
        feed=Script(replace(theirs.page(), log=THEIRS)),
        now=lambda: NOW,
        tell=lambda *_: None,
    )

    assert graph.projection.standing().cursor.genesis == THEIRS.genesis


def test_a_restored_registry_is_followed_from_its_beginning(graph: Graph) -> None:
    before, after = small_city(), Log()
    graph.follow(before)
    after.programme("another")

    run(graph, Script(_forked(before), after.page(), after.page()))

    standing = graph.projection.standing()
    assert (standing.cursor.seq, standing.state, standing.generation) == (1, "following", 1)


def _forked(log: Log) -> Page:
    """Make a page whose first entry does not follow what was applied."""
    return Page((replace(log.partner("late"), prev_hash=bytes(32)),), log.head, log.head)


def test_an_entry_that_cannot_be_read_stops_it(graph: Graph) -> None:
    log = small_city()
    log.record("task.registered", "bad", {"nonsense": True})

    run(graph, Script(log.page()))

    standing = graph.projection.standing()
    assert standing.state == "stopped"
    assert standing.detail is not None
    assert standing.detail.startswith(
        f"change.not_applied: entry {log.head} (task.registered of {id_of('bad')}) cannot be drawn:"
    )
    assert standing.cursor.seq == 0


def test_a_graph_drawn_by_other_kinds_is_drawn_anew(
    graph: Graph, neo4j_driver: Driver, caplog: pytest.LogCaptureFixture
) -> None:
    log = small_city()
    graph.follow(log)
    drawn = canonical_hash(graph.projection)
    with neo4j_driver.session() as session:
        session.run("MATCH ()-[e:NAMED_IN]->() DELETE e").consume()
        session.run("MATCH (p:Projection) SET p.model = 'of last year'").consume()

    with pytest.raises(Rebuilding):
        graph.ask("task-coverage")
    run(graph, Script(log.page(), log.page(log.head)))

    standing = graph.projection.standing()
    assert (standing.state, standing.generation) == ("following", 1)
    assert standing.model == FINGERPRINT
    assert canonical_hash(graph.projection) == drawn
    (said,) = (each for each in caplog.records if "model has changed" in each.message)
    assert said.__dict__["drawn_by"] == "of last year"


def test_questions_wait_while_the_graph_is_made_anew(graph: Graph) -> None:
    graph.follow(small_city())
    begin_rebuild(graph.projection)

    with pytest.raises(Rebuilding):
        graph.ask("task-coverage")


def standing_of(seq: int, head: int, *, applied: int, heard: int | None) -> Standing:
    """Make one whose last entry and last word lie so many seconds back."""
    return Standing(
        Cursor(seq),
        NOW - timedelta(seconds=applied),
        head,
        None if heard is None else NOW - timedelta(seconds=heard),
        "following",
        None,
        0,
        FINGERPRINT,
    )


@pytest.mark.parametrize(
    ("standing", "lag_s"),
    [
        (standing_of(9, 9, applied=500, heard=20), 0),
        (standing_of(9, 9, applied=500, heard=90), 90),
        (standing_of(8, 9, applied=30, heard=1), 30),
        (standing_of(9, 9, applied=500, heard=None), 500),
    ],
)
def test_the_lag_is_nothing_while_all_that_was_heard_of_is_applied(
    standing: Standing, lag_s: float
) -> None:
    assert lag_seconds(standing, NOW, silence_s=60) == lag_s
