"""Questions over HTTP: shapes, languages, roles, sheets, and what is wrong said plainly."""

from pathlib import Path

import pytest

from httpedge.caller import Role
from ieum_graph.app import create_app
from ieum_graph.operations.rebuild import begin_rebuild
from ieum_graph.settings import Settings
from tests.graph.api.conftest import Ask
from tests.graph.conftest import Graph
from tests.graph.makers import Log, id_of, small_city


@pytest.fixture
def log(graph: Graph) -> Log:
    """Give a city at work, followed."""
    log = small_city()
    log.collaboration("c1", "naver", "T1", technologies=("xr",), role="lead")
    log.collaboration("c2", "nhn", "T1", disclosure="closed")
    graph.follow(log)
    return log


def test_an_answer_has_the_shape_of_the_design(ask: Ask, log: Log) -> None:
    answer = ask("/v1/questions/partners-on-task?task=T1&on=2026-03-01")

    body = answer.get_json()
    assert answer.status_code == 200
    assert answer.headers["X-Graph-Seq"] == str(log.head)
    assert float(answer.headers["X-Graph-Lag-Seconds"]) >= 0
    assert (body["question"], body["on"], body["seq"]) == (
        "partners-on-task",
        "2026-03-01",
        log.head,
    )
    assert (body["total"], body["truncated"]) == (2, False)
    assert body["columns"][0] == {"name": "partner", "title": "협약기관", "kind": "partner"}
    assert body["columns"][-1]["kind"] == "sources"
    naver = body["rows"][0]
    assert naver["partner"] == {"id": id_of("naver"), "key": "naver", "label": "네이버"}
    assert (naver["roles"], naver["codes"]) == ("총괄", {"roles": ["lead"]})
    assert (naver["since"], naver["until"]) == ("2026-02-01", None)
    assert (naver["sources"], naver["illustrative"]) == ([id_of("c1")], False)
    assert {node["kind"] for node in body["network"]["nodes"]} == {"task", "partner"}
    edge = body["network"]["edges"][0]
    assert set(edge) == {"id", "kind", "source", "target", "label", "source_id"}


def test_titles_and_labels_come_in_the_reader_s_language(ask: Ask, log: Log) -> None:
    headers = {"Accept-Language": "en"}

    body = ask("/v1/questions/task-coverage", **headers).get_json()

    assert body["columns"][1]["title"] == "Task"
    assert body["rows"][0]["task"]["label"] == "Task T1"
    assert body["rows"][2]["status"] == "nobody"


def test_a_sheet_opens_in_excel_and_starts_no_formula(ask: Ask, graph: Graph, log: Log) -> None:
    log.partner("naver", "=1+1")
    graph.follow(log)
    headers = {"Accept": "text/csv"}

    answer = ask("/v1/questions/partners-on-task?task=T1", **headers)

    assert answer.content_type == "text/csv; charset=utf-8"
    lines = answer.get_data(as_text=True).splitlines()
    assert lines[0].startswith("\ufeff협약기관,역할,")
    assert lines[1].startswith("'=1+1,")


def test_each_role_sees_what_is_its_to_see(ask: Ask, log: Log) -> None:
    def seen(role: Role | None, *partners: str) -> int:
        answer = ask("/v1/questions/partners-on-task?task=T1", role, partners)
        return int(answer.get_json()["total"])

    assert [seen(role) for role in ("office", "auditor", "service")] == [2, 2, 2]
    assert seen("department") == 1  # It leads nothing.
    assert seen("liaison", "gist") == 2
    assert seen("liaison", "stranger") == 1
    assert seen(None) == 1


@pytest.mark.parametrize(
    ("role", "partners", "sees"),
    [("office", [], "all"), ("liaison", ["gist"], "party"), (None, [], "disclosed")],
)
def test_an_answer_says_what_it_is_drawn_from(
    ask: Ask, log: Log, role: Role | None, partners: list[str], sees: str
) -> None:
    answer = ask("/v1/questions/task-coverage", role, partners)

    assert answer.get_json()["sees"] == sees


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("partners-on-task", 422, "request.invalid"),
        ("partners-on-task?task=T1&tsak=T2", 422, "request.invalid"),
        ("partners-on-task?task=T99", 404, "question.not_known"),
        ("task-coverage?on=yesterday", 422, "request.invalid"),
        ("task-coverage?known_at=soon", 422, "known_at.unreadable"),
        ("task-coverage?known_at=2026-01-01T00:00:00", 422, "known_at.unreadable"),
        ("task-coverage?known_at=0001-01-01T00:00:00%2B23:59", 422, "known_at.unreadable"),
        ("task-coverage?known_at=9999-12-31T23:59:59-23:59", 422, "known_at.unreadable"),
        ("task-coverage?min_seq=" + "9" * 5000, 422, "request.invalid"),
        ("partners-on-task?task=%00", 422, "request.invalid"),
        ("task-coverage?known_at=999999", 422, "known_at.in_future"),
        ("task-coverage?known_at=2999-01-01T00:00:00Z", 422, "known_at.in_future"),
        ("task-coverage?min_seq=101", 422, "min_seq.not_given"),
        ("task-coverage?min_seq=9007199254740991", 422, "min_seq.not_given"),
        ("task-coverage?limit=0", 422, "request.invalid"),
        ("nothing-of-the-kind", 404, "request.not_found"),
    ],
)
def test_what_cannot_be_answered_is_said_with_the_next_step(
    ask: Ask, log: Log, path: str, status: int, code: str
) -> None:
    answer = ask(f"/v1/questions/{path}")

    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert answer.content_type == "application/problem+json"


def test_a_stranger_hears_at_once_that_a_number_was_never_given(ask: Ask, log: Log) -> None:
    answer = ask("/v1/questions/task-coverage?min_seq=999999999", None, **{"Accept-Language": "en"})

    assert (answer.status_code, answer.get_json()["code"]) == (422, "min_seq.not_given")
    assert "reaches to 100." in answer.get_json()["detail"]


def test_a_graph_that_never_heard_of_the_log_is_not_ready_and_does_not_answer(ask: Ask) -> None:
    answer = ask("/v1/questions/task-coverage", None)

    assert (answer.status_code, answer.get_json()["code"]) == (503, "graph.behind")
    assert answer.headers["Retry-After"] == "1"
    ready = ask("/readyz", None)
    assert ready.status_code == 503
    assert "not reached the registry" in ready.get_json()["checks"]["projection"]["reason"]
    said = ask("/v1/projection", None).get_json()
    assert (said["state"], said["lag_seconds"]) == ("behind", None)


def test_known_at_takes_an_instant(ask: Ask, log: Log) -> None:
    body = ask("/v1/questions/task-coverage?known_at=2026-01-01T00:03:30Z").get_json()

    assert body["seq"] == 3


def test_a_graph_being_made_anew_says_when_to_ask_again(ask: Ask, graph: Graph, log: Log) -> None:
    begin_rebuild(graph.projection)

    answer = ask("/v1/questions/task-coverage")

    assert (answer.status_code, answer.get_json()["code"]) == (503, "graph.rebuilding")
    assert answer.headers["Retry-After"] == "5"
    assert ask("/v1/projection").get_json()["state"] == "rebuilding"


def test_the_projection_says_how_far_it_is(ask: Ask, log: Log) -> None:
    body = ask("/v1/projection", role=None).get_json()

    assert (body["applied_seq"], body["head_seq"]) == (log.head, log.head)
    assert body["applied_hash"] == log.changes[-1].hash.hex()
    assert (body["lost_seq"], body["lost_hash"]) == (None, None)
    assert body["detail"] is None


def test_the_questions_are_listed_with_addresses_to_try(ask: Ask, log: Log) -> None:
    items = ask("/v1/questions").get_json()["items"]

    assert [each["name"] for each in items] == [
        "partners-on-task",
        "task-coverage",
        "partner-network",
        "partner-agreements",
        "event-neighbours",
        "technology-use",
    ]
    assert items[0]["example"] == "/v1/questions/partners-on-task?task=T01"


def test_a_stopped_projection_is_not_ready_and_says_why(ask: Ask, graph: Graph, log: Log) -> None:
    assert ask("/readyz", role=None).status_code == 200
    graph.projection.in_one_step(lambda step: step.settle("stopped", "feed.gap: expected 9"))

    answer = ask("/readyz", role=None)

    assert answer.status_code == 503
    checks = answer.get_json()["checks"]
    assert checks["neo4j"]["ok"]
    assert checks["projection"] == {
        "ok": False,
        "reason": f"Stopped: after entry {log.head}: feed.gap: expected 9",
    }


def test_a_service_without_neo4j_says_so(ask: Ask, tmp_path: Path) -> None:
    settings = Settings(
        listen=("127.0.0.1", 0),
        processes=1,
        keys=tmp_path,
        signing_key=tmp_path / "none",
        registry_url="http://127.0.0.1:1",
        neo4j_url="bolt://127.0.0.1:1",
        neo4j_user="neo4j",
        neo4j_password="never-used",
    )
    client = create_app(settings).test_client()

    assert client.get("/v1/projection").get_json()["code"] == "graph.unavailable"
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
