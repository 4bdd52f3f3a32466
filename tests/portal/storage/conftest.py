"""The portal's own store on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from ieum_portal.storage.migrate import STEPS
from sqlstore.engine import open_engine
from tests.postgres import Databases


@pytest.fixture
def engine(database_urls: Databases) -> Iterator[Engine]:
    opened = open_engine(database_urls(STEPS.migrate))
    yield opened
    opened.dispose()
