"""Whoever is slow gives way; nobody honest is kept out."""

import threading

import pytest

from httpedge import places
from httpedge.places import Place, Places


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "AT_LEAST_S", 0.0)
    monkeypatch.setattr(places, "WAIT_S", 0.05)


class Taker:
    """Takes places, and keeps whose were taken away again."""

    def __init__(self, *, most: int = 4, of_one: int = 2, waiting: int = 2) -> None:
        self.places = Places(most, of_one, waiting)
        self.gone: list[str] = []

    def take(self, body: str, *, is_pressing: bool = True) -> Place | None:
        """Take a place for a body named `sender-number`."""
        sender = body.partition("-")[0]
        return self.places.take(sender, lambda: self.gone.append(body), is_pressing=is_pressing)

    def hold(self, *bodies: str) -> list[Place]:
        """Take a place for each; all must be there."""
        found = [self.take(body) for body in bodies]
        assert None not in found
        return [each for each in found if each is not None]


def test_a_sender_who_has_its_share_loses_its_own_oldest() -> None:
    taker = Taker()

    taker.hold("a-1", "b-1", "a-2", "a-3")

    assert taker.gone == ["a-1"]


def test_where_all_is_taken_whoever_has_most_gives_way() -> None:
    taker = Taker()

    taker.hold("a-1", "b-1", "b-2", "c-1", "d-1")

    assert taker.gone == ["b-1"]


def test_a_body_that_is_in_is_not_sent_away() -> None:
    taker = Taker(most=1)
    [first] = taker.hold("a-1")

    taker.places.keep(first)

    assert taker.take("b-1") is None
    assert taker.gone == []
    taker.places.leave(first)
    assert taker.take("b-1") is not None


def test_what_is_not_pressing_sends_nobody_away() -> None:
    taker = Taker(most=1)
    taker.hold("a-1")

    assert taker.take("b-1", is_pressing=False) is None
    assert taker.gone == []


def test_who_gave_way_may_leave_as_well() -> None:
    taker = Taker(most=1)
    [first] = taker.hold("a-1")
    [second] = taker.hold("b-1")

    taker.places.leave(first)
    taker.places.keep(second)

    assert taker.take("c-1") is None


def test_few_wait_and_one_sender_takes_half_of_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "WAIT_S", 60.0)
    taker = Taker(most=1, waiting=2)
    [first] = taker.hold("a-1")
    taker.places.keep(first)
    found: list[Place | None] = []
    waiting = threading.Thread(target=lambda: found.append(taker.take("b-1")))
    waiting.start()
    while not taker.places.waiting_now():
        pass

    refused = taker.take("b-2")
    taker.places.leave(first)
    waiting.join()

    assert refused is None
    assert found[0] is not None
