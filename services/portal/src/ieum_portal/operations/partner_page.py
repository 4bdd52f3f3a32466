"""One partner: facts, agreements, commitments, milestones, people, and the network around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ieum_portal.domain.countdown import days_left
from ieum_portal.domain.drawing import Drawing, draw
from ieum_portal.domain.network import NetworkAnswer
from ieum_portal.domain.record import (
    Commitment,
    Milestone,
    Partner,
    Person,
    Seat,
)
from ieum_portal.domain.viewer import Viewer
from ieum_portal.operations.commitment_lines import CommitmentLine, commitment_lines
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.ports import AgreementLine, Neighbours, Registry


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """An open milestone of the partner."""

    milestone: Milestone
    days_left: int


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person with the seats held on the day, by role."""

    person: Person
    roles: Sequence[str]
    since: date | None


@dataclass(frozen=True, slots=True)
class PartnerPage(Gathered):
    """Everything that the page shows.

    Attributes:
        people: None if people are not shown to this viewer.
        seats: The partner's seats, held or empty; none if people are not shown.
        drawing: EMPTY if there is none.
    """

    partner: Partner
    agreements: Sequence[AgreementLine]
    commitments: Sequence[CommitmentLine]
    milestones: Sequence[MilestoneLine]
    people: Sequence[PersonLine] | None
    seats: Sequence[Seat]
    network: NetworkAnswer | None
    drawing: Drawing


def partner_page(
    partner_id: UUID, *, viewer: Viewer, on: date, neighbours: Neighbours
) -> PartnerPage:
    """Gather the page for one viewer.

    Without the partner itself there is no page: that the registry is down or knows no such
    partner is the caller's to tell. Everything else may be missing.

    Raises:
        NotFound: No such partner, or not this viewer's to see.
        NeighbourDown, NeighbourRefused: The registry could not say.
    """
    registry, gathering = neighbours.registry, Gathering()
    partner = registry.partner(partner_id)
    network = gathering.ask(
        "graph",
        "network",
        lambda: neighbours.graph.partner_network(partner_id, on=on).seen_from(partner_id),
        otherwise=None,
    )
    agreements: Sequence[AgreementLine] = gathering.ask(
        "registry",
        "agreements",
        lambda: registry.agreements_of(partner_id, on=on),
        otherwise=(),
    )
    commitments: Sequence[Commitment] = gathering.ask(
        "registry",
        "commitments",
        lambda: registry.commitments_of(partner_id, on=on),
        otherwise=(),
    )
    named = {partner_id: partner.name}
    seats = _seats(partner_id, on, gathering, registry) if viewer.may_see_people else ()
    return PartnerPage(
        partner,
        agreements,
        commitment_lines(commitments, named, on=on, gathering=gathering, registry=registry),
        _milestones(partner_id, on, gathering, registry),
        _people(partner_id, seats, on, gathering, registry) if viewer.may_see_people else None,
        seats,
        network,
        draw(network.nodes, network.edges) if network else draw((), ()),
        missing=tuple(gathering.missing),
    )


def _milestones(
    partner_id: UUID, on: date, gathering: Gathering, registry: Registry
) -> list[MilestoneLine]:
    found: Sequence[Milestone] = gathering.ask(
        "registry",
        "milestones",
        lambda: [
            *registry.milestones(state="overdue", on=on, owner=partner_id),
            *registry.milestones(state="due", on=on, owner=partner_id),
        ],
        otherwise=[],
    )
    by_day = sorted(found, key=lambda each: (each.due_on, each.title.ko))
    return [MilestoneLine(each, days_left(each.due_on, on)) for each in by_day]


def _seats(partner_id: UUID, on: date, gathering: Gathering, registry: Registry) -> Sequence[Seat]:
    seats: Sequence[Seat] = gathering.ask(
        "registry", "people", lambda: registry.seats_at(partner_id, on=on), otherwise=()
    )
    return seats


def _people(
    partner_id: UUID, seats: Sequence[Seat], on: date, gathering: Gathering, registry: Registry
) -> list[PersonLine]:
    people: Sequence[Person] = gathering.ask(
        "registry", "people", lambda: registry.people_at(partner_id), otherwise=()
    )
    return [_person(person, seats, on) for person in people]


def _person(person: Person, seats: Sequence[Seat], on: date) -> PersonLine:
    held = [
        (seat.role, holding.since)
        for seat in seats
        for holding in seat.holdings
        if holding.contact_id == person.id and holding.holds_on(on)
    ]
    roles = sorted({role for role, _ in held})
    return PersonLine(person, roles, min((since for _, since in held), default=None))
