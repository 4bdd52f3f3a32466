"""A database that is gone, broken or cannot be written is named."""

from pathlib import Path

import pytest

from ieum.checks.databases import SQLITE, databases
from ieum.home import Home
from tests.deploy.checks.makers import codes


@pytest.fixture
def path(home: Home) -> Path:
    return home.databases / "registry.db"


def urls_of(path: Path) -> dict[str, str]:
    return {"registry": f"sqlite:///{path}", "notify": "postgresql+psycopg://db/n"}


def test_a_database_that_cannot_be_written_is_named(path: Path) -> None:
    path.write_bytes(SQLITE)

    writable = list(databases(urls_of(path), is_used=True))
    refused = list(databases(urls_of(path), is_used=True, may_write=lambda each: each != path))

    assert writable == []
    assert codes(refused) == ["database.not_writable"]


def test_a_database_is_missed_where_there_must_be_one(path: Path) -> None:
    assert codes(list(databases(urls_of(path), is_used=True))) == ["database.missing"]
    assert list(databases(urls_of(path), is_used=False)) == []


def test_a_file_that_is_no_database_is_named(path: Path) -> None:
    path.write_bytes(b"junk" * 8)

    assert codes(list(databases(urls_of(path), is_used=True))) == ["database.unreadable"]
