"""An opened store says whether it can be used: whether it answers, is fit, and is migrated."""

from pathlib import Path

import pytest

from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from tests.postgres import Databases


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
