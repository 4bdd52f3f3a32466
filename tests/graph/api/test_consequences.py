"""What entries would do, over HTTP, on a real graph that stays as it is."""

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from changefeed.change import Change
from changefeed.page import to_wire
from ieum_graph.operations.compare import canonical_hash
from ieum_graph.operations.rebuild import begin_rebuild
from tests.graph.api.conftest import Ask
from tests.graph.conftest import Graph
from tests.graph.makers import Log, id_of, small_city

PATH = "/v1/consequences"
ON = "2026-03-01"


@pytest.fixture
def log(graph: Graph) -> Log:
    """Give a city in which NAVER alone works on T1, followed."""
    log = small_city()
    log.collaboration("c1", "naver", "T1", technologies=("xr",))
    graph.follow(log)
    return log


def answered(ask: Ask, *entries: Change, on: str | None = ON) -> TestResponse:
    return ask(PATH, json={"entries": [to_wire(each) for each in entries], "on": on})


def test_an_end_says_what_closes_and_which_task_is_left_alone(ask: Ask, log: Log) -> None:
    ended = log.collaboration(
        "c1",
        "naver",
        "T1",
        technologies=("xr",),
        holds_until="2026-02-15",
        kind="collaboration.ended",
    )

    answer = answered(ask, ended)

    body = answer.get_json()
    assert answer.status_code == 200
    assert (body["seq"], body["on"]) == (log.head - 1, ON)
    works = [each for each in body["edges"] if each["type"] == "WORKS_ON"]
    naver = {
        "id": id_of("naver"),
        "kind": "partner",
        "label": {"ko": "네이버", "en": "naver"},
    }
    task = {"id": id_of("T1"), "kind": "task", "label": {"ko": "과제 T1", "en": "Task T1"}}
    tie: dict[str, Any] = {
        "type": "WORKS_ON",
        "means": {"ko": "과제 담당 기관이다", "en": "works on"},
        "source": naver,
        "target": task,
        "valid_from": "2026-02-01",
    }
    assert works == [
        {**tie, "change": "closes", "valid_to": "9999-12-31"},
        {**tie, "change": "opens", "valid_to": "2026-02-16"},
    ]
    numbers = {"before": 1, "after": 0, "unknown_before": 0, "unknown_after": 0}
    status = {"status_before": "one", "status_after": "nobody"}
    assert body["coverage"] == [{"task": task, **numbers, **status}]


def test_what_is_only_about_to_be_known_goes_by_the_name_that_it_would_have(
    ask: Ask, log: Log
) -> None:
    new, work = log.partner("new", "새 기관"), log.collaboration("c9", "new", "T2")

    body = answered(ask, new, work, on="2027-01-01").get_json()

    (works,) = (each for each in body["edges"] if each["type"] == "WORKS_ON")
    assert works["source"] == {
        "id": id_of("new"),
        "kind": "partner",
        "label": {"ko": "새 기관", "en": "new"},
    }
    (shift,) = body["coverage"]
    assert (shift["status_before"], shift["status_after"]) == ("nobody", "one")


def test_nothing_is_written(ask: Ask, graph: Graph, log: Log) -> None:
    before = canonical_hash(graph.projection)

    assert answered(ask, log.collaboration("c2", "nhn", "T2")).status_code == 200

    assert canonical_hash(graph.projection) == before


def test_what_is_applied_already_does_nothing_again(ask: Ask, log: Log) -> None:
    body = answered(ask, *log.changes).get_json()

    assert (body["edges"], body["coverage"]) == ([], [])


def test_a_graph_that_lacks_what_went_before_says_so(ask: Ask, log: Log) -> None:
    log.partner("unheard")

    answer = answered(ask, log.collaboration("c2", "nhn", "T2"))

    assert (answer.status_code, answer.get_json()["code"]) == (503, "graph.behind")
    assert answer.headers["Retry-After"] == "1"


def test_entries_that_lie_ahead_of_the_log_are_refused_at_once(ask: Ask, log: Log) -> None:
    entry = to_wire(log.collaboration("c2", "nhn", "T2"))

    for seq in (102, 10**9, 2**53 - 1):
        answer = ask(PATH, json={"entries": [entry | {"seq": seq}]})

        assert (answer.status_code, answer.get_json()["code"]) == (422, "consequences.not_given")


@pytest.mark.parametrize("number", ["9" * 5_000, "1e999", "NaN", '"\\ud800"'])
@pytest.mark.parametrize("name", ["seq", "version", "body"])
def test_what_no_reader_can_take_is_refused_by_place(
    ask: Ask, log: Log, name: str, number: str
) -> None:
    entry = to_wire(log.collaboration("c2", "nhn", "T2"))
    inside = {"HERE": "HERE"} if name == "body" else "HERE"
    text = json.dumps({"entries": [entry | {name: inside}]}).replace('"HERE"}', f"{number}}}")

    answer = ask(PATH, data=text.replace('"HERE",', f"{number},"))

    body = answer.get_json()
    assert (answer.status_code, body["code"]) == (422, "request.invalid")
    assert body["errors"][0]["pointer"].startswith(f"/entries/0/{name}")


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_an_instant_or_day_at_the_edge_of_the_calendar_is_no_fault(
    ask: Ask, log: Log, at: str, day: str
) -> None:
    entry = to_wire(log.collaboration("c2", "nhn", "T2", holds_from=day, holds_until=day))

    assert ask(PATH, json={"entries": [entry | {"at": at}], "on": day}).status_code == 200


def test_a_graph_being_made_anew_says_so(ask: Ask, graph: Graph, log: Log) -> None:
    begin_rebuild(graph.projection)

    answer = answered(ask, log.collaboration("c2", "nhn", "T2"))

    assert answer.get_json()["code"] == "graph.rebuilding"


def test_only_office_and_services_may_ask(ask: Ask, log: Log) -> None:
    asked = {"entries": [to_wire(log.partner("new"))]}

    def status(role: Any) -> int:  # noqa: ANN401  A role or None.
        partners = ("naver",) if role == "liaison" else ()
        return ask(PATH, role, partners, json=asked).status_code

    assert [status(role) for role in ("office", "service")] == [200, 200]
    assert [status(role) for role in ("department", "auditor", "liaison")] == [403, 403, 403]
    assert status(None) == 401


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"seq": "seven"}, "/entries/0/seq"),
        ({"seq": 0}, "/entries/0/seq"),
        ({"at": "yesterday"}, "/entries/0/at"),
        ({"at": "2026-01-01T00:00:00"}, "/entries/0/at"),
        ({"actor": None}, "/entries/0/actor"),
        ({"kind": "partner.vanished"}, "/entries/0/kind"),
        ({"subject_id": "naver"}, "/entries/0/subject_id"),
        ({"body": "text"}, "/entries/0/body"),
        ({"hash": "xyz"}, "/entries/0/hash"),
    ],
)
def test_a_malformed_entry_is_refused_and_the_place_named(
    ask: Ask, log: Log, wrong: dict[str, Any], pointer: str
) -> None:
    entry = to_wire(log.collaboration("c2", "nhn", "T2")) | wrong

    answer = ask(PATH, json={"entries": [entry]})

    assert (answer.status_code, answer.get_json()["code"]) == (422, "request.invalid")
    assert [each["pointer"] for each in answer.get_json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"task_id": None}, "TypeError: an id is a NoneType"),
        ({"holds_from": "soon"}, "ValueError"),
        ({"technology_ids": 7}, "TypeError"),
        ({"role": {"of": "map"}}, "TypeError"),
        ({"id": id_of("another")}, "ValueError"),
    ],
)
def test_facts_that_cannot_be_drawn_are_refused_and_the_entry_named(
    ask: Ask, log: Log, facts: dict[str, Any], fault: str
) -> None:
    good, bad = to_wire(log.partner("new")), to_wire(log.collaboration("c2", "nhn", "T2"))
    entries = [good, {**bad, "body": bad["body"] | facts}]

    answer = ask(PATH, json={"entries": entries})

    body = answer.get_json()
    assert (answer.status_code, body["code"]) == (422, "consequences.entry_unreadable")
    assert body["errors"][0]["pointer"] == "/entries/1/body"
    assert fault in body["errors"][0]["detail"]


@pytest.mark.parametrize("partners", ["abc", ["nobody"]])
def test_facts_that_name_no_subject_are_refused(ask: Ask, log: Log, partners: object) -> None:
    bad = to_wire(log.event("expo", partners=["nhn"]))
    entries = [{**bad, "body": bad["body"] | {"partner_ids": partners}}]

    answer = ask(PATH, json={"entries": entries})

    body = answer.get_json()
    assert (answer.status_code, body["code"]) == (422, "consequences.entry_unreadable")
    assert "ATTENDS" in body["errors"][0]["detail"]


def test_a_kind_of_another_subject_is_refused(ask: Ask, log: Log) -> None:
    entry = {**to_wire(log.partner("new")), "kind": "task.changed"}

    answer = ask(PATH, json={"entries": [entry]})

    assert answer.get_json()["code"] == "consequences.entry_unreadable"


@pytest.mark.parametrize(
    "sent", [{}, {"entries": []}, {"entries": {}}, {"entries": None}, {"no": 1}, [], None, "x"]
)
def test_a_body_that_holds_no_entries_is_refused(ask: Ask, log: Log, sent: object) -> None:
    answer = ask(PATH, data=json.dumps(sent))

    assert (answer.status_code, answer.get_json()["code"]) == (422, "request.invalid")


def test_a_merge_and_a_parting_say_how_many_still_work_on_each_task(
    ask: Ask, graph: Graph, log: Log
) -> None:
    log.collaboration("c2", "gist", "T1")
    graph.follow(log)
    merged = log.partner("naver", merged_ids=[id_of("gist")])

    answer = answered(ask, merged)
    assert answer.status_code == 200, answer.text
    [told] = answer.get_json()["coverage"]
    assert (told["task"]["id"], told["before"], told["after"]) == (id_of("T1"), 2, 1)
    graph.follow(log)
    [back] = answered(ask, log.partner("naver")).get_json()["coverage"]

    assert (back["before"], back["after"]) == (1, 2)
