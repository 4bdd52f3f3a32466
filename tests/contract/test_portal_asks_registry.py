"""What the portal asks the registry is what the registry takes, and its answers are read."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from threading import Thread
from uuid import UUID

import pytest
from werkzeug.serving import make_server

from httpedge.caller import Role
from ieum_portal.domain.errors import NoSuchPlace
from ieum_portal.outbound.events import EventsOverHttp
from ieum_portal.outbound.registry import RegistryOverHttp
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
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
    page = registry.partners(q=None, kind=None, on=ON, after=None, limit=200)
    return [each.id for each in page.partners]


def test_every_list_is_taken_and_read(registry: RegistryOverHttp) -> None:
    [partner, *_] = [each.partner_id for each in registry.commitments_in_force(on=ON) or ()]
    [line, *_] = registry.agreements_of(partner, on=ON)
    agreement = line.agreement.id

    assert registry.programmes()
    assert registry.strategies()
    assert registry.tasks()
    assert registry.fields()
    assert registry.technologies()
    assert registry.commitment_counts(on=ON)
    assert registry.commitments_of(partner, on=ON)
    assert registry.commitments_under(agreement)
    assert registry.milestones_under(agreement)
    assert registry.agreements(state="in_force", q=None, on=ON)
    assert registry.milestones(state="due", on=ON, due_to=None, owner=None) is not None
    assert registry.people_at(partner) is not None
    assert registry.seats_at(partner, on=ON) is not None


def test_names_of_more_than_a_hundred_ids_are_had(registry: RegistryOverHttp) -> None:
    partners = all_partners(registry)
    unknown = {UUID(int=NOBODY.int + number) for number in range(150)}

    names = registry.names_of(frozenset({*partners, *unknown}), frozenset({NOBODY}))

    assert names.keys() == set(partners)


def test_an_agreement_is_listed_as_it_is_read_alone(registry: RegistryOverHttp) -> None:
    for partner in all_partners(registry)[:5]:
        for line in registry.agreements_of(partner, on=ON):
            agreement = line.agreement.id
            assert line.agreement == registry.agreement(agreement)
            assert line.standing == registry.standing_of(agreement, on=ON)
            assert registry.agreements_by_id({agreement, NOBODY}) == {agreement: line.agreement}


def test_people_are_named_to_those_who_may_see_them_alone(connect: Connect) -> None:
    office = RegistryOverHttp(connect())
    people = {
        person.id: partner
        for partner in all_partners(office)
        for person in office.people_at(partner)
    }
    assert people
    person, partner = next(iter(people.items()))

    assert office.people_by_id(people).keys() == people.keys()
    assert RegistryOverHttp(connect("liaison", partner)).people_by_id(people).keys() == {
        each for each, where in people.items() if where == partner
    }
    assert RegistryOverHttp(connect("auditor")).people_by_id({person})[person].name is None


def test_a_made_up_place_in_a_list_is_no_outage(connect: Connect) -> None:
    registry, events = RegistryOverHttp(connect()), EventsOverHttp(connect())

    for after in ("garbage", "\x00", "x" * 500):
        with pytest.raises(NoSuchPlace):
            registry.partners(q=None, kind=None, on=ON, after=after, limit=50)
        with pytest.raises(NoSuchPlace):
            events.events(state="ahead", kind=None, q=None, on=None, after=after, limit=25)
