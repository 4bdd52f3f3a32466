"""What a form of a change is about: the record as it stands, and what there is to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ieum_portal.domain.errors import NotFound
from ieum_portal.domain.event import Event
from ieum_portal.domain.programme import ServiceField
from ieum_portal.domain.record import (
    Agreement,
    Commitment,
    Milestone,
    Party,
    Person,
    Place,
    Seat,
    Task,
)
from ieum_portal.domain.words import Words
from ieum_portal.operations.ports import Neighbours, Registry


@dataclass(frozen=True, slots=True)
class MilestoneMatter:
    """A milestone to be recorded as done."""

    milestone: Milestone
    agreement: Agreement | None
    owner: Words | None


@dataclass(frozen=True, slots=True)
class StartMatter:
    """An agreement under which somebody commits itself, and what may be chosen.

    Attributes:
        parties: The sides that have not left by the day, by name.
        tasks: Of the agreement's own programme, if it has one (L-13).
    """

    agreement: Agreement
    parties: Sequence[tuple[UUID, Words]]
    tasks: Sequence[Task]
    technologies: Sequence[tuple[UUID, Words]]
    fields: Sequence[ServiceField]


@dataclass(frozen=True, slots=True)
class EndMatter:
    """A commitment to be ended."""

    commitment: Commitment
    agreement: Agreement
    partner: Words | None
    task: Words | None


@dataclass(frozen=True, slots=True)
class ContactMatter:
    """A person whose facts are to be changed, and where they belong."""

    person: Person
    place: Place
    house: Words | None


@dataclass(frozen=True, slots=True)
class EventMatter:
    """An event to be registered or changed, and what may be chosen for it.

    Attributes:
        event: None if it is to be registered.
        partners, departments: All there are, by name; the city itself may take part.
    """

    event: Event | None
    partners: Sequence[tuple[UUID, Words]]
    departments: Sequence[tuple[UUID, Words]]
    tasks: Sequence[Task]


@dataclass(frozen=True, slots=True)
class SeatMatter:
    """A seat to be handed over.

    Attributes:
        holders: Who sits there on the day.
        people: Who may sit there: people of the same house.
    """

    seat: Seat
    house: Words | None
    holders: Sequence[Person]
    people: Sequence[Person]


def milestone_matter(milestone_id: UUID, *, neighbours: Neighbours) -> MilestoneMatter:
    """Give the milestone with its agreement. Raises NotFound, NeighbourDown."""
    registry = neighbours.registry
    milestone = registry.milestone(milestone_id)
    agreement = registry.agreement(milestone.agreement_id) if milestone.agreement_id else None
    return MilestoneMatter(milestone, agreement, _house(milestone.owner, registry))


def start_matter(agreement_id: UUID, *, on: date, neighbours: Neighbours) -> StartMatter:
    """Give the agreement with what may be chosen under it. Raises NotFound, NeighbourDown."""
    registry = neighbours.registry
    agreement = registry.agreement(agreement_id)
    sides = [each.partner_id for each in agreement.parties if _stays(each, on)]
    names = registry.names_of(frozenset(sides), frozenset())
    return StartMatter(
        agreement,
        sorted(((each, names[each]) for each in sides if each in names), key=_by_name),
        _tasks(agreement, registry),
        sorted(registry.technologies().items(), key=_by_name),
        [each for each in registry.fields() if agreement.programme_id in (None, each.programme_id)],
    )


def end_matter(commitment_id: UUID, *, neighbours: Neighbours) -> EndMatter:
    """Give the commitment with its names. Raises NotFound, NeighbourDown."""
    registry = neighbours.registry
    commitment = registry.commitment(commitment_id)
    tasks = {each.id: each.name for each in registry.tasks()}
    names = registry.names_of(frozenset({commitment.partner_id}), frozenset())
    return EndMatter(
        commitment,
        registry.agreement(commitment.agreement_id),
        names.get(commitment.partner_id),
        tasks.get(commitment.task_id),
    )


def event_matter(event_id: UUID | None, *, neighbours: Neighbours) -> EventMatter:
    """Give the event, if there is one, with what it may name. Raises NotFound, NeighbourDown."""
    events = neighbours.events
    return EventMatter(
        None if event_id is None else events.event(event_id),
        sorted(events.participants().items(), key=_by_name),
        sorted(events.departments().items(), key=_by_name),
        neighbours.registry.tasks(),
    )


def contact_matter(contact_id: UUID, *, neighbours: Neighbours) -> ContactMatter:
    """Give the person. Raises NotFound, NeighbourDown."""
    person = neighbours.registry.person(contact_id)
    if person.at is None:
        raise NotFound
    return ContactMatter(person, person.at, _house(person.at, neighbours.registry))


def seat_matter(seat_id: UUID, *, on: date, neighbours: Neighbours) -> SeatMatter:
    """Give the seat with who may take it. Raises NotFound, NeighbourDown."""
    registry = neighbours.registry
    seat = registry.seat(seat_id)
    people = registry.people_at(seat.at.id)
    there = seat.held_on(on)
    return SeatMatter(
        seat,
        _house(seat.at, registry),
        [each for each in people if each.id in there],
        sorted(people, key=lambda each: each.name or ""),
    )


def _stays(party: Party, on: date) -> bool:
    return party.side == "partner" and (party.left_on is None or party.left_on >= on)


def _by_name(pair: tuple[UUID, Words]) -> str:
    return pair[1].ko


def _tasks(agreement: Agreement, registry: Registry) -> list[Task]:
    tasks = registry.tasks()
    if agreement.programme_id is None:
        return list(tasks)
    within = {
        each.id for each in registry.strategies() if each.programme_id == agreement.programme_id
    }
    return [each for each in tasks if each.strategy_id in within]


def _house(place: Place, registry: Registry) -> Words | None:
    one = frozenset({place.id})
    none: frozenset[UUID] = frozenset()
    names = registry.names_of(*((one, none) if place.type == "partner" else (none, one)))
    return names.get(place.id)
