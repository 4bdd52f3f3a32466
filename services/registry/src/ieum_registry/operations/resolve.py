"""Say what stands now: facts of subjects, and the people behind seats."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from changefeed.mapping import from_facts
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.seat import Seat
from ieum_registry.operations.ports.ledger import Person
from ieum_registry.operations.ports.records import Reading, Records


@dataclass(frozen=True, slots=True)
class SeatedPerson:
    """One person who holds a seat on the day asked about and may be written to."""

    contact: Contact
    person: Person


@dataclass(frozen=True, slots=True)
class FilledSeat:
    """A seat with the people in it, in the order in which they took it."""

    seat: Seat
    people: tuple[SeatedPerson, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was found; unknown ids are absent."""

    subjects: tuple[tuple[str, Reading], ...]
    seats: tuple[FilledSeat, ...]


def resolve(
    subjects: Sequence[tuple[str, UUID]],
    seats: Sequence[UUID],
    *,
    on: date,
    records: Records,
) -> Resolution:
    """Give current facts and the people to write to.

    A contact whose consent does not cover the day, or whose name was erased, is left out.

    Args:
        on: The day in Seoul on which the seats are held.
    """
    by_type: dict[str, list[UUID]] = {}
    for subject_type, subject_id in subjects:
        by_type.setdefault(subject_type, []).append(subject_id)
    found = {
        (subject_type, each): reading
        for subject_type, ids in by_type.items()
        for each, reading in records.many(subject_type, ids).items()
    }
    known = tuple((key[0], found[key]) for key in dict.fromkeys(subjects) if key in found)
    return Resolution(known, _fill(seats, on=on, records=records))


def _fill(seat_ids: Sequence[UUID], *, on: date, records: Records) -> tuple[FilledSeat, ...]:
    readings = records.many("seat", seat_ids)
    seats = [
        from_facts(Seat, _facts(readings[each]))
        for each in dict.fromkeys(seat_ids)
        if each in readings
    ]
    holders = [contact_id for seat in seats for contact_id in seat.held_on(on)]
    contacts = {
        each: from_facts(Contact, _facts(reading))
        for each, reading in records.many("contact", holders).items()
    }
    people = records.people(holders)
    return tuple(
        FilledSeat(
            seat,
            tuple(
                SeatedPerson(contacts[each], people[each])
                for each in seat.held_on(on)
                if each in people and each in contacts and contacts[each].may_be_written_to(on)
            ),
        )
        for seat in seats
    )


def _facts(reading: Reading) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(reading.text)
    return facts
