"""What a load reads depends on what its files say, not on how much is on record."""

import gc
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from ieum_registry.operations.loading.faults import LoadRefused
from ieum_registry.operations.loading.keys import BESIDE, MOST_SUGGESTED
from ieum_registry.storage.database.sqlite import SqliteDatabase
from ieum_registry.storage.database.writing import Row
from ieum_registry.storage.log.recorded import Recorded
from ieum_registry.storage.log.transaction import Transaction
from tests.registry.operations.conftest import Loader

FEW, MANY = 3, 600
UNKNOWN = """\
format: 1
agreements:
  - {key: a1, kind: mou, title: {ko: 협약}, signed_on: 2026-01-05, end: {rule: evergreen},
     parties: {own: [nobody], partners: [p0001x]}}
"""


class Reads:
    """How many rows the database gave since `begin`."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.rows = 0
        rows = SqliteDatabase.rows

        def counted(database: SqliteDatabase, sql: str, values: Sequence[Any] = ()) -> list[Row]:
            found = rows(database, sql, values)
            self.rows += len(found)
            return found

        patch.setattr(SqliteDatabase, "rows", counted)

    def of(self, load_texts: Loader, **texts: str) -> int:
        """Count what one load reads."""
        before = self.rows
        load_texts(**texts)
        return self.rows - before


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    return Reads(monkeypatch)


def partners(first: int, last: int) -> str:
    lines = (
        f"  - {{key: p{each:04}, kind: company, name: {{ko: 기관 {each}}}}}"
        for each in range(first, last)
    )
    return "format: 1\npartners:\n" + "\n".join(lines) + "\n"


def test_a_load_reads_as_much_however_often_was_loaded_before(
    load_texts: Loader, reads: Reads
) -> None:
    for turn in range(FEW):
        load_texts(**{"ledger": partners(turn, turn + 1), f"other {turn}": partners(90, 91 + turn)})
    few = reads.of(load_texts, ledger=partners(100, 101), new=partners(101, 102))
    for turn in range(40):
        load_texts(ledger=partners(200 + turn, 201 + turn))
    many = reads.of(load_texts, ledger=partners(300, 301), newer=partners(301, 302))

    assert few == many > 0


def test_a_load_reads_as_much_however_many_records_there_are(
    load_texts: Loader, reads: Reads
) -> None:
    load_texts(base=partners(0, FEW))
    few = reads.of(load_texts, one=partners(1000, 1001))
    load_texts(more=partners(FEW, MANY))

    assert reads.of(load_texts, two=partners(1001, 1002)) == few


def test_nothing_that_a_load_read_or_wrote_is_kept_once_it_is_answered(load_texts: Loader) -> None:
    def kept() -> int:
        gc.collect()
        return sum(isinstance(each, Transaction | Recorded) for each in gc.get_objects())

    before = kept()
    load_texts(base=partners(0, MANY))
    load_texts(more=partners(MANY - 1, MANY + 1))

    assert kept() == before


def test_a_key_that_nobody_has_is_met_with_those_beside_it_and_not_with_all(
    load_texts: Loader, reads: Reads
) -> None:
    load_texts(base=partners(0, 4 * BESIDE))
    before = reads.rows

    with pytest.raises(LoadRefused) as refused:
        load_texts(wrong=UNKNOWN)

    near = {str(each.facts["key"]): each.facts["near"] for each in refused.value.faults}
    assert "p0001" in str(near["p0001x"])
    assert near["nobody"] != "–"
    assert reads.rows - before <= 2 * 2 * BESIDE + 10


def test_a_file_of_another_register_gets_suggestions_for_its_first_faults_alone(
    load_texts: Loader, reads: Reads
) -> None:
    load_texts(base=partners(0, 10))
    told = ", ".join(f"x{each}" for each in range(3 * MOST_SUGGESTED))
    before = reads.rows

    with pytest.raises(LoadRefused) as refused:
        load_texts(wrong=UNKNOWN.replace("p0001x", told))

    suggested = [each for each in refused.value.faults if each.facts.get("near") != "–"]
    assert len(suggested) == MOST_SUGGESTED
    assert refused.value.count == 3 * MOST_SUGGESTED + 1
    assert reads.rows - before <= MOST_SUGGESTED * 10 + 10


def test_the_last_text_under_a_name_counts_and_the_first_load_s_day_stays(
    load_texts: Loader,
) -> None:
    first = load_texts(today=date(2026, 11, 1), ledger=partners(0, 1))
    load_texts(ledger=partners(0, 2))
    again = load_texts(ledger=partners(0, 1))
    same = load_texts(ledger=partners(0, 1))

    assert first.anchor_on == again.anchor_on == date(2026, 11, 1)
    assert again.unchanged == {"partner": 1}
    assert same.entry is None
