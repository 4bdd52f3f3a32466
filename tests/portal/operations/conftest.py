"""The neighbours as an operation asks them: over the wire, in one viewer's name."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from httpedge.caller import Signer
from ieum_portal.domain.viewer import Role, Viewer
from ieum_portal.outbound.neighbours import NeighboursOverHttp, Switchboard
from ieum_portal.outbound.passes import Passes
from registryclient.wire import new_session
from tests.portal import sample
from tests.portal.desk import settings_for
from tests.portal.neighbours import Neighbours

Connect = Callable[[Role], tuple[Viewer, NeighboursOverHttp]]


@pytest.fixture
def connect(neighbours: Neighbours, tmp_path: Path) -> Connect:
    settings = settings_for(tmp_path, neighbours)
    session = new_session()
    passes = Passes(Signer(settings.signing_key), settings.registry_url, session, dict)
    switchboard = Switchboard(
        settings.registry_url, settings.graph_url, settings.notify_url, passes, session, dict
    )

    def as_role(role: Role) -> tuple[Viewer, NeighboursOverHttp]:
        contact = UUID(sample.identity("naver-liaison")) if role == "liaison" else None
        viewer = Viewer(UUID(int=7), role, "누구", contact)
        return viewer, switchboard.connect(viewer, "ko")

    return as_role
