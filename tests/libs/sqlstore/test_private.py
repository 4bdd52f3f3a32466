"""A database file and what lies beside it are their owner's alone, whatever the umask."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from tests.registry.storage.subjects import partner, record


@pytest.fixture(autouse=True)
def open_umask() -> Iterator[None]:
    before = os.umask(0o000)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {each.name: stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()}


def test_everything_that_is_made_is_private(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'registry.db'}"
    STEPS.migrate(url)
    store = Store(url, disclose=disclosed)
    record(store, partner())
    with store.new_shelves() as shelves:
        shelves.fill(lambda *_: None)
        found = modes(tmp_path)
    store.close()

    assert {"registry.db", "registry.db-wal", "registry.db-shm", "registry.db.lock"} <= set(found)
    assert "registry.db.anew" in found
    assert set(found.values()) == {0o600}


def test_what_was_open_to_others_is_closed_as_it_is_opened(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'registry.db'}"
    STEPS.migrate(url)
    store = Store(url, disclose=disclosed)
    record(store, partner())
    for each in tmp_path.iterdir():
        each.chmod(0o644)

    again = Store(url, disclose=disclosed)
    again.check()
    again.close()
    store.close()

    assert set(modes(tmp_path).values()) == {0o600}
