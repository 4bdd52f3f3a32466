"""What the planner knows: open dates, seats, the coordinating office and the working days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from changefeed.change import Facts
from ieum_notify.domain.calendar import working_days
from ieum_notify.domain.consent import Consent
from ieum_notify.domain.facts import FactsUnreadable, Record, Subject
from ieum_notify.domain.seat import Seat
from ieum_notify.domain.told import LettersSent, Told, what_was_told
from workdays.calendar import WorkingDays

PLANNED_FROM = ("seat", "contact", "department", "partner", "calendar_day")
"""The subject types that planning needs beside those of the rules themselves."""


@dataclass(frozen=True, slots=True)
class Known:
    """Facts at one moment, ready for planning.

    Attributes:
        records: Every subject planned from, by type and id.
        seats: The seats of each partner and department, in order of their ids.
        consents: When each contact may be written to; one not known is the registry's to say.
        office: The department that coordinates, or None if the record names none.
        own: The partners that are the city itself.
        unreadable: Subjects that had to be set aside, each with what is wrong with it.
        told: The seats that letters told of a subject, and what they go by; facts do not say it.
    """

    records: Mapping[Subject, Record]
    seats: Mapping[Subject, tuple[Seat, ...]]
    consents: Mapping[UUID, Consent]
    office: Subject | None
    own: frozenset[Subject]
    days: WorkingDays
    unreadable: Mapping[Subject, str]
    told: Mapping[Subject, Mapping[UUID, Told]] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Mapping[Subject, Record]) -> "Known":
        """Sort records out; what cannot be read is set aside rather than stopping the rest."""
        unreadable: dict[Subject, str] = {}
        seats: dict[Subject, list[Seat]] = {}
        consents: dict[UUID, Consent] = {}
        decreed: list[Facts] = []
        own: set[Subject] = set()
        office = None
        for subject, record in sorted(records.items(), key=lambda item: item[0]):
            try:
                if subject.type == "seat":
                    seat = Seat.from_facts(record.facts)
                    seats.setdefault(seat.at, []).append(seat)
                elif subject.type == "contact":
                    consents[subject.id] = Consent.from_facts(record.facts)
                elif subject.type == "calendar_day":
                    working_days([record.facts])
                    decreed.append(record.facts)
                elif subject.type == "department" and record.facts.get("office") is True:
                    office = office or subject
                elif subject.type == "partner" and record.facts.get("own") is True:
                    own.add(subject)
            except FactsUnreadable as error:
                unreadable[subject] = str(error)
        return cls(
            records,
            {place: tuple(found) for place, found in seats.items()},
            consents,
            office,
            frozenset(own),
            working_days(decreed),
            unreadable,
        )

    def updated(self, records: Mapping[Subject, Record], seats: Iterable[Seat]) -> "Known":
        """Lay fresher records and seats over what is known; the calendar stays."""
        fresh = {seat.id: seat for seat in seats}
        by_place: dict[Subject, list[Seat]] = {}
        for seat in (*(s for found in self.seats.values() for s in found), *fresh.values()):
            current = fresh.get(seat.id, seat)
            place = by_place.setdefault(current.at, [])
            if current not in place:
                place.append(current)
        return replace(
            self,
            records={**self.records, **records},
            seats={place: tuple(found) for place, found in by_place.items()},
        )

    def with_told(self, letters: Iterable[LettersSent]) -> "Known":
        """Add who was told of what, from the book."""
        return replace(self, told=what_was_told(letters))

    def times_taken_back(self, subject: Subject, seat_id: UUID | None) -> int:
        """Count the letters that took back what a seat was told of a subject."""
        told = None if seat_id is None else self.told.get(subject, {}).get(seat_id)
        return 0 if told is None else told.times_taken_back

    def seat(self, seat_id: UUID) -> Seat | None:
        """Give a seat wherever it is."""
        seats = (seat for found in self.seats.values() for seat in found)
        return next((seat for seat in seats if seat.id == seat_id), None)

    def seats_told(self, place: Subject | None, role: str | None, on: date) -> tuple[UUID, ...]:
        """Give the seats of a role at a place in which somebody may be written to on the day."""
        seats = () if place is None else self.seats.get(place, ())
        return tuple(
            seat.id
            for seat in seats
            if seat.role == role and any(self.may_be_told(each, on) for each in seat.held_by(on))
        )

    def may_be_told(self, contact_id: UUID, on: date) -> bool:
        """Say whether consent covers the day; of a contact not known the registry says it."""
        consent = self.consents.get(contact_id)
        return consent is None or consent.covers(on)

    def of_type(self, subject_type: str) -> Iterable[tuple[Subject, Record]]:
        """Give each record of one type, in order of id."""
        return sorted(
            (item for item in self.records.items() if item[0].type == subject_type),
            key=lambda item: item[0],
        )
