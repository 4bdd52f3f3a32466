"""A post room on a real database beside a real mail server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from ieum_notify.storage.engine import open_engine
from ieum_notify.storage.migrate import migrate
from tests.notify.makers import MONDAY, PostRoom, Registry, at, houses
from tests.smtp import Mailbox


@pytest.fixture
def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'notify.db'}"
    migrate(url)
    return url


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
