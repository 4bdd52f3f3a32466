# ruff: noqa: PT012 - a transaction raises when its block ends, so the block is the statement.
"""One transaction: whole or not at all, numbered last, refused if what it read has changed."""

import threading
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from uuid_utils.compat import uuid7

from changefeed.chain import first_break
from changefeed.cursor import Cursor
from changefeed.subjects.load import Load, LoadedDocument, file_id
from changefeed.subjects.parts import Place
from ieum_registry.domain.errors import Overtaken, RuleBroken, Stale, Taken
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.ports.condition import at_least, linked
from ieum_registry.operations.verify import StoredChange, verify
from ieum_registry.storage.log.log import as_change
from ieum_registry.storage.store import Store

from .plans import watch
from .subjects import (
    NOON,
    SIGNED,
    agreement,
    collaboration,
    how_many,
    ledger,
    milestone,
    partner,
    record,
)


def test_entries_are_numbered_in_order_and_chained(store: Store) -> None:
    record(store, partner("네이버"), partner("버넥트"))
    record(store, partner("유니티"))

    changes = [as_change(each) for each in store.stored_changes() if isinstance(each, StoredChange)]

    assert [each.seq for each in changes] == [1, 2, 3]
    assert first_break(changes, after_seq=0, after_hash=Cursor().hash) is None
    assert store.records.head().hash == changes[-1].hash.hex()


def test_a_change_makes_the_next_version(store: Store) -> None:
    one = partner()
    record(store, one)

    with ledger(store).open() as transaction:
        taken = transaction.take(Partner, one.id, 1)
        entry = transaction.record("partner.changed", replace(taken, website="https://n.example"))

    assert (entry.version, entry.seq) == (2, 2)
    assert store.records.one("partner", one.id).text == entry.text


def test_a_page_is_refused_if_a_subject_it_read_has_changed(store: Store) -> None:
    one, other = partner(), partner()
    record(store, one)

    with pytest.raises(Overtaken) as overtaken, ledger(store).open() as transaction:
        transaction.take(Partner, one.id)
        record(store, replace(one, website="https://n.example"))
        transaction.record("partner.registered", other)

    assert overtaken.value.facts == {"type": "partner", "id": str(one.id), "name": "네이버"}
    assert store.records.head().seq == 2
    assert how_many(store, "partner") == 1


def test_only_a_version_that_the_caller_sent_is_called_stale(store: Store) -> None:
    one, other = partner(), partner()
    record(store, one, other)

    with pytest.raises(Stale) as stale, ledger(store).open() as transaction:
        taken = transaction.take(Partner, one.id, 1)
        transaction.take(Partner, other.id)
        record(store, replace(one, website="https://n.example"))
        transaction.record("partner.changed", replace(taken, key="n"))
    with pytest.raises(Overtaken), ledger(store).open() as transaction:
        taken = transaction.take(Partner, one.id, 2)
        transaction.take(Partner, other.id)
        record(store, replace(other, website="https://n.example"))
        transaction.record("partner.changed", replace(taken, key="n"))

    assert stale.value.facts == {"seen": 1, "current": 2}


def test_a_page_is_refused_if_a_value_that_nobody_had_is_taken(store: Store) -> None:
    record(store, partner(key="held"))

    with pytest.raises(Overtaken) as overtaken, ledger(store).open() as transaction:
        assert set(transaction.holding(Partner, "key", ["held", "free"])) == {"held"}
        record(store, partner(key="free"))
        transaction.record("partner.registered", partner(key="free"))

    assert overtaken.value.facts["name"] == "free"


def test_a_page_stands_if_values_that_it_did_not_ask_for_are_taken(store: Store) -> None:
    with ledger(store).open() as transaction:
        transaction.holding(Partner, "key", ["held", "free"])
        record(store, partner(key="another"))
        entry = transaction.record("partner.registered", partner(key="free"))

    assert entry.seq == 2


def test_a_page_is_refused_if_what_it_listed_has_grown(store: Store) -> None:
    owner = Place("partner", uuid4())
    record(store, milestone(owner))

    with pytest.raises(Overtaken), ledger(store).open() as transaction:
        found = transaction.those(type(milestone(owner)), at_least("due_on", date(2026, 1, 1)))
        record(store, milestone(owner))
        transaction.record("milestone.changed", replace(found[0], due_on=date(2027, 1, 1)))


def test_a_page_stands_if_something_else_was_written_meanwhile(store: Store) -> None:
    one = partner()
    record(store, one)

    with ledger(store).open() as transaction:
        taken = transaction.take(Partner, one.id)
        record(store, partner())
        entry = transaction.record("partner.changed", replace(taken, website="https://n.example"))

    assert entry.seq == 3


def test_a_page_stands_if_what_it_read_was_read_after_it_changed(store: Store) -> None:
    one = partner()
    record(store, one)

    with ledger(store).open() as transaction:
        record(store, replace(one, website="https://first.example"))
        record(store, replace(one, website="https://second.example"))
        taken = transaction.take(Partner, one.id)
        entry = transaction.record("partner.changed", replace(taken, website="https://n.example"))

    assert (entry.seq, entry.version) == (4, 4)


def test_whether_a_page_stands_is_asked_of_the_entries_since_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = watch(monkeypatch)
    record(store, *(partner(f"기관 {number}") for number in range(3000)))

    with ledger(store).open() as transaction:
        record(store, partner())
        asked.forget()
        transaction.record("partner.registered", partner())

    plans = asked.plans(store, "FROM change_log WHERE seq > ")
    assert len(plans) == 1
    wanted = {
        "sqlite": "SEARCH change_log USING INTEGER PRIMARY KEY (rowid>?)",
        "postgresql": "Index Scan using change_log_pkey",
    }
    assert plans[0].startswith(wanted[store.database.dialect.name])


def test_nothing_stays_of_a_page_that_raises(store: Store) -> None:
    with pytest.raises(RuleBroken), ledger(store).open() as transaction:
        transaction.record("partner.registered", partner())
        raise RuleBroken("term.reversed")

    assert store.records.head().seq == 0


def test_a_unique_value_in_use_names_its_field(store: Store) -> None:
    record(store, partner(key="naver"))

    with pytest.raises(Taken) as refused:
        record(store, partner(key="naver"))

    assert refused.value.field == "key"
    assert store.records.head().seq == 1


def test_a_new_subject_with_an_id_in_use_is_refused(store: Store) -> None:
    one = partner()
    record(store, one)

    with pytest.raises(Taken) as refused, ledger(store).open() as transaction:
        transaction.record("partner.registered", one)

    assert refused.value.field == "id"


def test_two_subjects_swap_a_unique_value_in_one_page(store: Store) -> None:
    one, other = partner(key="a"), partner(key="b")
    record(store, one, other)

    record(store, replace(one, key="b"), replace(other, key="a"))

    assert '"key":"b"' in store.records.one("partner", one.id).text
    assert '"key":"a"' in store.records.one("partner", other.id).text


def test_a_dry_run_gives_the_entries_and_keeps_nothing(store: Store) -> None:
    record(store, partner(key="naver"))

    with ledger(store, dry_run=True).open() as transaction:
        entry = transaction.record("partner.registered", partner())
    with pytest.raises(Taken), ledger(store, dry_run=True).open() as transaction:
        transaction.record("partner.registered", partner(key="naver"))

    assert entry.seq == 2
    assert entry.change.prev_hash.hex() == store.records.head().hash
    assert store.records.head().seq == 1


def test_an_entry_has_no_number_while_its_page_is_open(store: Store) -> None:
    with ledger(store).open() as transaction:
        entry = transaction.record("partner.registered", partner())
        with pytest.raises(RuntimeError):
            _ = entry.seq


def test_an_entry_is_never_earlier_than_the_one_before(store: Store) -> None:
    record(store, partner())
    (late,) = record(store, partner(), at=NOON - timedelta(hours=1))

    assert late.change.at == NOON


def test_what_is_closed_is_not_disclosed_and_the_rest_has_its_own_hash(store: Store) -> None:
    city, one = uuid4(), uuid4()
    closed, partly = agreement(city, one), agreement(city, one, disclosure="partly")
    hidden, shown = (each.change for each in record(store, closed, partly))

    assert (hidden.disclosed, hidden.disclosed_hash) == (None, None)
    assert shown.disclosed is not None
    assert shown.disclosed_salt != shown.salt


def test_sixteen_writers_lose_nothing_and_leave_no_gap(store: Store) -> None:
    one = partner()
    record(store, one)
    errors: list[Exception] = []

    def write(name: str) -> None:
        for turn in range(8):
            try:
                record(store, partner(f"{name}-{turn}"))
                _change_until_it_stands(store, one.id, f"https://{name}-{turn}.example")
            except Exception as error:  # noqa: BLE001 - told by the test
                errors.append(error)

    threads = [threading.Thread(target=write, args=(f"w{number}",)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    found = verify(store.stored_changes())
    assert (found.entries, found.fault) == (1 + 16 * 8 * 2, None)
    assert store.records.one("partner", one.id).version == 1 + 16 * 8


def _change_until_it_stands(store: Store, subject_id: UUID, website: str) -> None:
    while True:
        try:
            with ledger(store).open() as transaction:
                taken = transaction.take(Partner, subject_id)
                transaction.record("partner.changed", replace(taken, website=website))
        except Overtaken:
            continue
        return


def test_a_page_of_very_many_entries_is_one_page(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ieum_registry.storage.log.ledger.MANY", 20)
    record(store, *(partner(f"기관 {number}", key=f"k{number}") for number in range(45)))

    with pytest.raises(Taken):
        record(store, *(partner(f"단체 {number}", key=f"k{number}") for number in range(45)))

    assert store.records.head().seq == 45
    assert how_many(store, "partner", q="기관4") == 6
    assert how_many(store, "partner", q="단체") == 0


def test_a_link_that_stays_keeps_its_span(store: Store) -> None:
    city, one, other = uuid4(), uuid4(), uuid4()
    under = agreement(city, one)
    record(store, under)
    record(store, replace(under, parties=agreement(city, one, other).parties))

    rows = store.database.rows(
        "SELECT other_id, seq_from FROM agreement_partner_link ORDER BY seq_from"
    )
    assert [(UUID(str(each)), seq) for each, seq in rows if UUID(str(each)) == one] == [(one, 1)]
    assert (str(other), 2) in [(str(each), seq) for each, seq in rows]


def test_a_commitment_is_found_by_its_technology(store: Store) -> None:
    city, one, twin = uuid4(), uuid4(), uuid4()
    under = agreement(city, one)
    with_twin = collaboration(under, one, technologies=(twin,))
    record(store, under, with_twin, collaboration(under, one))

    found = store.records.list("collaboration", [linked("technology", twin)])

    assert [each.text for each in found.items] == [
        store.records.one("collaboration", with_twin.id).text
    ]


def test_the_newest_is_found_and_rested_on_and_keys_beside_one_are_not(store: Store) -> None:
    base = ledger(store)
    linked_with = linked("file", file_id("a.yaml"))
    with base.open() as transaction:
        assert transaction.newest(Load) is None
        for name in ("a.yaml", "b.yaml"):
            document = LoadedDocument(name, "0" * 64)
            transaction.record("load.recorded", Load(uuid7(), SIGNED, (document,), {}))
        for each in ("ab", "ad", "af", "b"):
            transaction.record("partner.registered", partner(each, key=each))

    with pytest.raises(Overtaken), base.open() as transaction:
        newest, of_a = transaction.newest(Load), transaction.newest(Load, linked_with)
        beside = transaction.keys_beside(Partner, "ad", most=1)
        with base.open() as other:
            document = LoadedDocument("a.yaml", "1" * 64)
            other.record("load.recorded", Load(uuid7(), SIGNED, (document,), {}))
        transaction.record("partner.registered", partner("새 기관"))

    assert newest is not None
    assert of_a is not None
    assert newest.documents[0].name == "b.yaml"
    assert of_a.documents[0] == LoadedDocument("a.yaml", "0" * 64)
    assert beside == ["ab", "ad"]
    with base.open() as transaction:
        last = transaction.newest(Load, linked_with)
    assert last is not None
    assert last.documents[0].sha256 == "1" * 64
