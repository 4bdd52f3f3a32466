"""A fresh registry store for each test, on both databases."""

from collections.abc import Callable, Iterator

import pytest

from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from tests.postgres import Databases


@pytest.fixture
def store_url(database_urls: Databases) -> str:
    return database_urls(STEPS.migrate)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = Store(store_url, disclose=disclosed)
    yield opened
    opened.close()


@pytest.fixture
def new_store(database_urls: Databases) -> Iterator[Callable[[], Store]]:
    """Opens as many fresh stores as a test wants."""
    opened: list[Store] = []

    def open_one() -> Store:
        opened.append(Store(database_urls(STEPS.migrate), disclose=disclosed))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()
