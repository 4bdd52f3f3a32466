"""A small network on a desk."""

import pytest

from tests.registry.api.bodies import Network, network
from tests.registry.desk import Desk


@pytest.fixture
def net(desk: Desk) -> Network:
    return network(desk)


@pytest.fixture
def each_net(each_desk: Desk) -> Network:
    return network(each_desk)
