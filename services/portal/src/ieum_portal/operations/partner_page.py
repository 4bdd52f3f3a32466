"""One partner: facts, agreements, commitments, milestones, people, and the network around it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
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
from ieum_portal.operations.ports import Kind, Neighbours, Registry
from registryclient.answers import AgreementStanding, Asked, Listed, Total

MOST_ROWS = 10
"""So many agreements and milestones stand on the page; the others are a list's work."""
MOST_COMMITMENTS = 20
MOST_PEOPLE = 50

NONE = Total(0, exact=True)
NOTHING: Listed[Any] = Listed((), None, NONE)


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
    """Everything that the page shows: the first of each list, and how many there are in all.

    Attributes:
        agreements: The latest signed first.
        commitments: Those that hold on the day before others.
        holding_total: How many hold on the day.
        milestones: The open ones, the first due first.
        people: None if people are not shown to this viewer.
        seats: The partner's seats, held or empty; none if people are not shown.
        holders: Who sits in each of them on the day.
        drawing: EMPTY if there is none.
    """

    partner: Partner
    agreements: Listed[tuple[Agreement, AgreementStanding]]
    commitments: Sequence[CommitmentLine]
    commitments_total: Total
    holding_total: Total
    milestones: Sequence[MilestoneLine]
    milestones_total: Total
    people: Sequence[PersonLine] | None
    people_total: Total
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
        lambda: registry.page_standing(
            Agreement,
            AgreementStanding,
            after=None,
            limit=MOST_ROWS,
            partner=partner_id,
            on=on,
            count=True,
        ),
        otherwise=NOTHING,
    )
    promised = [
        gathering.begin(
            "registry",
            "milestones",
            partial(_page, registry, Milestone, MOST_ROWS, owner=partner_id, on=on, state=state),
            otherwise=NOTHING,
        )
        for state in ("overdue", "due")
    ]
    known = _begin_people(partner_id, on, gathering, registry) if viewer.may_see_people else None
    named = {partner_id: partner.name}
    committed, holding = _commitments(partner_id, on, gathering, registry)
    lines = commitment_lines(
        [*{each.id: each for each in (*holding.items, *committed.items)}.values()],
        named,
        on=on,
        gathering=gathering,
        registry=registry,
    )
    overdue, due = (each() for each in promised)
    milestones = [
        MilestoneLine(each, days_left(each.due_on, on)) for each in (*overdue.items, *due.items)
    ]
    people: Listed[Person] = NOTHING
    seats: Sequence[Seat] = ()
    if known is not None:
        people, seats = known[0](), known[1]().items
    agreements = agreed()
    network = around()
    return PartnerPage(
        partner,
        agreements,
        lines[:MOST_COMMITMENTS],
        _total(committed),
        _total(holding),
        milestones[:MOST_ROWS],
        _both(_total(overdue), _total(due)),
        None if known is None else [_person(person, seats, on) for person in people.items],
        _total(people),
        seats,
        {each.id: held_on(each, on) for each in seats},
        network,
        draw(network.nodes, network.edges) if network else draw((), ()),
        missing=tuple(gathering.missing),
    )


def _page(registry: Registry, kind_of: type[Kind], limit: int, **asked: Asked) -> Listed[Kind]:
    return registry.page(kind_of, after=None, limit=limit, count=True, **asked)


def _commitments(
    partner_id: UUID, on: date, gathering: Gathering, registry: Registry
) -> tuple[Listed[Collaboration], Listed[Collaboration]]:
    """Give the first of all commitments, and the first of those that hold on the day."""
    narrowed: tuple[dict[str, Asked], ...] = ({}, {"in_force": True, "on": on})
    every, holding = (
        gathering.begin(
            "registry",
            "commitments",
            partial(_page, registry, Collaboration, MOST_COMMITMENTS, partner=partner_id, **more),
            otherwise=NOTHING,
        )
        for more in narrowed
    )
    return every(), holding()


def _begin_people(
    partner_id: UUID, on: date, gathering: Gathering, registry: Registry
) -> tuple[Callable[[], Listed[Person]], Callable[[], Listed[Seat]]]:
    return (
        gathering.begin(
            "registry",
            "people",
            partial(_page, registry, Person, MOST_PEOPLE, at=partner_id),
            otherwise=NOTHING,
        ),
        gathering.begin(
            "registry",
            "people",
            partial(_page, registry, Seat, MOST_PEOPLE, at=partner_id, on=on),
            otherwise=NOTHING,
        ),
    )


def _total(found: Listed[Any]) -> Total:
    return found.total or NONE


def _both(one: Total, other: Total) -> Total:
    return Total(one.count + other.count, one.exact and other.exact)


def _person(person: Person, seats: Sequence[Seat], on: date) -> PersonLine:
    held = [
        (seat.role, holder.from_on)
        for seat in seats
        for holder in seat.holders
        if holder.contact_id == person.id and sits_on(holder, on)
    ]
    roles = sorted({role for role, _ in held})
    return PersonLine(person, roles, min((since for _, since in held), default=None))
