"""What a page does without when a neighbour fails, and what it says of it."""

from ieum_portal.domain.errors import NeighbourDown, NeighbourRefused, NotFound
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
