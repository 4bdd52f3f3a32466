"""A post room beside a real mail server, on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from ieum_notify.storage.engine import open_engine
from ieum_notify.storage.migrate import migrate
from tests.notify.makers import MONDAY, PostRoom, Registry, at, houses
from tests.postgres import Databases
from tests.smtp import Mailbox


@pytest.fixture
def database(database_urls: Databases) -> str:
    return database_urls(migrate)


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    opened = open_engine(database)
    yield opened
    opened.dispose()


@pytest.fixture
def room(engine: Engine, smtp_server: Mailbox) -> PostRoom:
    registry = Registry()
    registry.record(houses())
    return PostRoom(engine, registry, smtp_server.url, at(MONDAY))
