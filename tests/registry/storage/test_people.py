# ruff: noqa: PT012 - a transaction raises when its block ends, so the block is the statement.
"""Names and addresses stand outside the log and can be erased; the log stays whole."""

from uuid import uuid4

import pytest

from changefeed.subjects.parts import Place
from ieum_registry.operations.ports.ledger import Person
from ieum_registry.operations.verify import verify
from ieum_registry.storage.store import Store

from .subjects import contact, ledger

KIM = Person("김이음", "kim@partner.example", "062-000-0000")


def test_a_person_is_kept_changed_and_erased(store: Store) -> None:
    one = contact(Place("partner", uuid4()))
    with ledger(store).open() as transaction:
        transaction.record("contact.registered", one)
        transaction.keep_person(one.id, KIM)
        assert transaction.person(one.id) == KIM
    assert store.records.people([one.id, uuid4()]) == {one.id: KIM}

    with ledger(store).open() as transaction:
        assert transaction.person(one.id) == KIM
        transaction.keep_person(one.id, Person("김이음", "kim@new.example"))
    assert store.records.people([one.id])[one.id].email == "kim@new.example"

    with ledger(store).open() as transaction:
        transaction.erase_person(one.id)
        assert transaction.person(one.id) is None
    assert store.records.people([one.id]) == {}
    assert verify(store.stored_changes()).entries == 1


def test_nothing_in_the_log_or_on_a_shelf_names_a_person(store: Store) -> None:
    one = contact(Place("partner", uuid4()))
    with ledger(store).open() as transaction:
        transaction.record("contact.registered", one)
        transaction.keep_person(one.id, KIM)

    tables = ("change_log", "contact_span")
    kept = repr([store.database.rows(f"SELECT * FROM {table}") for table in tables])  # noqa: S608 - fixed
    assert "김이음" not in kept
    assert "kim@" not in kept


def test_a_dry_run_and_a_failed_page_keep_nobody(store: Store) -> None:
    one = contact(Place("partner", uuid4()))
    with ledger(store, dry_run=True).open() as transaction:
        transaction.record("contact.registered", one)
        transaction.keep_person(one.id, KIM)
    with pytest.raises(ZeroDivisionError), ledger(store).open() as transaction:
        transaction.keep_person(one.id, KIM)
        raise ZeroDivisionError

    assert store.records.people([one.id]) == {}
