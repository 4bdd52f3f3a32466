"""The portal's own store on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from ieum_portal.storage.engine import open_engine
from ieum_portal.storage.migrate import migrate
from tests.postgres import Databases


@pytest.fixture
def engine(database_urls: Databases) -> Iterator[Engine]:
    opened = open_engine(database_urls(migrate))
    yield opened
    opened.dispose()
