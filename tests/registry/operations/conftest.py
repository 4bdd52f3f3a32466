"""A ledger over SQLite, and a loader of texts."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from uuid_utils.compat import uuid7

from changefeed.change import Actor
from ieum_registry.operations.load import Loaded, LoadFile, load
from ieum_registry.operations.ports.ledger import Ledger
from ieum_registry.storage.store import Store

OFFICE = Actor("account-1", "office")
NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DATA = Path(__file__).parents[3] / "data"

Loader = Callable[..., Loaded]


@pytest.fixture
def ledger(sqlite_store: Store) -> Ledger:
    return sqlite_store.ledger.in_name_of(OFFICE, at=NOON)


@pytest.fixture
def load_texts(ledger: Ledger) -> Loader:
    """Load texts by the names of their files: `load_texts(first="…", second="…")`."""

    def load_them(*, today: date = TODAY, **texts: str) -> Loaded:
        files = [LoadFile(name, text) for name, text in texts.items()]
        return load(files, today=today, new_id=uuid7, ledger=ledger)

    return load_them


@pytest.fixture
def gwangju() -> str:
    return (DATA / "gwangju-2021.yaml").read_text(encoding="utf-8")
