"""Several at once: one of many changes wins, a follower that waits is woken. Both databases."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.registry.api.bodies import partner
from tests.registry.desk import Answer, Desk

pytestmark = pytest.mark.storage


def all_at_once(*calls: Callable[[], Answer]) -> list[Answer]:
    """Make every call in a thread of its own, all started together."""
    gate = threading.Barrier(len(calls))
    answers: list[Any] = [None] * len(calls)

    def run(position: int) -> None:
        gate.wait()
        answers[position] = calls[position]()

    threads = [threading.Thread(target=run, args=(position,)) for position in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_changes_over_one_version_one_wins(each_desk: Desk) -> None:
    path = f"/v1/partners/{each_desk.office.made('/v1/partners', partner())['id']}"
    askers = [each_desk.of("office") for _ in range(6)]

    answers = all_at_once(
        *(
            lambda asker=each: asker.patch(path, {"website": "https://x.example"}, seen=1)
            for each in askers
        )
    )

    assert sorted(each.status for each in answers) == [200, *[412] * 5]
    assert each_desk.office.get(path).json["version"] == 2
    assert each_desk.office.seq() == 2


def test_of_requests_with_one_key_one_is_carried_out(each_desk: Desk) -> None:
    askers = [each_desk.of("office") for _ in range(4)]

    answers = all_at_once(
        *(
            lambda asker=each: asker.post("/v1/partners", partner(), Idempotency_Key="k")
            for each in askers
        )
    )

    assert {each.status for each in answers} <= {201, 409}
    assert len({each.json["id"] for each in answers if each.status == 201}) == 1
    assert each_desk.office.seq() == 1


def test_a_follower_that_waits_is_woken_by_a_change(each_desk: Desk) -> None:
    follower = each_desk.of("service")
    found: list[Answer] = []
    waiting = threading.Thread(
        target=lambda: found.append(follower.get("/v1/changes?after=0&wait=20"))
    )
    waiting.start()
    time.sleep(0.3)

    began = time.monotonic()
    each_desk.office.made("/v1/partners", partner())
    waiting.join()

    assert [each["seq"] for each in found[0].json["items"]] == [1]
    assert time.monotonic() - began < 5
