"""The feed as this service's port has it: strictly what follows, faults told apart."""

import pytest
import responses

from changefeed.page import to_wire
from changefeed.reader import FeedReader
from changefeed.session import house_session
from ieum_notify.operations.ports import Bookmark, FeedForked, FeedGap, RegistryAway
from ieum_notify.outbound.feed import RegistryFeed
from tests.notify.makers import Registry, houses

URL = "http://ieum-registry.example/v1/changes"


def feed() -> RegistryFeed:
    return RegistryFeed(
        FeedReader("http://ieum-registry.example", lambda: "a-token", house_session())
    )


def answer(*numbers: int, head: int = 5) -> Registry:
    registry = Registry()
    registry.record(houses())
    responses.get(
        URL,
        json={
            "items": [to_wire(registry.log[number - 1]) for number in numbers],
            "next": numbers[-1] if numbers else 0,
            "head": head,
        },
    )
    return registry


@responses.activate
def test_what_was_copied_before_is_left_out() -> None:
    registry = answer(1, 2, 3)

    page = feed().read(Bookmark(2, registry.log[1].hash), 0)

    assert [each.seq for each in page.changes] == [3]
    assert page.changes[0] == registry.log[2]
    assert page.head == 5


@responses.activate
def test_a_missing_number_is_a_gap() -> None:
    registry = answer(3)

    with pytest.raises(FeedGap):
        feed().read(Bookmark(1, registry.log[0].hash), 0)


@responses.activate
def test_another_history_is_a_fork() -> None:
    answer(2)

    with pytest.raises(FeedForked):
        feed().read(Bookmark(1, b"x" * 32), 0)


@responses.activate
def test_a_log_shorter_than_the_copy_is_a_fork() -> None:
    answer(head=5)

    with pytest.raises(FeedForked):
        feed().read(Bookmark(9, b"x" * 32), 0)


@responses.activate
def test_no_answer_is_an_outage() -> None:
    responses.get(URL, status=503)

    with pytest.raises(RegistryAway):
        feed().read(Bookmark(0, bytes(32)), 0)
