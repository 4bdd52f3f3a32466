"""What was answered once is at hand, for the very same question, clocks, scope and graph alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

import pytest

from changefeed.cursor import Cursor
from ieum_graph.domain.answers import Answer, Parameter, Question, Row, Thing
from ieum_graph.domain.clocks import Clocks
from ieum_graph.domain.kinds import FINGERPRINT
from ieum_graph.domain.words import Words
from ieum_graph.operations.ask import Answered, Asked, Asker, ask
from ieum_graph.operations.come_as_far import Waiting
from ieum_graph.operations.kept_answers import AnswerKey, Drawn, KeptAnswers
from ieum_graph.operations.ports import Inquiry, Reading, Standing

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TODAY = date(2026, 11, 23)
OFFICE = Asker(sees_all=True)
PUBLIC = Asker(sees_all=False)
NAVER, NHN, POLICY = (UUID(int=number) for number in (1, 2, 3))
ABOUT = Question("who", Words("누구"), (Parameter("task", "Task", Words("과제")),), (), {})
ASKED = Asked(ABOUT, {"task": "T1"}, TODAY, None, 0, 50)

Result = TypeVar("Result")


class Graph:
    """A graph whose every answer says for whom it was worked out; it counts them."""

    def __init__(self) -> None:
        cursor = Cursor(254, bytes(32))
        self.now = Standing(cursor, NOW, 254, NOW, "following", None, 1, FINGERPRINT)
        self.worked_out = 0
        self.meanwhile: Callable[[], None] = lambda: None

    def standing(self) -> Standing:
        return self.now

    def in_one_look(self, work: Callable[[Inquiry], Result]) -> Result:
        return work(cast(Inquiry, self))

    def find(self, label: str, reference: str, *_: object, **__: object) -> Thing:
        return Thing(label.lower(), reference, None, Words(reference))

    def agreements_of(self, partners: tuple[UUID, ...], _clocks: Clocks) -> list[str]:
        return [f"of {each}" for each in partners]

    def agreements_led_by(self, department: UUID) -> list[str]:
        return [f"led by {department}"]

    def answer(
        self, name: str, _named: object, clocks: Clocks, *, scope: list[str] | None, **_: object
    ) -> Answer:
        self.worked_out += 1
        self.meanwhile()
        return Answer((Row({"secret": f"{name} {clocks} {scope}"}, ()),), 1)


def answered(graph: Graph, kept: KeptAnswers, asker: Asker = OFFICE, **other: Any) -> Answered:  # noqa: ANN401  Whatever is asked otherwise.
    return ask(
        replace(ASKED, **other),
        asker,
        reading=cast(Reading, graph),
        today=TODAY,
        now=NOW,
        waiting=Waiting(lambda: 254, lambda _: None),
        kept=kept,
    )


def test_a_question_that_was_asked_before_is_not_worked_out_again() -> None:
    graph, kept = Graph(), KeptAnswers()

    first, second = answered(graph, kept), answered(graph, kept)

    assert second == first
    assert graph.worked_out == 1


@pytest.mark.parametrize(
    "other",
    [
        {"question": replace(ABOUT, name="which")},
        {"parameters": {"task": "T2"}},
        {"parameters": {}},
        {"on": date(2026, 11, 24)},
        {"known_at": 253},
        {"limit": 51},
    ],
    ids=str,
)
def test_another_question_is_worked_out(other: dict[str, Any]) -> None:
    graph, kept = Graph(), KeptAnswers()
    answered(graph, kept)

    answered(graph, kept, **other)

    assert graph.worked_out == 2


def test_nobody_is_given_what_was_kept_for_who_sees_other_things() -> None:
    graph, kept = Graph(), KeptAnswers()
    askers = (
        OFFICE,
        Asker(sees_all=False, partners=(NAVER,)),
        Asker(sees_all=False, partners=(NHN,)),
        Asker(sees_all=False, partners=(NAVER, NHN)),
        Asker(sees_all=False, department=POLICY),
        PUBLIC,
    )

    for _ in range(2):
        told = [answered(graph, kept, each).answer.rows[0].cells["secret"] for each in askers]
        assert told == [
            answered(graph, KeptAnswers(), each).answer.rows[0].cells["secret"] for each in askers
        ]
        assert len(set(told)) == len(askers)


@pytest.mark.parametrize(
    "then",
    [{"cursor": Cursor(255, bytes(32))}, {"cursor": Cursor(254, b"1" * 32)}, {"generation": 2}],
)
def test_a_graph_that_has_moved_on_is_asked_again(then: dict[str, Any]) -> None:
    graph, kept = Graph(), KeptAnswers()
    answered(graph, kept)
    graph.now = replace(graph.now, **then)

    answered(graph, kept)

    assert graph.worked_out == 2


def test_what_was_answered_while_the_graph_moved_is_not_kept() -> None:
    graph, kept = Graph(), KeptAnswers()
    before = graph.now

    def move() -> None:
        graph.now = replace(before, cursor=Cursor(255, bytes(32)))

    graph.meanwhile = move
    answered(graph, kept)
    graph.now, graph.meanwhile = before, lambda: None
    answered(graph, kept)

    assert graph.worked_out == 2


def test_those_not_asked_for_longest_make_room() -> None:
    kept = KeptAnswers(most_rows=6)
    rows = (Row({}, ()),)
    keys = [
        AnswerKey("who", frozenset(), Clocks(TODAY, seq), None, 50, Cursor(), 1) for seq in range(4)
    ]
    for key in keys[:3]:
        kept.keep(key, Drawn(Answer(rows, 1), {}, False))
    kept.find(keys[0])

    kept.keep(keys[3], Drawn(Answer(rows, 1), {}, False))
    kept.keep(keys[3], Drawn(Answer(rows, 1), {}, False))

    assert [kept.find(key) is not None for key in keys] == [True, False, True, True]
