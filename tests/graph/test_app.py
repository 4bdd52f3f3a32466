"""The program: its verbs, and what it says when something is missing."""

from pathlib import Path

import pytest
from neo4j import Driver, ManagedTransaction, Record

from ieum_graph.app import main
from ieum_graph.storage.questions.parts import NAMES, Asking
from ieum_graph.storage.questions.register import QUESTIONS
from tests.graph.conftest import Graph
from tests.graph.makers import FeedOf, id_of, small_city
from tests.neo4j import Server


@pytest.fixture
def environment(tmp_path: Path, neo4j_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set what the program reads."""
    values = {
        "IEUM_GRAPH_LISTEN": "127.0.0.1:1",
        "IEUM_KEYS": str(tmp_path),
        "IEUM_SIGNING_KEY": str(tmp_path / "graph.key.json"),
        "IEUM_REGISTRY_URL": "http://127.0.0.1:1",
        "IEUM_NEO4J_URL": neo4j_server.url,
        "IEUM_NEO4J_PASSWORD_FILE": str(neo4j_server.password_file),
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def test_hash_prints_the_entry_and_the_hash(
    environment: None, graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    log = small_city()
    graph.follow(log)

    assert main(["hash"]) == 0

    seq, digest = capsys.readouterr().out.split()
    assert (int(seq), len(digest)) == (log.head, 64)


def test_a_rebuild_that_meets_an_entry_it_cannot_draw_names_it_and_stops(
    environment: None,
    graph: Graph,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = small_city()
    log.record("task.registered", "bad", {"nonsense": True})
    monkeypatch.setattr("ieum_graph.app._feed", lambda _: FeedOf(log))

    assert main(["rebuild"]) == 1

    said = capsys.readouterr().err
    assert f"stopped after entry 0: entry {log.head} (task.registered of {id_of('bad')})" in said
    assert "ieum registry verify" in said
    standing = graph.projection.standing()
    assert (standing.state, standing.cursor.seq) == ("stopped", 0)
    assert str(standing.detail).startswith(f"change.not_applied: entry {log.head}")


def test_a_rebuild_that_misses_an_entry_says_so(
    environment: None,
    graph: Graph,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = small_city()
    del log.changes[3]
    monkeypatch.setattr("ieum_graph.app._feed", lambda _: FeedOf(log))

    assert main(["rebuild"]) == 1

    assert "expected change 4, the feed gave 5" in capsys.readouterr().err
    assert graph.projection.standing().detail == "feed.gap: expected 4, found 5"


def test_migrate_is_a_verb_that_can_be_repeated(environment: None, neo4j_driver: Driver) -> None:
    assert [main(["migrate"]), main(["migrate"])] == [0, 0]


def test_a_neo4j_that_is_away_is_named(
    environment: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IEUM_NEO4J_URL", "bolt://127.0.0.1:1")

    assert main(["hash"]) == 1
    assert capsys.readouterr().err.startswith("Neo4j does not answer")


def test_missing_settings_are_listed_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("IEUM_KEYS", "IEUM_NEO4J_URL"):
        monkeypatch.delenv(name, raising=False)

    assert main(["hash"]) == 2

    said = capsys.readouterr().err
    assert "IEUM_KEYS is not set" in said
    assert "IEUM_NEO4J_URL is not set" in said


def test_every_text_is_planned_before_anybody_asks(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned: set[str] = set()
    run = Asking.run

    def noted(asking: Asking, read: ManagedTransaction, text: str, **more: object) -> list[Record]:
        planned.add(text)
        return run(asking, read, text, **more)

    monkeypatch.setattr(Asking, "run", noted)
    graph.reading.warm_up()

    assert planned == {NAMES} | {text for askable in QUESTIONS for text in askable.texts}


def test_warming_up_a_graph_at_work_does_no_harm(graph: Graph) -> None:
    graph.follow(small_city())

    graph.reading.warm_up()
