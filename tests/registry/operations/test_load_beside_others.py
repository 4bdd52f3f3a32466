"""A load goes through whatever is written beside it, and is overtaken by what it touches alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from uuid_utils.compat import uuid7

from changefeed.subjects.department import Department
from changefeed.subjects.parts import Words
from ieum_registry.domain.errors import Overtaken
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.again import TRIES
from ieum_registry.operations.load import Loaded, LoadFile, load
from ieum_registry.storage.store import Store
from tests.registry.interfering import Interfered
from tests.registry.operations.conftest import NOON, OFFICE, TODAY

BASE = """\
format: 1
own: {key: city, kind: government, name: {ko: 빛고을시}}
departments:
  - {key: lead, name: {ko: 주무과}}
  - {key: other, name: {ko: 다른과}}
partners:
  - {key: named, kind: company, name: {ko: 불린기관}}
  - {key: unnamed, kind: company, name: {ko: 안불린기관}}
"""
FILE = """\
format: 1
partners:
  - {key: fresh, kind: company, name: {ko: 새기관}, business_number: "1208147521"}
agreements:
  - {key: a1, kind: mou, number: 2026-1, title: {ko: 새협약}, signed_on: 2026-01-05,
     lead_department: lead, end: {rule: evergreen},
     parties: {own: true, partners: [named, fresh]}}
"""

NEW_YEAR = date(2026, 1, 1)

Write = Callable[[Store, int], object]


def put(store: Store, subject: Partner | Department, kind: str) -> None:
    with store.ledger.in_name_of(OFFICE, at=NOON).open() as transaction:
        transaction.record(kind, subject)


def change(store: Store, kind_of: type[Partner] | type[Department], key: str, turn: int) -> None:
    """Give somebody another name by hand."""
    with store.ledger.in_name_of(OFFICE, at=NOON).open() as transaction:
        found = transaction.find(kind_of, key=key)
        assert found is not None
        transaction.record(
            f"{kind_of.subject_type}.changed", replace(found, name=Words(f"{key} {turn}"))
        )


def a_partner(key: str | None, number: str | None = None) -> Partner:
    return Partner(uuid7(), "company", Words("손으로"), key=key, business_number=number)


def load_text(store: Store, text: str, name: str = "file", today: date = TODAY) -> Loaded:
    ledger = store.ledger.in_name_of(OFFICE, at=NOON)
    return load([LoadFile(name, text)], today=today, new_id=uuid7, ledger=ledger)


def load_beside(store: Store, write: Write, text: str = FILE) -> tuple[Loaded, int]:
    """Load the file while somebody writes at the end of each try; give how many tries it took."""
    ledger = Interfered(store.ledger.in_name_of(OFFICE, at=NOON), lambda turn: write(store, turn))
    loaded = load([LoadFile("file", text)], today=TODAY, new_id=uuid7, ledger=ledger)
    return loaded, ledger.tries


UNRELATED: list[Write] = [
    lambda store, _: put(store, a_partner("somebody"), "partner.registered"),
    lambda store, _: put(store, a_partner(None, "2208162517"), "partner.registered"),
    lambda store, turn: change(store, Partner, "unnamed", turn),
    lambda store, turn: change(store, Department, "other", turn),
    lambda store, turn: load_text(
        store, f"format: 1\ndepartments:\n  - {{key: d{turn}, name: {{ko: 부서}}}}", "beside"
    ),
]
TOUCHED: list[Write] = [
    lambda store, turn: change(store, Partner, "named", turn),
    lambda store, turn: change(store, Partner, "city", turn),
    lambda store, turn: change(store, Department, "lead", turn),
]


@pytest.mark.parametrize("write", UNRELATED)
def test_what_is_written_beside_a_load_never_refuses_it(each_store: Store, write: Write) -> None:
    load_text(each_store, BASE, "base")

    loaded, tries = load_beside(each_store, write)

    assert tries == 1
    assert loaded.recorded == {"partner": 1, "agreement": 1}


@pytest.mark.parametrize("write", TOUCHED)
def test_a_load_is_tried_again_on_what_stands_then(each_store: Store, write: Write) -> None:
    load_text(each_store, BASE, "base")

    loaded, tries = load_beside(
        each_store, lambda store, turn: write(store, turn) if turn < TRIES else None
    )

    assert tries == TRIES
    assert loaded.recorded == {"partner": 1, "agreement": 1}


@pytest.mark.parametrize("write", TOUCHED)
def test_a_load_that_is_always_overtaken_says_by_what(each_store: Store, write: Write) -> None:
    load_text(each_store, BASE, "base")

    with pytest.raises(Overtaken) as overtaken:
        load_beside(each_store, write)

    assert overtaken.value.facts["name"] in {"named", "city", "lead"}
    assert each_store.records.list("agreement").items == ()


def test_a_key_that_is_given_beside_a_load_is_found_by_its_next_try(each_store: Store) -> None:
    load_text(each_store, BASE, "base")

    def write(store: Store, turn: int) -> None:
        if turn == 1:
            put(store, a_partner("fresh"), "partner.registered")

    loaded, tries = load_beside(each_store, write)

    assert tries == 2
    assert (loaded.recorded, loaded.changed) == ({"agreement": 1}, {"partner": 1})


def test_the_first_of_two_loads_at_once_sets_the_day_for_both(each_store: Store) -> None:
    def write(store: Store, turn: int) -> None:
        if turn == 1:
            load_text(
                store, "format: 1\ndepartments: [{key: x, name: {ko: 과}}]", "first", NEW_YEAR
            )

    loaded, tries = load_beside(each_store, write, BASE)

    assert (loaded.anchor_on, tries) == (NEW_YEAR, 2)


def test_one_file_loaded_twice_at_once_is_recorded_once(each_store: Store) -> None:
    load_text(each_store, BASE, "base")

    def write(store: Store, turn: int) -> None:
        if turn == 1:
            load_text(store, FILE)

    loaded, _ = load_beside(each_store, write)

    assert loaded.entry is None
    assert loaded.unchanged == {"partner": 1, "agreement": 1}
