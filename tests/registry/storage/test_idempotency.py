"""A repeated key is answered as before, for a day; another body or a request in flight is not."""

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ieum_registry.domain.errors import RuleBroken
from ieum_registry.operations.ports.idempotency import KeyUse, Remembered
from ieum_registry.storage.store import Store

from .subjects import NOON, ledger, partner, record

USE = KeyUse("portal", "account-1", "POST /v1/partners", "k-1", "f-1", NOON)


def answer(store: Store, use: KeyUse = USE) -> Remembered:
    """Carry out a request with a key."""
    one = partner()
    assert store.keys.claim(use) is None
    with ledger(store, key=use).open() as transaction:
        entry = transaction.record("partner.registered", one)
    return Remembered("partner", one.id, entry.version, entry.seq)


def test_a_repeated_key_gives_what_it_was_answered_with(store: Store) -> None:
    given = answer(store)

    assert store.keys.claim(USE) == given


@pytest.mark.parametrize("part", ["issuer", "subject", "route", "key"])
def test_the_same_key_of_somebody_or_somewhere_else_is_another_key(store: Store, part: str) -> None:
    answer(store)

    other: dict[str, Any] = {part: "other"}
    assert store.keys.claim(replace(USE, **other)) is None


def test_another_body_under_the_same_key_is_refused(store: Store) -> None:
    answer(store)

    with pytest.raises(RuleBroken) as refused:
        store.keys.claim(replace(USE, fingerprint="f-2"))

    assert refused.value.code == "idempotency.reused"


def test_a_key_in_flight_is_refused_until_it_is_released(store: Store) -> None:
    store.keys.claim(USE)

    with pytest.raises(RuleBroken) as refused:
        store.keys.claim(USE)
    store.keys.release(USE)

    assert refused.value.code == "idempotency.in_flight"
    assert store.keys.claim(USE) is None


def test_a_claim_of_a_process_that_died_is_given_up_after_a_minute(store: Store) -> None:
    store.keys.claim(USE)

    assert store.keys.claim(replace(USE, at=NOON + timedelta(seconds=61))) is None


def test_an_answer_is_forgotten_after_a_day(store: Store) -> None:
    answer(store)

    assert store.keys.claim(replace(USE, at=NOON + timedelta(hours=24))) is not None
    assert store.keys.claim(replace(USE, at=NOON + timedelta(hours=24, seconds=1))) is None


def test_a_settled_key_is_not_released(store: Store) -> None:
    given = answer(store)
    store.keys.release(USE)

    assert store.keys.claim(USE) == given


def test_a_claim_that_was_lost_keeps_its_entries_out(store: Store) -> None:
    store.keys.claim(USE)
    store.keys.release(USE)

    with pytest.raises(RuleBroken), ledger(store, key=USE).open() as transaction:
        transaction.record("partner.registered", partner())

    assert store.records.head().seq == 0


def test_a_claim_that_another_made_anew_is_settled_by_that_one_alone(store: Store) -> None:
    again = replace(USE, at=NOON + timedelta(seconds=61))
    store.keys.claim(USE)
    store.keys.claim(again)

    with pytest.raises(RuleBroken) as late, ledger(store, key=USE).open() as transaction:
        transaction.record("partner.registered", partner())
    store.keys.release(USE)
    with ledger(store, key=again).open() as transaction:
        transaction.record("partner.registered", partner())

    assert late.value.code == "idempotency.in_flight"
    assert store.records.head().seq == 1


def test_the_entry_that_answers_can_be_chosen(store: Store) -> None:
    chosen = partner()
    store.keys.claim(USE)
    with ledger(store, key=USE).open() as transaction:
        transaction.record("partner.registered", partner())
        transaction.answer_with(transaction.record("partner.registered", chosen))
        transaction.record("partner.registered", partner())

    assert store.keys.claim(USE) == Remembered("partner", chosen.id, 1, seq=3)


def test_of_many_claims_at_once_one_is_carried_out(store: Store) -> None:
    record(store, partner())
    taken: list[bool] = []

    def claim() -> None:
        try:
            taken.append(store.keys.claim(USE) is None)
        except RuleBroken:
            taken.append(False)

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [False] * 7 + [True]
