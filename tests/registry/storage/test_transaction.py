# ruff: noqa: PT012 - a transaction raises when its block ends, so the block is the statement.
"""A transaction gives subjects as they stand, its own entries included, and records by rule."""

from dataclasses import replace
from uuid import uuid4

import pytest

from ieum_registry.domain.errors import NotFound, RuleBroken, Stale
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.ports.condition import linked
from ieum_registry.storage.store import Store

from .subjects import agreement, how_many, ledger, partner, record


def test_a_version_that_was_not_the_last_is_stale(store: Store) -> None:
    one = partner()
    record(store, one)
    record(store, replace(one, website="https://n.example"))

    with pytest.raises(Stale) as refused, ledger(store).open() as transaction:
        transaction.take(Partner, one.id, 1)

    assert refused.value.facts == {"seen": 1, "current": 2}


def test_a_subject_is_read_once(store: Store) -> None:
    one = partner()
    record(store, one)

    with ledger(store).open() as transaction:
        assert transaction.take(Partner, one.id) is transaction.take(Partner, one.id)


def test_a_subject_of_another_type_is_not_found(store: Store) -> None:
    under = agreement(uuid4(), uuid4())
    record(store, under)

    with pytest.raises(NotFound), ledger(store).open() as transaction:
        transaction.take(Partner, under.id)


def test_several_versions_of_one_subject_in_one_page(store: Store) -> None:
    one = partner("가")
    with ledger(store).open() as transaction:
        transaction.record("partner.registered", one)
        transaction.record("partner.changed", replace(one, key="first"))
        transaction.record("partner.changed", replace(one, key="second"))

    versions = [store.records.one("partner", one.id, known_at=seq).version for seq in (1, 2, 3)]
    assert versions == [1, 2, 3]
    assert how_many(store, "partner") == 1


def test_a_page_finds_what_it_has_recorded_itself(store: Store) -> None:
    old = partner(key="naver")
    record(store, old)

    with ledger(store).open() as transaction:
        renamed = transaction.take(Partner, old.id)
        transaction.record("partner.changed", replace(renamed, key="naver-cloud"))
        found = transaction.find(Partner, key="naver-cloud")

        assert transaction.find(Partner, key="naver") is None
        assert found is not None
        assert transaction.version(found.id) == 2


def test_those_follows_links(store: Store) -> None:
    city, one, other = uuid4(), uuid4(), uuid4()
    under = agreement(city, one)
    record(store, under, agreement(city, other))

    with ledger(store).open() as transaction:
        assert transaction.those(type(under), linked("partner", one)) == [under]


def test_a_kind_that_demands_a_reason_is_refused_without(store: Store) -> None:
    under = agreement(uuid4(), uuid4())
    with pytest.raises(RuleBroken) as refused, ledger(store).open() as transaction:
        transaction.record("agreement.recorded", under)
        transaction.record("agreement.changed", under)

    assert refused.value.code == "change.reason_missing"
