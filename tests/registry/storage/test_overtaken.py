"""A transaction is refused if, and only if, what it read reads otherwise when it closes."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ieum_registry.domain.errors import Overtaken
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.ports.condition import equal
from ieum_registry.operations.ports.ledger import LedgerTransaction
from ieum_registry.storage.store import Store

from .subjects import ledger, partner, put, record

KEYS = ["a", "b", "c", "d"]
Read = tuple[str, str]
Write = tuple[str, str]

READS = st.lists(st.tuples(st.sampled_from(["take", "key", "own"]), st.sampled_from(KEYS)))
WRITES = st.lists(st.tuples(st.sampled_from(["change", "register", "side"]), st.sampled_from(KEYS)))
NAMED = settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


def read(
    transaction: LedgerTransaction, reads: list[Read], ids: dict[str, UUID], run: str
) -> list[Any]:
    """Give what a transaction says of all that is read on it, as plain values."""
    said: list[Any] = []
    for how, key in reads:
        if how == "take" and key in ids:
            said.append(transaction.take(Partner, ids[key]))
        elif how == "key":
            said.append(transaction.holding(Partner, "key", [f"{run}-{key}"]))
        elif how == "own":
            said.append([each.id for each in transaction.those(Partner, equal("own", True))])
            said.append(transaction.those(Partner, equal("own", True)))
    return said


def write(store: Store, how: str, key: str, ids: dict[str, UUID], run: str) -> None:
    """Write in a transaction of one's own, as somebody else."""
    with ledger(store).open() as transaction:
        if how == "register" and key not in ids:
            fresh = partner(key=f"{run}-{key}")
            ids[key] = fresh.id
            put(transaction, fresh)
        elif key in ids:
            known = transaction.take(Partner, ids[key])
            more: dict[str, Any] = {"own": not known.own} if how == "side" else {}
            put(transaction, replace(known, **more, website=f"https://{uuid4()}.example"))


@NAMED
@given(there=st.sets(st.sampled_from(KEYS)), reads=READS, writes=WRITES)
def test_a_page_is_refused_exactly_if_what_it_read_has_changed(
    store: Store, there: set[str], reads: list[Read], writes: list[Write]
) -> None:
    run = uuid4().hex[:8]
    ids: dict[str, UUID] = {}
    for key in sorted(there):
        write(store, "register", key, ids, run)
    with ledger(store).open() as transaction:
        for each in transaction.those(Partner, equal("own", True)):
            put(transaction, replace(each, own=False))
    known = dict(ids)
    refused = False

    try:
        with ledger(store).open() as transaction:
            before = read(transaction, reads, known, run)
            for how, key in writes:
                write(store, how, key, ids, run)
            transaction.record("partner.registered", partner())
    except Overtaken:
        refused = True

    with ledger(store).open() as fresh:
        after = read(fresh, reads, known, run)
    assert refused == (before != after)


def test_a_page_may_be_held_against_what_it_recorded_itself(store: Store) -> None:
    one = partner(key="one")
    record(store, one)

    with ledger(store).open() as transaction:
        found = transaction.holding(Partner, "key", ["one", "two"])["one"]
        transaction.record("partner.changed", replace(found, key="two"))
        record(store, partner(key="three"))

    assert store.records.one("partner", one.id).version == 2
