"""What a page does without when a neighbour fails, and what it says of it."""

from threading import Barrier, Event

import pytest

from ieum_portal.domain.errors import NeighbourDown, NeighbourRefused, NeighbourSlow, NotFound
from ieum_portal.operations.gathering import Gathered, Gathering, Missing


def fails(error: Exception) -> object:
    raise error


def test_an_answer_is_given_as_it_is() -> None:
    gathering = Gathering()

    assert gathering.ask("graph", "network", lambda: 7, otherwise=None) == 7
    assert gathering.missing == []


def test_a_neighbour_that_is_down_is_not_asked_again() -> None:
    gathering = Gathering()
    asked: list[str] = []

    first = gathering.ask("graph", "a", lambda: fails(NeighbourDown("graph")), otherwise=1)
    second = gathering.ask("graph", "b", lambda: asked.append("b"), otherwise=2)

    assert (first, second, asked) == (1, 2, [])
    assert gathering.missing == [Missing("graph", "a", "down"), Missing("graph", "b", "down")]
    assert gathering.is_down("graph")
    assert not gathering.is_down("notify")


def test_a_neighbour_that_refuses_one_thing_is_asked_the_next() -> None:
    gathering = Gathering()

    gathering.ask("notify", "a", lambda: fails(NeighbourRefused("notify", "no")), otherwise=None)

    assert gathering.ask("notify", "b", lambda: 7, otherwise=None) == 7
    assert gathering.missing == [Missing("notify", "a", "no")]


def test_a_page_knows_what_it_lacks() -> None:
    page = Gathered(missing=[Missing("graph", "network", "down")])

    assert page.lacks("network")
    assert not page.lacks("people")


def test_what_a_follower_does_not_know_yet_is_missing_and_no_missing_page() -> None:
    gathering = Gathering()

    assert gathering.ask("graph", "network", lambda: fails(NotFound()), otherwise=None) is None
    assert gathering.missing == [Missing("graph", "network", "not_found")]


def test_the_same_part_is_noted_once() -> None:
    gathering = Gathering()
    for _ in range(2):
        gathering.ask("graph", "network", lambda: fails(NotFound()), otherwise=None)

    assert len(gathering.missing) == 1


def test_questions_are_on_their_way_together() -> None:
    gathering = Gathering()
    all_are_asked = Barrier(3)

    answers = [
        gathering.begin(each, "a", lambda: all_are_asked.wait(60) >= 0, otherwise=False)
        for each in ("registry", "graph", "notify")
    ]

    assert [each() for each in answers] == [True, True, True]


def test_who_has_not_answered_when_the_page_must_go_on_is_slow_and_not_asked_again() -> None:
    answers, asked = Event(), list[str]()
    gathering = Gathering(lambda: 0.0)

    first = gathering.ask("graph", "a", answers.wait, otherwise=1)
    second = gathering.ask("graph", "b", lambda: asked.append("b"), otherwise=2)
    answers.set()

    assert (first, second, asked) == (1, 2, [])
    assert gathering.missing == [Missing("graph", "a", "slow"), Missing("graph", "b", "slow")]


def test_what_was_answered_in_time_is_there_whoever_held_the_page_up() -> None:
    is_answered, never = Event(), Event()
    gathering = Gathering(lambda: 0.0)

    def answered() -> int:
        is_answered.set()
        return 7

    graph = gathering.begin("graph", "network", never.wait, otherwise=None)
    registry = gathering.begin("registry", "milestones", answered, otherwise=0)
    is_answered.wait(60)
    while registry() == 0:  # The answer is on its way to us.
        gathering.missing.clear()

    assert graph() is None
    assert registry() == 7
    assert [each.neighbour for each in gathering.missing] == ["graph"]
    never.set()


def test_without_what_a_page_is_about_in_time_there_is_none() -> None:
    never = Event()

    with pytest.raises(NeighbourSlow):
        Gathering(lambda: 0.0).need("registry", never.wait)
    never.set()
