"""Rows sent together are refused as rows sent one by one, and whoever waited sees what came."""

import threading
import time

import pytest

from ieum_registry.storage.database.database import Database
from ieum_registry.storage.database.writing import FEW, Row, UniqueClash
from ieum_registry.storage.store import Store

COUNT = "SELECT count(*) FROM seen"


@pytest.fixture
def database(store: Store) -> Database:
    with store.database.writing() as writing:
        writing.run("CREATE TABLE seen (number INTEGER PRIMARY KEY, word TEXT NOT NULL)")
        writing.run("CREATE UNIQUE INDEX seen_one_word ON seen (word)")
    return store.database


def test_rows_sent_together_are_refused_by_name_and_none_is_kept(database: Database) -> None:
    def write_a_word_twice() -> None:
        with database.writing() as writing, writing.together():
            writing.insert("seen", ("number", "word"), [(1, "가")])
            writing.insert("seen", ("number", "word"), [(2, "가")])
            writing.insert("seen", ("number", "word"), [(3, "나")])

    with pytest.raises(UniqueClash) as refused:
        write_a_word_twice()

    assert refused.value.index in {"seen_one_word", "seen.word"}
    assert database.rows(COUNT)[0][0] == 0


def test_rows_sent_together_may_be_many(database: Database) -> None:
    with database.writing() as writing:
        with writing.together():
            rows = [(number, f"말 {number}") for number in range(FEW + 1)]
            writing.insert("seen", ("number", "word"), rows)
            writing.change_each("UPDATE seen SET word = ? WHERE number = ?", [("끝", 0)])
        assert writing.rows("SELECT word FROM seen WHERE number = 0")[0][0] == "끝"

    assert database.rows(COUNT)[0][0] == FEW + 1


def test_who_waited_to_write_alone_sees_what_was_written_meanwhile(database: Database) -> None:
    found: list[Row] = []

    def wait_and_count() -> None:
        with database.writing() as writing:
            found.extend(writing.rows_as_sole_writer(COUNT))

    second = threading.Thread(target=wait_and_count)
    with database.writing() as writing:
        writing.become_sole_writer()
        second.start()
        _until_somebody_waits(database)
        writing.insert("seen", ("number", "word"), [(1, "가")])
    second.join(60)

    assert [row[0] for row in found] == [1]


def _until_somebody_waits(database: Database) -> None:
    """Wait until the other has asked for the lock; on SQLite it waits before it says anything."""
    if database.dialect.name == "postgresql":
        until = time.monotonic() + 60
        waiting = (
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            " WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted"
        )
        while not database.rows(waiting)[0][0]:
            assert time.monotonic() < until
            time.sleep(0.01)
