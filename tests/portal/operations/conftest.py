"""The neighbours as an operation asks them: over the wire, in one viewer's name."""

from collections.abc import Callable
from uuid import UUID

import pytest

from httpedge.caller import Signer
from ieum_portal.domain.viewer import Role, Viewer
from ieum_portal.outbound.neighbours import NeighbourAddresses, NeighboursOverHttp
from ieum_portal.outbound.token_issuer import TokenIssuer
from tests.portal import sample
from tests.portal.neighbours import Neighbours

Connect = Callable[[Role], tuple[Viewer, NeighboursOverHttp]]


@pytest.fixture
def connect(neighbours: Neighbours) -> Connect:
    session = neighbours.session()
    registry = neighbours.registry
    tokens = TokenIssuer(Signer(registry.signing_key), registry.url, session, dict)
    addresses = NeighbourAddresses(
        registry.url, neighbours.graph.url, neighbours.notify.url, tokens, session, dict
    )

    def as_role(role: Role) -> tuple[Viewer, NeighboursOverHttp]:
        contact = UUID(sample.identity("naver-liaison")) if role == "liaison" else None
        viewer = Viewer(UUID(int=7), role, "누구", contact)
        return viewer, addresses.connect(viewer, "ko")

    return as_role
