"""A desk over SQLite for most tests; `each_desk` runs on both databases."""

import shutil
from pathlib import Path

import pytest

from ieum_registry.storage.migrate import migrate
from tests.postgres import Databases
from tests.registry.desk import Desk


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("registry") / "empty.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(empty_database: Path, tmp_path: Path) -> str:
    path = tmp_path / "registry.db"
    shutil.copy(empty_database, path)
    return f"sqlite:///{path}"


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Desk:
    return Desk(tmp_path, sqlite_url)


@pytest.fixture
def each_desk(database_urls: Databases, tmp_path: Path) -> Desk:
    return Desk(tmp_path, database_urls(migrate))
