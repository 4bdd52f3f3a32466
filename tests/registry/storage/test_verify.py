"""Whoever touches a stored entry is found out, and the first bad entry is named."""

import pytest

from ieum_registry.commands.verify import say_whether_whole
from ieum_registry.operations.verify import verify
from ieum_registry.storage.store import Store

from .subjects import partner, record


@pytest.fixture
def full(store: Store) -> Store:
    for number in range(6):
        record(store, partner(f"기관 {number}"))
    return store


def test_an_untouched_log_is_whole(full: Store) -> None:
    said: list[str] = []

    assert say_whether_whole(full.stored_changes(), said.append) == 0
    assert said[-1] == f"The log is whole: 6 entries, head {full.records.head().hash}"


def test_an_empty_log_is_whole(store: Store) -> None:
    assert verify(store.stored_changes()).is_whole


@pytest.mark.parametrize(
    ("tampering", "bad_seq", "fault"),
    [
        ("UPDATE change_log SET body = replace(body, '기관 2', '기관 9') WHERE seq = 3", 3, "body"),
        ("UPDATE change_log SET reason = 'none' WHERE seq = 3", 3, "body"),
        ("UPDATE change_log SET disclosed = '{}' WHERE seq = 3", 3, "disclosed"),
        ("UPDATE change_log SET actor_id = 'somebody' WHERE seq = 3", 3, "hash"),
        ("UPDATE change_log SET at = '2026-11-23T03:00:00.000001Z' WHERE seq = 6", 6, "hash"),
        ("UPDATE change_log SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 3", 3, "time"),
        ("UPDATE change_log SET kind = 'partner.changed' WHERE seq = 3", 3, "hash"),
        ("UPDATE change_log SET version = 2 WHERE seq = 3", 3, "hash"),
        ("UPDATE change_log SET hash = prev_hash WHERE seq = 3", 3, "hash"),
        ("UPDATE change_log SET prev_hash = hash WHERE seq = 3", 3, "previous"),
        ("UPDATE change_log SET salt = NULL WHERE seq = 3", 3, "body"),
        ("UPDATE change_log SET disclosed_hash = NULL WHERE seq = 3", 3, "disclosed"),
        ("DELETE FROM change_log WHERE seq = 3", 3, "gap"),
        ("UPDATE change_log SET seq = 60 WHERE seq = 6", 6, "gap"),
    ],
)
def test_the_first_bad_entry_is_named(
    full: Store, tampering: str, bad_seq: int, fault: str
) -> None:
    with full.database.writing() as writing:
        assert writing.run(tampering) == 1
    said: list[str] = []

    found = verify(full.stored_changes())

    assert (found.bad_seq, found.fault, found.entries) == (bad_seq, fault, bad_seq - 1)
    assert say_whether_whole(full.stored_changes(), said.append) == 1
    assert any(line.startswith(f"Entry {bad_seq} does not fit") for line in said)


def test_a_redacted_entry_keeps_the_chain_whole(full: Store) -> None:
    with full.database.writing() as writing:
        writing.run(
            "UPDATE change_log SET body = NULL, salt = NULL, reason = NULL, disclosed = NULL,"
            " disclosed_salt = NULL WHERE seq = 3"
        )

    assert verify(full.stored_changes()).entries == 6
