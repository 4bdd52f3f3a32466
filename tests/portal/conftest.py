"""The portal with three small neighbours, run once for all tests and set back for each."""

from collections.abc import Iterator

import pytest

from tests.portal.desk import Desk, run_desk
from tests.portal.neighbours import Neighbours, run_neighbours


@pytest.fixture(scope="session")
def running_neighbours() -> Iterator[Neighbours]:
    with run_neighbours() as running:
        yield running


@pytest.fixture
def neighbours(running_neighbours: Neighbours) -> Neighbours:
    running_neighbours.reset()
    return running_neighbours


@pytest.fixture(scope="session")
def running_desk(
    running_neighbours: Neighbours, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    with run_desk(tmp_path_factory.mktemp("portal"), running_neighbours) as running:
        yield running


@pytest.fixture
def desk(running_desk: Desk, neighbours: Neighbours) -> Desk:
    assert running_desk.neighbours is neighbours
    return running_desk
