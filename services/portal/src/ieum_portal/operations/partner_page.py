"""One partner: facts, agreements, commitments, milestones, people, and the network around it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from changefeed.subjects.agreement import Agreement
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.contact import Person
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.partner import Partner
from changefeed.subjects.seat import Seat
from ieum_portal.domain.countdown import days_left
from ieum_portal.domain.drawing import Drawing, draw
from ieum_portal.domain.holding import held_on, sits_on
from ieum_portal.domain.network import NetworkAnswer
from ieum_portal.domain.viewer import Viewer
from ieum_portal.operations.commitment_lines import CommitmentLine, commitment_lines
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.ports import Neighbours, Registry
from registryclient.answers import AgreementStanding


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
        holders: Who sits in each of them on the day.
        drawing: EMPTY if there is none.
    """

    partner: Partner
    agreements: Sequence[tuple[Agreement, AgreementStanding]]
    commitments: Sequence[CommitmentLine]
    milestones: Sequence[MilestoneLine]
    people: Sequence[PersonLine] | None
    seats: Sequence[Seat]
    holders: Mapping[UUID, Collection[UUID]]
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
    registry, gathering = neighbours.registry, Gathering(neighbours.left_s)
    partner = gathering.need("registry", lambda: registry.one(Partner, partner_id))
    around = gathering.begin(
        "graph",
        "network",
        lambda: neighbours.graph.partner_network(partner_id, on=on).seen_from(partner_id),
        otherwise=None,
    )
    agreed = gathering.begin(
        "registry",
        "agreements",
        lambda: registry.all_standing(Agreement, AgreementStanding, partner=partner_id, on=on),
        otherwise=(),
    )
    commitments: Sequence[Collaboration] = gathering.ask(
        "registry",
        "commitments",
        lambda: registry.all(Collaboration, partner=partner_id, on=on),
        otherwise=(),
    )
    named = {partner_id: partner.name}
    seats = _seats(partner_id, on, gathering, registry) if viewer.may_see_people else ()
    people = _people(partner_id, seats, on, gathering, registry) if viewer.may_see_people else None
    milestones = _milestones(partner_id, on, gathering, registry)
    lines = commitment_lines(commitments, named, on=on, gathering=gathering, registry=registry)
    agreements = agreed()
    network = around()
    return PartnerPage(
        partner,
        agreements,
        lines,
        milestones,
        people,
        seats,
        {each.id: held_on(each, on) for each in seats},
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
            *registry.all(Milestone, state="overdue", on=on, owner=partner_id),
            *registry.all(Milestone, state="due", on=on, owner=partner_id),
        ],
        otherwise=[],
    )
    by_day = sorted(found, key=lambda each: (each.due_on, each.title.ko))
    return [MilestoneLine(each, days_left(each.due_on, on)) for each in by_day]


def _seats(partner_id: UUID, on: date, gathering: Gathering, registry: Registry) -> Sequence[Seat]:
    seats: Sequence[Seat] = gathering.ask(
        "registry", "people", lambda: registry.all(Seat, at=partner_id, on=on), otherwise=()
    )
    return seats


def _people(
    partner_id: UUID, seats: Sequence[Seat], on: date, gathering: Gathering, registry: Registry
) -> list[PersonLine]:
    people: Sequence[Person] = gathering.ask(
        "registry", "people", lambda: registry.all(Person, at=partner_id), otherwise=()
    )
    return [_person(person, seats, on) for person in people]


def _person(person: Person, seats: Sequence[Seat], on: date) -> PersonLine:
    held = [
        (seat.role, holder.from_on)
        for seat in seats
        for holder in seat.holders
        if holder.contact_id == person.id and sits_on(holder, on)
    ]
    roles = sorted({role for role, _ in held})
    return PersonLine(person, roles, min((since for _, since in held), default=None))
