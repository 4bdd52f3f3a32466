"""The tokens that the portal makes: for whom, for which services, with which partners."""

from collections.abc import Callable
from uuid import UUID

import pytest

from changefeed.subjects.catalogue import Task
from httpedge.caller import Signer
from ieum_portal.domain.errors import NeighbourDown, NoPartnerToday
from ieum_portal.domain.viewer import Viewer
from ieum_portal.outbound import token_issuer as module
from ieum_portal.outbound.neighbours import NeighbourAddresses, NeighboursOverHttp
from ieum_portal.outbound.token_issuer import TokenIssuer
from tests.portal import sample
from tests.portal.neighbours import Neighbours

ACCOUNT = UUID(int=7)
CONTACT = UUID(sample.identity("naver-liaison"))
LIAISON = Viewer(ACCOUNT, "liaison", "연락담당자", contact_id=CONTACT)
OFFICE = Viewer(ACCOUNT, "office", "총괄부서")

Connect = Callable[[Viewer], NeighboursOverHttp]


@pytest.fixture
def connect(neighbours: Neighbours) -> Connect:
    session, registry = neighbours.session(), neighbours.registry
    board = NeighbourAddresses(
        registry.url,
        neighbours.graph.url,
        neighbours.notify.url,
        TokenIssuer(Signer(registry.signing_key), registry.url, session, dict),
        session,
        dict,
    )
    return lambda viewer: board.connect(viewer, "ko")


def test_a_token_names_account_role_and_the_three_services(
    connect: Connect, neighbours: Neighbours
) -> None:
    connect(OFFICE).registry.all(Task)

    claims = neighbours.registry.claims
    assert claims["sub"] == str(ACCOUNT)
    assert claims["role"] == "office"
    assert claims["iss"] == "portal"
    assert claims["aud"] == ["registry", "graph", "notify"]
    assert claims["exp"] - claims["iat"] == 600
    assert claims["partners"] == []


def test_a_liaisons_token_carries_the_partners_of_its_seats(
    connect: Connect, neighbours: Neighbours
) -> None:
    connect(LIAISON).registry.all(Task)

    assert neighbours.registry.claims["partners"] == [sample.identity("naver")]
    assert neighbours.registry.claims["contact_id"] == str(CONTACT)


def test_seats_are_read_once_a_minute(
    connect: Connect, neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr(module, "monotonic", lambda: clock[0])
    asked = connect(LIAISON)

    for clock[0] in (0.0, 59.0, 61.0):
        asked.registry.all(Task)

    seats = [each for each in neighbours.registry.asked if "/seats" in each]
    assert len(seats) == 2


def test_a_seat_given_up_opens_no_door(connect: Connect, neighbours: Neighbours) -> None:
    neighbours.registry.hold(seat=[])

    with pytest.raises(NoPartnerToday):
        connect(LIAISON).registry.all(Task)


def test_the_portal_reads_seats_as_a_service(connect: Connect, neighbours: Neighbours) -> None:
    neighbours.registry.hold(seat=[])

    with pytest.raises(NoPartnerToday):
        connect(LIAISON).registry.all(Task)

    claims = neighbours.registry.claims
    assert (claims["role"], claims["sub"], claims["aud"]) == ("service", "portal", ["registry"])


def test_an_account_without_a_contact_is_nobodys_liaison(connect: Connect) -> None:
    with pytest.raises(NoPartnerToday):
        connect(Viewer(ACCOUNT, "liaison", "누구")).graph.projection()


def test_seats_that_cannot_be_read_grant_nothing(connect: Connect, neighbours: Neighbours) -> None:
    neighbours.registry.is_down = True

    with pytest.raises(NeighbourDown, match="registry"):
        connect(LIAISON).graph.projection()
    assert neighbours.graph.asked == []
