"""A post room beside a real mail server, on both databases."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.engine import Engine

from ieum_notify.storage.migrate import STEPS
from sqlstore.engine import open_engine
from tests.notify.makers import (
    LIAISON_SEAT,
    MONDAY,
    OFFICE,
    OFFICER_SEAT,
    PARTNER,
    PostRoom,
    Registry,
    at,
    houses,
    milestone_in_five_days,
    seat,
)
from tests.postgres import Databases
from tests.smtp import Mailbox


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], None]:
    """Brings a database to the newest shape; on SQLite by copying one that was migrated once."""
    template = tmp_path_factory.mktemp("notify") / "template.db"
    STEPS.migrate(f"sqlite:///{template}")

    def fill(url: str) -> None:
        if url.startswith("sqlite"):
            shutil.copyfile(template, url.removeprefix("sqlite:///"))
        else:
            STEPS.migrate(url)

    return fill


@pytest.fixture
def database(database_urls: Databases, migrated: Callable[[str], None]) -> str:
    return database_urls(migrated)


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


@pytest.fixture
def due(room: PostRoom) -> PostRoom:
    """A milestone is due in five days, and the copy has heard of it."""
    room.registry.record(milestone_in_five_days())
    room.follow()
    return room


@pytest.fixture
def nobody(due: PostRoom) -> PostRoom:
    """The same, and nobody holds a seat, neither the owner's nor the office's."""
    due.registry.record(
        seat(LIAISON_SEAT, PARTNER, "liaison"), seat(OFFICER_SEAT, OFFICE, "officer")
    )
    due.follow()
    return due
