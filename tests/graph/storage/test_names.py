"""What a question calls a thing: as the record has it at that entry, for who may read it there.

The rule (docs/rules/lifecycle.md, L-12) is written down here a second time, over the log alone:
the facts of the last entry by then, if they were disclosed then and are now, or lie under an
agreement of the asker's, as known now.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from changefeed.change import Change
from ieum_graph.domain.answers import Cell, Parameter, Question, Thing
from ieum_graph.domain.clocks import OPEN_SEQ, Clocks
from ieum_graph.domain.errors import NotKnown
from ieum_graph.domain.kinds import NODE_OF_SUBJECT, NODES
from ieum_graph.domain.words import Words
from ieum_graph.operations.ask import Answered, Asker, scope_of
from ieum_graph.operations.ports import Inquiry
from ieum_graph.storage.questions.register import QUESTIONS
from tests.graph.conftest import OFFICE, PUBLIC, Graph, liaison_of
from tests.graph.makers import Log, id_of, small_city, words

ON = date(2026, 3, 1)
NOW = Clocks(date(2026, 11, 23), OPEN_SEQ - 1)
ASKERS = {
    "office": OFFICE,
    "public": PUBLIC,
    "liaison of a party": liaison_of("naver"),
    "liaison of a stranger": liaison_of("kari"),
    "department that leads": Asker(sees_all=False, department=UUID(id_of("ai-policy"))),
    "another department": Asker(sees_all=False, department=UUID(id_of("welfare"))),
}
OF_A1 = ("office", "liaison of a party", "department that leads")
ASKED = {
    "partners-on-task": {"task": "T1"},
    "task-coverage": {},
    "partner-network": {"partner": "naver"},
    "partner-agreements": {"partner": "naver"},
    "event-neighbours": {"event": "ces"},
    "technology-use": {"technology": "xr"},
}


def told_of(key: str, telling: str) -> dict[str, str | None]:
    return words(f"{key} {telling}", f"{key} {telling} in English")


def renamed_city() -> Log:
    """Everything is called otherwise later on; what may be closed is, under a new name."""
    log = small_city()
    log.partner("kari", "한국항공우주연구원")
    log.collaboration("c1", "naver", "T1", technologies=("xr",), service_field="F1")
    log.collaboration("c2", "nhn", "T1", technologies=("vr",), service_field="F1")
    log.event("ces", ("city", "naver"), ("T1", "T2"))
    log.milestone("m1", "naver")
    log.journal("j1", "naver", "2026-02-01")
    parties = ("city", "naver", "nhn", "gist")
    led: dict[str, Any] = {"lead_department_id": id_of("ai-policy")}
    log.agreement("A1", parties, disclosure="closed", **led)
    log.collaboration("c1", "naver", "T1", technologies=("xr",), disclosure="closed")
    log.agreement("A1", parties, disclosure="closed", title=told_of("A1", "SECRET"), **led)
    log.partner("naver", "네이버 새 이름")
    log.task("T1", name=told_of("T1", "later"))
    log.technology("xr", name=told_of("xr", "later"))
    log.event("ces", ("city", "naver"), ("T1",), title=told_of("ces", "later"))
    log.record("strategy.changed", "S1", log.facts["S1"] | {"name": told_of("S1", "later")})
    log.record("service_field.changed", "F1", log.facts["F1"] | {"name": told_of("F1", "later")})
    log.milestone("m1", "naver", title=told_of("m1", "later"))
    log.journal("j1", "naver", "2026-02-15")
    log.agreement("A1", parties, title=told_of("A1", "open again"), disclosure="partly", **led)
    log.collaboration("c1", "naver", "T1", technologies=("xr",), service_field="F1")
    log.agreement("A1", parties, disclosure="closed", title=told_of("A1", "SECRET AGAIN"), **led)
    return log


def on_record(log: Log, id_: str, asker: Asker, seq: int) -> Words | None:
    """Say what the record calls a thing, None if it shows the asker none there."""
    answered = [each for each in log.changes if str(each.subject_id) == id_ and each.seq <= seq]
    if not answered or answered[-1].body is None:
        return None
    facts: dict[str, Any] = answered[-1].body
    under = facts["id"] if answered[-1].subject_type == "agreement" else facts.get("agreement_id")
    is_the_offices = answered[-1].subject_type == "journal"  # Whatever it is about (A-1a).
    is_theirs = under == id_of("A1") and asker in (ASKERS[each] for each in OF_A1)
    is_theirs = is_theirs and not is_the_offices
    now = next(each for each in reversed(log.changes) if str(each.subject_id) == id_)
    is_disclosed = answered[-1].disclosed is not None and now.disclosed is not None
    if not (asker.sees_all or is_disclosed or is_theirs):
        return None
    named = facts.get("name") or facts.get("title") or {"ko": facts["key"], "en": None}
    if is_the_offices:
        named = {"ko": f"{facts['on']} 방문", "en": f"{facts['on']} visit"}
    return Words(named["ko"], named["en"])


def keys_of(change: Change) -> Iterator[str]:
    if change.body is not None:
        yield str(change.body["key"])


def things_in(answered: Answered) -> Iterator[Thing]:
    """Give everything that an answer names: parameters, cells and the picture."""
    yield from answered.named.values()
    for row in answered.answer.rows:
        for cell in row.cells.values():
            yield from things_of(cell)
    for ring in answered.answer.rings:
        yield from ring


def asked(
    graph: Graph, question: str, asker: Asker, seq: int, parameters: dict[str, str]
) -> Answered:
    return graph.ask(question, asker, on=ON, known_at=seq, limit=200, **parameters)  # type: ignore[arg-type]  # No parameter is called as an argument is.


def things_of(cell: Cell) -> Iterator[Thing]:
    for each in cell if isinstance(cell, tuple) else (cell,):
        if isinstance(each, Thing):
            yield each


def test_all_questions_are_tried() -> None:
    assert set(ASKED) == {each.question.name for each in QUESTIONS}


@pytest.mark.parametrize("who", ASKERS)
def test_every_question_calls_a_thing_as_the_record_does_at_that_entry(
    graph: Graph, who: str
) -> None:
    log, asker = renamed_city(), ASKERS[who]
    graph.follow(log)
    named = set()

    # Two of the city as it is made, then after each change.
    for seq in (5, *range(small_city().head, log.head + 1)):
        for question, parameters in ASKED.items():
            try:
                answered = asked(graph, question, asker, seq, parameters)
            except NotKnown:
                (reference,) = parameters.values()
                assert on_record(log, id_of(reference), asker, seq) is None
                continue
            for thing in things_in(answered):
                assert thing.label == on_record(log, thing.id, asker, seq), (question, seq)
                named.add(thing.label.ko)

    assert {"네이버", "네이버 새 이름", "과제 T1", "T1 later", "행사 ces", "ces later"} <= named
    assert {"기술 xr", "xr later", "분야 F1", "F1 later", "전략 S1", "S1 later"} <= named
    may_read_the_closed = who in OF_A1
    assert ("협약 A1" in named) == may_read_the_closed
    assert ("A1 open again" in named) == may_read_the_closed
    assert ("A1 SECRET" in named) == may_read_the_closed
    assert ("A1 SECRET AGAIN" in named) == may_read_the_closed


@pytest.mark.parametrize("who", ASKERS)
def test_a_thing_is_found_and_called_as_the_record_does_at_that_entry(
    graph: Graph, who: str
) -> None:
    log, asker = renamed_city(), ASKERS[who]
    graph.follow(log)
    turns: dict[tuple[str, str], set[int]] = {}
    for change in log.changes:
        label, (key,) = NODE_OF_SUBJECT[change.subject_type].label, keys_of(change)
        turns.setdefault((label, key), {log.head}).update({change.seq - 1, change.seq})

    def called(label: str, reference: str, seq: int, inquiry: Inquiry) -> Words | None:
        scope = scope_of(asker, inquiry, NOW)
        found = inquiry.find(label, reference, Clocks(ON, seq), scope=scope)
        return None if found is None else found.label

    for (label, key), seqs in turns.items():
        for seq, reference in product(sorted(seqs), (key, id_of(key))):
            found = graph.reading.in_one_look(partial(called, label, reference, seq))
            assert found == on_record(log, id_of(key), asker, seq), (key, seq)

    assert {label for label, _ in turns} == set(NODES)


def test_a_key_finds_what_it_named_as_known_then(graph: Graph) -> None:
    log = small_city()
    before = log.head
    facts = log.facts["A1"]
    log.record("agreement.changed", "A1", facts | {"key": "SECRET-PROJECT"}, disclosed=False)
    graph.follow(log)
    about = Question("task-coverage", Words(""), (Parameter("it", "Agreement", Words("")),), (), {})

    assert graph.ask(about, OFFICE, known_at=before, it="A1").named["it"].key == "A1"
    assert graph.ask(about, OFFICE, it="SECRET-PROJECT").named["it"].key == "SECRET-PROJECT"
    for known_at, key in product((before, None), ("A1", "SECRET-PROJECT")):
        with pytest.raises(NotKnown):
            graph.ask(about, PUBLIC, known_at=known_at, it=key)
    with pytest.raises(NotKnown):
        graph.ask(about, OFFICE, it="A1")


def test_names_of_then_put_rows_in_order(graph: Graph) -> None:
    log = small_city()
    log.collaboration("c1", "naver", "T1")
    log.collaboration("c2", "nhn", "T1")
    before = log.head
    log.partner("naver", "희망")
    graph.follow(log)

    def order(known_at: int) -> list[str]:
        answered = graph.ask("partners-on-task", on=ON, known_at=known_at, task="T1")
        cells = (row.cells["partner"] for row in answered.answer.rows)
        return [each.label.ko for each in cells if isinstance(each, Thing)]

    assert order(before) == ["네이버", "엔에이치엔"]
    assert order(log.head) == ["엔에이치엔", "희망"]
