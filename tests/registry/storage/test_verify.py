# ruff: noqa: S608 - the statements are fixed.
"""Whoever touches a stored entry is found out, and the first bad entry is named."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

import pytest

from ieum_registry.commands.verify import FAULTS, say_found
from ieum_registry.operations.redaction import redact
from ieum_registry.operations.verify import StoredChange, Witness, verify
from ieum_registry.storage.store import Store

from .subjects import agreement, ledger, partner, record

HAS_REASON = "reason = 'left'"
GONE = "body = NULL, salt = NULL, reason = NULL, disclosed = NULL, disclosed_salt = NULL"


@pytest.fixture
def full(store: Store) -> Store:
    for number in range(6):
        record(store, partner(f"기관 {number}"))
    return store


@pytest.fixture
def redacted(store: Store) -> Store:
    """1, 2, 4 and 5 are versions of a partner, 3 is a closed agreement, 6 redacts 2."""
    one = partner("처음 이름")
    record(store, one)
    record(store, replace(one, website="https://two.example"))
    record(store, agreement(uuid4(), one.id))
    record(store, replace(one, website="https://four.example"))
    record(store, replace(one, website="https://five.example"))
    redact(2, reason="주소가 잘못 적힘", redaction_id=uuid4(), ledger=ledger(store))
    return store


def tamper(store: Store, *statements: str) -> None:
    with store.database.writing() as writing:
        for each in statements:
            assert writing.run(each) >= 1


def test_an_untouched_log_is_whole(full: Store) -> None:
    said: list[str] = []

    assert say_found(verify(full.stored_changes()), said.append) == 0
    assert said[-1].endswith(f"· The log is whole: 6 entries, head {full.records.head().hash}")


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
        ("UPDATE change_log SET version = 2 WHERE seq = 3", 3, "version"),
        ("UPDATE change_log SET hash = prev_hash WHERE seq = 3", 3, "hash"),
        ("UPDATE change_log SET prev_hash = hash WHERE seq = 3", 3, "previous"),
        ("UPDATE change_log SET disclosed_hash = NULL WHERE seq = 3", 3, "disclosed"),
        ("DELETE FROM change_log WHERE seq = 3", 3, "gap"),
        ("UPDATE change_log SET seq = 60 WHERE seq = 6", 6, "gap"),
        (f"UPDATE change_log SET {GONE} WHERE seq = 3", 3, "destroyed"),
        (f"UPDATE change_log SET {GONE} WHERE seq = 6", 6, "destroyed"),
        (f"UPDATE change_log SET {GONE}", 1, "destroyed"),
        ("UPDATE change_log SET body = NULL, salt = NULL, reason = NULL", 1, "half"),
        ("UPDATE change_log SET body = NULL WHERE seq = 3", 3, "half"),
        ("UPDATE change_log SET salt = NULL WHERE seq = 3", 3, "half"),
        ("UPDATE change_log SET disclosed = NULL WHERE seq = 3", 3, "half"),
        ("UPDATE change_log SET disclosed_salt = NULL WHERE seq = 3", 3, "half"),
        (
            "UPDATE change_log SET disclosed = NULL, disclosed_salt = NULL WHERE seq = 3",
            3,
            "half",
        ),
        (f"UPDATE change_log SET {GONE.replace('reason = NULL', HAS_REASON)}", 1, "half"),
    ],
)
def test_the_first_bad_entry_is_named(
    full: Store, tampering: str, bad_seq: int, fault: str
) -> None:
    tamper(full, tampering)
    said: list[str] = []

    found = verify(full.stored_changes())

    assert (found.bad_seq, found.fault, found.entries) == (bad_seq, fault, bad_seq - 1)
    assert say_found(verify(full.stored_changes()), said.append) == 1
    assert any(f"· Entry {bad_seq} does not fit" in line for line in said)


@pytest.mark.parametrize(
    "damage",
    [
        "at = ''",
        "at = 'soon'",
        "at = '2026-11-23 12:00'",
        "at = replace(at, 'Z', '+00:00')",
        "at = replace(replace(at, '-', ''), ':', '')",
    ],
)
def test_an_entry_in_another_form_than_it_was_written_in_is_named(full: Store, damage: str) -> None:
    tamper(full, f"UPDATE change_log SET {damage} WHERE seq = 3")

    found = verify(full.stored_changes())

    assert (found.bad_seq, found.fault, found.entries) == (3, "form", 2)


@pytest.mark.parametrize(
    "damage",
    [
        "subject_id = upper(subject_id)",
        "subject_id = '{' || subject_id || '}'",
        "subject_id = 'nobody'",
        "version = 'first'",
        "schema = 1.5",
        "hash = 'none'",
        "body_hash = 'none'",
        "salt = 'none'",
        "body = x'ff'",
        "reason = x'ff'",
        "kind = x'ff'",
        "actor_id = CAST(x'eda080' AS TEXT)",
        "actor_on_behalf_of = x'00'",
        "disclosed = CAST(x'ff' AS TEXT)",
    ],
)
def test_a_column_of_another_type_is_named_where_the_database_takes_it(
    sqlite_store: Store, damage: str
) -> None:
    for number in range(4):
        record(sqlite_store, partner(f"기관 {number}"))
    tamper(sqlite_store, f"UPDATE change_log SET {damage} WHERE seq = 3")

    found = verify(sqlite_store.stored_changes())

    assert (found.bad_seq, found.fault, found.entries) == (3, "form", 2)


def test_what_cannot_be_read_hides_no_redaction_after_it(redacted: Store) -> None:
    tamper(redacted, "UPDATE change_log SET at = '' WHERE seq = 5")

    found = verify(redacted.stored_changes())

    assert (found.bad_seq, found.fault, found.redacted) == (5, "form", 1)


def test_a_redacted_entry_keeps_the_chain_whole_and_is_counted(redacted: Store) -> None:
    said: list[str] = []

    assert say_found(verify(redacted.stored_changes()), said.append) == 0
    head = redacted.records.head().hash
    assert said[-1].startswith("변경 이력이 온전합니다: 6건 (내용 파기 1건) ·")
    assert said[-1].endswith(f"· The log is whole: 6 entries, 1 of them redacted, head {head}")


@pytest.mark.parametrize(
    ("statements", "bad_seq", "fault"),
    [
        # What a redaction accounts for does not cover what else is gone.
        ((f"UPDATE change_log SET {GONE} WHERE seq = 4",), 4, "destroyed"),
        ((f"UPDATE change_log SET {GONE} WHERE seq = 3",), 3, "destroyed"),
        # With its redaction destroyed too, nobody knows why.
        ((f"UPDATE change_log SET {GONE} WHERE seq IN (2, 6)",), 2, "destroyed"),
        (("DELETE FROM change_log WHERE seq = 6",), 2, "destroyed"),
        ((f"UPDATE change_log SET {GONE}",), 1, "destroyed"),
        # What is half gone is no redaction.
        (("UPDATE change_log SET reason = 'left' WHERE seq = 2",), 2, "half"),
        (("UPDATE change_log SET disclosed = '{}' WHERE seq = 2",), 2, "half"),
        (("UPDATE change_log SET salt = hash WHERE seq = 2",), 2, "half"),
        (("UPDATE change_log SET body = NULL, salt = NULL WHERE seq = 4",), 4, "half"),
        (("UPDATE change_log SET reason = NULL WHERE seq = 4",), 4, "body"),
        # A redaction that was altered accounts for nothing.
        (("UPDATE change_log SET body = 'x' WHERE seq = 6",), 2, "destroyed"),
    ],
)
def test_a_redaction_accounts_for_its_own_entry_alone(
    redacted: Store, statements: Sequence[str], bad_seq: int, fault: str
) -> None:
    tamper(redacted, *statements)

    found = verify(redacted.stored_changes())

    assert (found.bad_seq, found.fault, found.entries) == (bad_seq, fault, bad_seq - 1)


def test_a_redaction_whose_entry_still_says_what_it_said_is_named(store: Store) -> None:
    one = partner("처음 이름")
    record(store, one)
    record(store, replace(one, website="https://two.example"))
    saved = store.database.rows(
        "SELECT body, reason, salt, disclosed, disclosed_salt FROM change_log WHERE seq = 1"
    )[0]
    redact(1, reason="잘못 적음", redaction_id=uuid4(), ledger=ledger(store))
    with store.database.writing() as writing:
        columns = "body = ?, reason = ?, salt = ?, disclosed = ?, disclosed_salt = ?"
        writing.run(f"UPDATE change_log SET {columns} WHERE seq = 1", list(saved))

    found = verify(store.stored_changes())

    assert (found.bad_seq, found.fault) == (3, "kept")


def test_a_cut_tail_is_found_by_whoever_saw_it(full: Store) -> None:
    head = full.records.head()
    seen = Witness(head.seq, bytes.fromhex(head.hash))
    tamper(full, "DELETE FROM change_log WHERE seq > 4")

    assert verify(full.stored_changes()).is_whole
    found = verify(full.stored_changes(), witnesses=[seen])
    assert (found.entries, found.bad_seq, found.fault) == (4, 5, "cut")


def test_another_history_under_the_same_numbers_is_found_by_a_witness(full: Store) -> None:
    found = verify(full.stored_changes(), witnesses=[Witness(4, bytes(32)), Witness(2, bytes(32))])

    assert (found.entries, found.bad_seq, found.fault) == (1, 2, "witness")


def test_a_witness_who_saw_what_is_there_changes_nothing(full: Store) -> None:
    seen = [
        Witness(each.seq, each.hash)
        for each in full.stored_changes()
        if isinstance(each, StoredChange)
    ]

    assert verify(full.stored_changes(), witnesses=[*seen, *seen]).is_whole


def test_every_fault_has_its_words() -> None:
    assert {"destroyed", "kept", "half", "redaction", "cut", "witness"} <= FAULTS.keys()
