"""What a form of a change is about: the record as it stands, and what there is to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from changefeed.bounds import left_on
from changefeed.subjects.agreement import Agreement, Party
from changefeed.subjects.catalogue import ServiceField, Strategy, Task
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.contact import Person
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.parts import Place, Words
from changefeed.subjects.seat import Seat
from ieum_portal.domain.holding import held_on
from ieum_portal.operations.names import commitment_names, technology_names
from ieum_portal.operations.ports import Neighbours, Registry


@dataclass(frozen=True, slots=True)
class MilestoneContext:
    """A milestone to be recorded as done."""

    milestone: Milestone
    agreement: Agreement | None
    owner: Words | None
    version: int


@dataclass(frozen=True, slots=True)
class UnderContext:
    """An agreement under which something is promised, and by whom.

    Attributes:
        parties: The sides that have not left by the day, by name.
        commitments: Under it, by name.
    """

    agreement: Agreement
    parties: Sequence[tuple[UUID, Words]]
    commitments: Sequence[tuple[UUID, Words]]


@dataclass(frozen=True, slots=True)
class StartContext:
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
class EndContext:
    """A commitment to be ended."""

    commitment: Collaboration
    agreement: Agreement
    partner: Words | None
    task: Words | None
    version: int


@dataclass(frozen=True, slots=True)
class ContactContext:
    """A person whose facts are to be changed, and where they belong."""

    person: Person
    house: Words | None
    version: int


@dataclass(frozen=True, slots=True)
class SeatContext:
    """A seat to be handed over.

    Attributes:
        holders: Who sits there on the day.
        people: Who may sit there: people of the same house who were not erased.
    """

    seat: Seat
    house: Words | None
    holders: Sequence[Person]
    people: Sequence[Person]
    version: int


def milestone_context(milestone_id: UUID, *, neighbours: Neighbours) -> MilestoneContext:
    """Give the milestone with its agreement. Raises NotFound, NeighbourDown."""
    registry = neighbours.registry
    found = registry.versioned(Milestone, milestone_id)
    milestone = found.subject
    agreement = registry.one(Agreement, milestone.agreement_id) if milestone.agreement_id else None
    return MilestoneContext(milestone, agreement, _house(milestone.owner, registry), found.version)


def under_context(agreement_id: UUID, *, on: date, neighbours: Neighbours) -> UnderContext:
    """Give the agreement with who may owe something under it. Raises NotFound, NeighbourDown."""
    registry = neighbours.registry
    agreement = registry.one(Agreement, agreement_id)
    commitments = registry.all(Collaboration, agreement=agreement_id)
    return UnderContext(
        agreement,
        _parties(agreement, on, registry),
        sorted(commitment_names(commitments, registry).items(), key=_by_name),
    )


def start_context(agreement_id: UUID, *, on: date, neighbours: Neighbours) -> StartContext:
    """Give the agreement with what may be chosen under it. Raises NotFound, NeighbourDown."""
    registry = neighbours.registry
    agreement = registry.one(Agreement, agreement_id)
    return StartContext(
        agreement,
        _parties(agreement, on, registry),
        _tasks(agreement, registry),
        sorted(technology_names(registry).items(), key=_by_name),
        [
            each
            for each in registry.all(ServiceField)
            if agreement.programme_id in (None, each.programme_id)
        ],
    )


def end_context(commitment_id: UUID, *, neighbours: Neighbours) -> EndContext:
    """Give the commitment with its names. Raises NotFound, NeighbourDown."""
    registry = neighbours.registry
    found = registry.versioned(Collaboration, commitment_id)
    commitment = found.subject
    tasks = {each.id: each.name for each in registry.all(Task)}
    names = registry.names_of(frozenset({commitment.partner_id}), frozenset())
    return EndContext(
        commitment,
        registry.one(Agreement, commitment.agreement_id),
        names.get(commitment.partner_id),
        tasks.get(commitment.task_id),
        found.version,
    )


def contact_context(contact_id: UUID, *, neighbours: Neighbours) -> ContactContext:
    """Give the person. Raises NotFound, NeighbourDown."""
    found = neighbours.registry.versioned(Person, contact_id)
    return ContactContext(
        found.subject, _house(found.subject.at, neighbours.registry), found.version
    )


def seat_context(seat_id: UUID, *, on: date, neighbours: Neighbours) -> SeatContext:
    """Give the seat with who may take it. Raises NotFound, NeighbourDown."""
    registry = neighbours.registry
    found = registry.versioned(Seat, seat_id)
    seat = found.subject
    people = registry.all(Person, at=seat.at.id)
    there = held_on(seat, on)
    return SeatContext(
        seat,
        _house(seat.at, registry),
        [each for each in people if each.id in there],
        sorted(
            (each for each in people if each.erased_on is None), key=lambda each: each.name or ""
        ),
        found.version,
    )


def _parties(agreement: Agreement, on: date, registry: Registry) -> list[tuple[UUID, Words]]:
    sides = frozenset(each.partner_id for each in agreement.parties if _stays(each, on))
    return sorted(registry.names_of(sides, frozenset()).items(), key=_by_name)


def _stays(party: Party, on: date) -> bool:
    return party.side == "partner" and (left_on(party) or on) >= on


def _by_name(pair: tuple[UUID, Words]) -> str:
    return pair[1].ko


def _tasks(agreement: Agreement, registry: Registry) -> list[Task]:
    tasks = registry.all(Task)
    if agreement.programme_id is None:
        return list(tasks)
    within = {
        each.id for each in registry.all(Strategy) if each.programme_id == agreement.programme_id
    }
    return [each for each in tasks if each.strategy_id in within]


def _house(place: Place, registry: Registry) -> Words | None:
    one = frozenset({place.id})
    none: frozenset[UUID] = frozenset()
    names = registry.names_of(*((one, none) if place.type == "partner" else (none, one)))
    return names.get(place.id)
