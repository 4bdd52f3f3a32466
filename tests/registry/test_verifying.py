"""The verb `verify`: what it says, keeps and asks of witnesses; who is told of it afterwards."""

from argparse import ArgumentTypeError
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from changefeed.chain import GENESIS
from ieum_registry.api.figures import log_figures
from ieum_registry.commands.daily import is_due, verify_daily
from ieum_registry.commands.verify import verify_store, witness
from ieum_registry.operations.verify import Verified, Witness, verify
from ieum_registry.storage.store import Store
from tests.registry.desk import Desk
from tests.registry.storage.subjects import partner, record

NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)


def verified(store: Store, *witnesses: Witness) -> tuple[int, list[str]]:
    said: list[str] = []
    return verify_store(store, witnesses, now=lambda: NOW, say=said.append), said


def cut_off(store: Store) -> None:
    with store.database.writing() as writing:
        assert writing.run("DELETE FROM change_log WHERE seq > 1") >= 1


def test_the_last_result_is_told_to_who_may_ask(each_desk: Desk, each_store: Store) -> None:
    before = each_desk.office.get("/v1/verification").json
    assert set(before.values()) == {None}
    record(each_store, partner())

    verified(each_store)

    told = each_desk.of("auditor").get("/v1/verification").json
    assert told == {
        "verified_at": "2026-11-29T03:00:00.000000Z",
        "whole": True,
        "entries": 1,
        "hash": each_store.records.head().hash,
        "redacted": 0,
        "bad_seq": None,
        "fault": None,
    }
    assert each_desk.public.get("/v1/verification").status == 401
    figures = {each.name: each.value for each in log_figures(each_store.records)}
    assert figures["ieum_log_whole"] == 1
    assert figures["ieum_log_verified_at_seconds"] == NOW.timestamp()


def test_a_fault_is_kept_and_told(each_desk: Desk, each_store: Store) -> None:
    record(each_store, partner(), partner())
    with each_store.database.writing() as writing:
        writing.run("UPDATE change_log SET body = NULL, salt = NULL WHERE seq = 2")

    code, _ = verified(each_store)

    told = each_desk.office.get("/v1/verification").json
    assert code == 1
    assert (told["whole"], told["entries"], told["bad_seq"], told["fault"]) == (False, 1, 2, "half")
    figures = {each.name: each.value for each in log_figures(each_store.records)}
    assert figures["ieum_log_whole"] == 0


def test_a_verification_that_came_to_no_end_is_a_fault_at_once(
    each_desk: Desk, each_store: Store
) -> None:
    record(each_store, partner(), partner())
    assert verified(each_store)[0] == 0
    with each_store.database.writing() as writing:
        writing.run("ALTER TABLE change_log RENAME TO gone")

    code, said = verified(each_store)

    told = each_desk.office.get("/v1/verification").json
    assert code == 1
    assert "· The log cannot be read." in said[-1]
    assert (told["whole"], told["fault"], told["bad_seq"]) == (False, "unread", None)
    last = each_store.records.verified()
    assert last is not None
    assert is_due(last, last.at)  # It is tried again at the next look.
    with each_store.database.writing() as writing:
        writing.run("ALTER TABLE gone RENAME TO change_log")
    assert verified(each_store)[0] == 0
    assert each_desk.office.get("/v1/verification").json["whole"] is True


def test_where_not_even_the_result_can_be_kept_that_is_said(sqlite_store: Store) -> None:
    with sqlite_store.database.writing() as writing:
        writing.run("DROP TABLE verification")

    code, said = verified(sqlite_store)

    assert code == 1
    assert "· The log cannot be read." in said[-1]


def test_what_was_whole_once_is_a_witness_ever_after(sqlite_store: Store) -> None:
    record(sqlite_store, partner(), partner())
    assert verified(sqlite_store)[0] == 0
    cut_off(sqlite_store)

    for _ in range(2):  # It stays found.
        code, said = verified(sqlite_store)

        assert code == 1
        assert any("· Entry 2 does not fit" in line for line in said)


def test_a_witness_is_a_number_and_a_whole_hash() -> None:
    assert witness(f"41:{'9f' * 32}") == Witness(41, bytes.fromhex("9f" * 32))
    assert witness(f"0:{GENESIS.hex()}").seq == 0
    for text in ("", "41", "41:", "41:9f", f"x:{'9f' * 32}", f"-1:{'9f' * 32}", "41:" + "zz" * 32):
        with pytest.raises(ArgumentTypeError):
            witness(text)


def test_it_is_due_after_a_day_and_if_the_clock_was_set_back() -> None:
    found = verify([])

    def last(at: datetime) -> Verified:
        return Verified(at, found, Witness(0, GENESIS))

    assert is_due(None, NOW)
    assert not is_due(last(NOW), NOW)
    assert not is_due(last(NOW - timedelta(hours=23)), NOW)
    assert is_due(last(NOW - timedelta(hours=24)), NOW)
    assert is_due(last(NOW + timedelta(days=400)), NOW)


def test_the_service_verifies_by_itself_and_keeps_what_it_found(sqlite_store: Store) -> None:
    record(sqlite_store, partner())
    stopping = Event()

    def now() -> datetime:
        stopping.set()
        return NOW

    verify_daily(sqlite_store, now=now, stopping=stopping, first_after_s=0)

    last = sqlite_store.records.verified()
    assert last is not None
    assert (last.at, last.found.entries, last.found.is_whole) == (NOW, 1, True)
