"""A graph that lacks something says so, and nobody waits for what cannot come."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Event
from typing import cast
from unittest.mock import create_autospec

import pytest

from changefeed.cursor import Cursor
from ieum_graph.domain.answers import Question
from ieum_graph.domain.errors import Behind, InTheFuture, NotGiven, Rebuilding
from ieum_graph.domain.kinds import FINGERPRINT
from ieum_graph.operations.ask import Asked, Asker, ask
from ieum_graph.operations.come_as_far import Waiting
from ieum_graph.operations.kept_answers import KeptAnswers
from ieum_graph.operations.ports import Reading, Standing, State

NOW = datetime(2026, 11, 23, tzinfo=UTC)


OFFICE = Asker(sees_all=True)
PUBLIC = Asker(sees_all=False)


def graph_at(
    seq: int, *, head: int = 254, state: State = "following", heard_at: datetime | None = NOW
) -> Reading:
    """Give a graph that has applied so much of what it has heard of; it never comes further."""
    reading = create_autospec(Reading, instance=True)
    cursor = Cursor(seq, bytes(32))
    reading.standing.return_value = Standing(
        cursor, heard_at, head, heard_at, state, "why", 1, FINGERPRINT
    )
    return cast(Reading, reading)


class Registry:
    """Says what its newest entry is, and counts how often it was asked."""

    def __init__(self, newest: int | None) -> None:
        self.answered = newest
        self.asked = 0

    def newest(self) -> int | None:
        self.asked += 1
        return self.answered


class Pauses:
    """Counts the pauses made."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, _seconds: float) -> None:
        self.made += 1


def asked_of(
    reading: Reading,
    *,
    asker: Asker = OFFICE,
    known_at: int | None = None,
    min_seq: int = 0,
    registry: Registry | None = None,
    pauses: Pauses | None = None,
    places: int = 8,
) -> None:
    asked = Asked(cast(Question, None), {}, date(2026, 11, 23), known_at, min_seq, 50)
    registry, pauses = registry or Registry(254), pauses or Pauses()
    waiting = Waiting(registry.newest, pauses, places=places)
    ask(asked, asker, reading=reading, today=asked.on, now=NOW, waiting=waiting, kept=KeptAnswers())


def test_a_stopped_graph_says_what_it_lacks_at_once() -> None:
    pauses = Pauses()

    with pytest.raises(Behind) as behind:
        asked_of(graph_at(252, state="stopped"), pauses=pauses)

    assert behind.value.facts == {"wanted": 254, "applied": 252}
    assert pauses.made == 0


def test_a_graph_that_never_heard_of_the_log_answers_nothing() -> None:
    states: tuple[State, ...] = ("following", "rebuilding")
    for state in states:
        with pytest.raises(Behind):
            asked_of(graph_at(0, head=0, state=state, heard_at=None))


def test_a_graph_that_is_being_filled_answers_nothing() -> None:
    with pytest.raises(Rebuilding):
        asked_of(graph_at(100, state="rebuilding"))


@pytest.mark.parametrize("asker", [OFFICE, PUBLIC])
@pytest.mark.parametrize(("about", "refused"), [("min_seq", NotGiven), ("known_at", InTheFuture)])
def test_a_number_that_was_never_given_is_refused_at_once(
    asker: Asker, about: str, refused: type[Exception]
) -> None:
    pauses = Pauses()

    for number in (256, 1_000_254, 2**53 - 1):
        with pytest.raises(refused) as caught:
            asked_of(
                graph_at(254),
                asker=asker,
                registry=Registry(255),
                pauses=pauses,
                **{about: number},
            )
        assert caught.value.facts == {"asked": number, "head": 255}  # type: ignore[attr-defined]

    assert pauses.made == 0


def test_a_number_given_a_moment_ago_is_waited_for() -> None:
    registry, pauses = Registry(255), Pauses()

    with pytest.raises(Behind):
        asked_of(graph_at(254), min_seq=255, registry=registry, pauses=pauses)

    assert registry.asked == 1
    assert pauses.made > 10


def test_nobody_waits_where_the_registry_does_not_say_what_it_has_given() -> None:
    pauses = Pauses()

    with pytest.raises(Behind):
        asked_of(graph_at(254), min_seq=999_999_999, registry=Registry(None), pauses=pauses)

    assert pauses.made == 0


@pytest.mark.parametrize("about", ["min_seq", "known_at"])
def test_a_stranger_takes_no_place_to_wait_in(about: str) -> None:
    registry, pauses = Registry(254), Pauses()

    with pytest.raises(Behind):
        asked_of(
            graph_at(200),
            asker=PUBLIC,
            registry=registry,
            pauses=pauses,
            **{about: 254},
        )

    assert (registry.asked, pauses.made) == (0, 0)


def test_who_finds_no_place_to_wait_in_is_told_at_once() -> None:
    pauses = Pauses()

    with pytest.raises(Behind):
        asked_of(graph_at(200), min_seq=254, pauses=pauses, places=0)

    assert pauses.made == 0


def test_the_registry_is_asked_by_one_at_a_time() -> None:
    begun, go = Event(), Event()

    def slow() -> int:
        begun.set()
        go.wait()
        return 7

    waiting = Waiting(slow, Pauses())
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(waiting.newest)
        begun.wait()
        second = waiting.newest()
        go.set()

    assert (first.result(), second) == (7, None)
