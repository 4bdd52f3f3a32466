"""The portal with its neighbours, put together once for all tests and set back for each."""

from collections.abc import Iterator

import pytest

from ieum_portal.pages import waiting
from ieum_portal.storage.migrate import STEPS
from tests.portal.desk import Desk, run_desk
from tests.portal.neighbours import Neighbours, neighbours_in
from tests.postgres import Databases


@pytest.fixture(scope="session")
def shared_neighbours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neighbours]:
    """Give the three, so that whatever session the portal opens, they answer on it."""
    found = neighbours_in(tmp_path_factory.mktemp("neighbours"))
    found.begin()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ieum_portal.app.new_session", found.session)
        yield found
    found.registry.end()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages wait for as long as a busy machine takes; the span itself is tried in its place."""
    monkeypatch.setattr(waiting, "PAGE_WAITS_S", 600.0)


@pytest.fixture
def neighbours(shared_neighbours: Neighbours) -> Neighbours:
    shared_neighbours.begin()
    return shared_neighbours


@pytest.fixture
def database(sqlite_databases: Databases) -> str:
    """Give a database of the portal's own for one test."""
    return sqlite_databases(STEPS.migrate)


@pytest.fixture(scope="session")
def running_desk(
    shared_neighbours: Neighbours,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("portal")
    database = f"sqlite:///{folder}/portal.db"
    STEPS.migrate(database)
    with run_desk(folder, database, shared_neighbours) as running:
        yield running


@pytest.fixture
def desk(running_desk: Desk, neighbours: Neighbours) -> Desk:
    assert running_desk.neighbours is neighbours
    return running_desk
