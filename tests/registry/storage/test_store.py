"""An opened store says whether it can be used: whether it answers, is fit, and is migrated."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from tests.postgres import Databases

from .subjects import partner, record


def two_steps_back(url: str) -> None:
    STEPS.migrate(url)
    STEPS.migrate(url, "0002_shelves")


def test_a_fit_store_passes_its_check(store: Store) -> None:
    store.check()


def test_a_store_that_was_not_migrated_names_the_remedy(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/new.db", disclose=disclosed)

    with pytest.raises(RuntimeError, match=r"at nothing.*ieum-registry migrate"):
        store.check()
    store.close()


def test_a_store_of_an_earlier_release_names_the_remedy(database_urls: Databases) -> None:
    store = Store(database_urls(two_steps_back), disclose=disclosed)

    with pytest.raises(RuntimeError, match=r"at 0002_shelves.*ieum-registry migrate"):
        store.check()
    store.close()


def test_a_check_waits_for_no_writer(store: Store) -> None:
    with store.database.writing() as writing:
        writing.become_sole_writer()

        store.check()


def test_many_threads_read_through_few_connections(store: Store, store_url: str) -> None:
    wanted = [*record(store, *(partner(f"기관 {number}") for number in range(40)))]

    with ThreadPoolExecutor(24) as pool:
        read = pool.map(lambda each: store.records.one("partner", each.subject_id).text, wanted * 5)
        assert list(read) == [each.text for each in wanted * 5]

    assert _connections(store_url) <= 6


def test_who_waits_for_news_keeps_nobody_from_reading(store: Store) -> None:
    one = record(store, partner())[0]

    with ThreadPoolExecutor(12) as pool:
        waiting = [pool.submit(store.records.wait_beyond, 1, 20.0) for _ in range(12)]
        for _ in range(20):
            assert store.records.one("partner", one.subject_id).version == 1
        record(store, partner())

        assert all(each.result() for each in waiting)


def _connections(url: str) -> int:
    """Count the connections to a database: of this process to a file, of all to a server."""
    if url.startswith("sqlite"):
        file, folder = url.removeprefix("sqlite:///"), Path("/proc/self/fd")
        return sum(os.path.realpath(each) == file for each in folder.iterdir())
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as other:
        counted: int = other.exec_driver_sql(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).scalar_one()
        return counted
