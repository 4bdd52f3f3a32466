"""What the portal asks the registry is what the registry takes, and its answers are read."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from threading import Thread
from uuid import UUID

import pytest
from werkzeug.serving import make_server

from changefeed.declared import Declaration
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.catalogue import Programme, ServiceField, Strategy, Task, Technology
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.contact import Person
from changefeed.subjects.department import Department
from changefeed.subjects.event import Event
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.partner import Partner
from changefeed.subjects.seat import Seat
from httpedge.caller import Role
from ieum_portal.domain.errors import NoSuchPlace
from ieum_portal.outbound.registry import RegistryOverHttp
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from registryclient.answers import AgreementStanding, EventStanding, MilestoneStanding
from registryclient.client import RegistryClient
from tests.registry.desk import GWANGJU, ILLUSTRATION, Desk, House

ON = date(2026, 11, 23)
NOBODY = UUID("01a206d3-0000-7000-8000-000000000000")

Connect = Callable[..., RegistryClient]


@pytest.fixture(scope="module")
def connect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connect]:
    """Give clients of a registry with the samples in it, as one role or another."""
    folder = tmp_path_factory.mktemp("registry")
    url = f"sqlite:///{folder / 'registry.db'}"
    STEPS.migrate(url)
    store = Store(url, disclose=disclosed)
    desk = Desk(House.build(folder, url), store)
    assert desk.load(GWANGJU, ILLUSTRATION).status == 201
    server = make_server("127.0.0.1", 0, desk.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def as_role(role: Role = "office", partner: UUID | None = None) -> RegistryClient:
        partners = [] if partner is None else [partner]
        token = desk.signer.token(
            role, ["registry"], now=datetime.now(UTC), subject="x", partners=partners
        )
        return RegistryClient(f"http://127.0.0.1:{server.port}", lambda: token)

    yield as_role
    server.shutdown()
    server.server_close()
    thread.join()
    store.close()


@pytest.fixture
def registry(connect: Connect) -> RegistryOverHttp:
    return RegistryOverHttp(connect())


def all_partners(registry: RegistryOverHttp) -> list[UUID]:
    return [each.id for each in registry.all(Partner, on=ON)]


LISTED = [
    Partner,
    Department,
    Person,
    Seat,
    Programme,
    Strategy,
    Task,
    ServiceField,
    Technology,
    Agreement,
    Collaboration,
    Milestone,
    Event,
]


@pytest.mark.parametrize("kind_of", LISTED)
def test_what_is_listed_is_read_alone_as_the_same(
    registry: RegistryOverHttp, kind_of: type[Declaration]
) -> None:
    found = registry.all(kind_of)

    assert found
    for each in found[:3]:
        assert registry.one(kind_of, each.id) == each
        assert registry.versioned(kind_of, each.id).version >= 1
        assert registry.facts(kind_of, each.id)["id"] == str(each.id)
        assert registry.by_id(kind_of, {each.id, NOBODY}) == {each.id: each}


@pytest.mark.parametrize(
    ("kind_of", "standing"),
    [
        (Agreement, AgreementStanding),
        (Milestone, MilestoneStanding),
        (Event, EventStanding),
    ],
)
def test_where_something_stands_is_listed_as_it_is_read_alone(
    registry: RegistryOverHttp, kind_of: type[Declaration], standing: type[object]
) -> None:
    found = registry.all_standing(kind_of, standing, on=ON)

    assert found
    for subject, stands in found[:3]:
        assert registry.one(kind_of, subject.id) == subject
        assert registry.standing(kind_of, standing, subject.id, on=ON) == stands


def test_the_filters_of_the_pages_are_taken(registry: RegistryOverHttp) -> None:
    [commitment, *_] = registry.whole(Collaboration, at_most=25, in_force=True, on=ON) or ()
    partner, agreement = commitment.partner_id, commitment.agreement_id

    assert registry.all(Collaboration, partner=partner, on=ON)
    assert registry.all(Collaboration, agreement=agreement)
    assert registry.all_standing(Agreement, AgreementStanding, partner=partner, on=ON)
    assert registry.all_standing(Milestone, MilestoneStanding, agreement=agreement, on=ON)
    assert registry.all(Agreement, state="in_force", q=None, on=ON)
    assert registry.page(Partner, after=None, limit=1, q="ㄴㅇㅂ", kind="company", on=ON).items
    assert registry.all(Milestone, state="due", due_to=date(2030, 1, 1), owner=None, on=ON)
    assert all(each.at.id == partner for each in registry.all(Person, at=partner))
    assert all(each.at.id == partner for each in registry.all(Seat, at=partner, on=ON))
    assert registry.all_standing(Event, EventStanding, state="ahead", partner=None, on=ON)
    assert registry.all(Agreement, partner=partner, ends_from=None, ends_to=None)


def test_names_of_more_than_a_hundred_ids_are_had(registry: RegistryOverHttp) -> None:
    partners = all_partners(registry)
    unknown = {UUID(int=NOBODY.int + number) for number in range(150)}

    names = registry.names_of(frozenset({*partners, *unknown}), frozenset({NOBODY}))

    assert names.keys() == set(partners)


def test_people_are_named_to_those_who_may_see_them_alone(connect: Connect) -> None:
    office = RegistryOverHttp(connect())
    people = {
        person.id: partner
        for partner in all_partners(office)
        for person in office.all(Person, at=partner)
    }
    assert people
    person, partner = next(iter(people.items()))

    assert office.by_id(Person, people).keys() == people.keys()
    assert RegistryOverHttp(connect("liaison", partner)).by_id(Person, people).keys() == {
        each for each, where in people.items() if where == partner
    }
    assert RegistryOverHttp(connect("auditor")).one(Person, person).name is None


def test_what_a_viewer_is_not_told_takes_its_default(connect: Connect) -> None:
    office, stranger = RegistryOverHttp(connect()), RegistryOverHttp(connect("liaison", NOBODY))
    [partner, *_] = all_partners(office)

    assert stranger.one(Partner, partner).memo is None


def test_a_made_up_place_in_a_list_is_no_outage(registry: RegistryOverHttp) -> None:
    for after in ("garbage", "\x00", "x" * 500):
        with pytest.raises(NoSuchPlace):
            registry.page(Partner, on=ON, after=after, limit=50)
        with pytest.raises(NoSuchPlace):
            registry.page_standing(Event, EventStanding, state="ahead", after=after, limit=25)
