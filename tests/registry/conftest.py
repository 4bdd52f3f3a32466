"""A desk over SQLite for most tests; `each_desk` runs on both databases."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from tests.postgres import Databases
from tests.registry.desk import Desk, House


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("registry") / "empty.db"
    STEPS.migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> House:
    return House.build(tmp_path_factory.mktemp("house"), f"sqlite:///{empty_database}")


@pytest.fixture
def sqlite_store(empty_database: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "registry.db"
    shutil.copy(empty_database, path)
    store = Store(f"sqlite:///{path}", disclose=disclosed)
    yield store
    store.close()


@pytest.fixture
def each_store(database_urls: Databases) -> Iterator[Store]:
    store = Store(database_urls(STEPS.migrate), disclose=disclosed)
    yield store
    store.close()


@pytest.fixture
def desk(house: House, sqlite_store: Store) -> Desk:
    return Desk(house, sqlite_store)


@pytest.fixture
def each_desk(house: House, each_store: Store) -> Desk:
    return Desk(house, each_store)
