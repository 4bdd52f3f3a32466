"""Several at once: one of many changes wins, a follower that waits is woken. Both databases."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from changefeed.change import Actor
from ieum_registry.api.wired import EXTENSION, Wiring
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.again import TRIES
from tests.registry.api.bodies import agreement, partner
from tests.registry.desk import Answer, Asker, Desk
from tests.registry.interfering import Interfered

SOMEBODY = Actor("account-2", "office")
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

    each_desk.office.made("/v1/partners", partner())
    waiting.join()

    # Who is not woken reads nothing again when the wait is over.
    assert [each["seq"] for each in found[0].json["items"]] == [1]


def interfered(desk: Desk, write: Callable[[int], object]) -> Asker:
    """Give an office beside which somebody writes before each of its transactions is closed."""
    wiring: Wiring = desk.app.extensions[EXTENSION]
    tries = 0

    def counted(_: int) -> None:
        nonlocal tries
        tries += 1
        write(tries)

    desk.app.extensions[EXTENSION] = replace(
        wiring,
        ledger_for=lambda *args, **more: Interfered(wiring.ledger_for(*args, **more), counted),
    )
    return desk.office


def renamed_until(desk: Desk, partner_id: str, last: int) -> Callable[[int], None]:
    """Have a partner renamed beside each try up to one."""
    ledger_for = desk.app.extensions[EXTENSION].ledger_for

    def write(turn: int) -> None:
        if turn > last:
            return
        ledger = ledger_for(SOMEBODY, at=datetime.now(UTC), key_use=None, dry_run=False)
        with ledger.open() as transaction:
            found = transaction.take(Partner, UUID(partner_id))
            transaction.record("partner.changed", replace(found, website=f"https://{turn}.example"))

    return write


def test_a_write_is_carried_out_anew_when_what_it_names_was_changed(each_desk: Desk) -> None:
    city = each_desk.office.made("/v1/partners", partner("시", own=True))["id"]
    naver = each_desk.office.made("/v1/partners", partner())["id"]
    office = interfered(each_desk, renamed_until(each_desk, naver, TRIES - 1))

    answer = office.post("/v1/agreements", agreement(city, naver), Idempotency_Key="k")

    assert answer.status == 201
    assert office.post("/v1/agreements", agreement(city, naver), Idempotency_Key="k").json == (
        answer.json
    )
    assert len(office.items("/v1/agreements")) == 1


def test_a_write_that_is_always_overtaken_names_the_record_and_blames_no_version(
    each_desk: Desk,
) -> None:
    city = each_desk.office.made("/v1/partners", partner("시", own=True))["id"]
    naver = each_desk.office.made("/v1/partners", partner())["id"]
    made = each_desk.office.made("/v1/agreements", agreement(city, naver))
    office = interfered(each_desk, renamed_until(each_desk, naver, 10 * TRIES))

    posted = office.post("/v1/agreements", agreement(city, naver))
    patched = office.patch(
        f"/v1/agreements/{made['id']}", {"title": {"ko": "새 이름"}, "reason": "정정"}, seen=1
    )

    for answer in (posted, patched):
        assert (answer.status, answer.code) == (409, "change.overtaken")
        assert naver in answer.json["detail"]
        assert "네이버" in answer.json["detail"]
    assert len(office.items("/v1/agreements")) == 1
