"""What the planner knows: open dates, seats, the coordinating office and the working days."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from changefeed.change import Facts
from ieum_notify.domain.calendar import working_days
from ieum_notify.domain.consent import Consent
from ieum_notify.domain.facts import FactsUnreadable, Record, Subject, identity, words
from ieum_notify.domain.hours import OFFICE_HOURS, Hours
from ieum_notify.domain.letters_out import LettersOut, SeatNotices, notices_by_seat
from ieum_notify.domain.reading import Reader, led_by
from ieum_notify.domain.seat import Seat
from ieum_notify.domain.words import Words
from workdays.calendar import WorkingDays

PLANNED_FROM = ("seat", "contact", "department", "partner", "calendar_day")
"""The subject types that planning needs beside those of the rules themselves."""


@dataclass(frozen=True, slots=True)
class Known:
    """Facts at one moment, ready for planning.

    Attributes:
        records: Every subject planned from, by type and id.
        seats: The seats of each partner and department, in order of their ids; of a partner those
            of every record that is the same organisation.
        seats_by_id: The same, each by its id.
        consents: When each contact may be written to; one not known is the registry's to say.
        office: The department that coordinates, or None if the record names none.
        own: The partners that are the city itself.
        unreadable: Subjects that had to be set aside, each with what is wrong with it.
        hours: When letters may go out; the house's own affair, no fact says it.
        merged: The records that each partner stands for beside its own.
        organisations: By each of these records all that are one organisation.
        told: The seats that letters told of a subject, and what they go by; facts do not say it.
    """

    records: Mapping[Subject, Record]
    seats: Mapping[Subject, tuple[Seat, ...]]
    consents: Mapping[UUID, Consent]
    office: Subject | None
    own: frozenset[Subject]
    days: WorkingDays
    unreadable: Mapping[Subject, str]
    told: Mapping[Subject, Mapping[UUID, SeatNotices]] = field(default_factory=dict)
    hours: Hours = OFFICE_HOURS
    seats_by_id: Mapping[UUID, Seat] = field(default_factory=dict)
    merged: Mapping[Subject, tuple[Subject, ...]] = field(default_factory=dict)
    organisations: Mapping[Subject, frozenset[Subject]] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Mapping[Subject, Record]) -> "Known":
        """Sort records out; what cannot be read is set aside rather than stopping the rest."""
        return cls({}, {}, {}, None, frozenset(), working_days(()), {}).changed(records)

    def changed(self, changes: Mapping[Subject, Record | None]) -> "Known":
        """Give what is known after some changes: the same as sorting all records out anew.

        Only what changed is read; what stays is carried over.

        Args:
            changes: By subject what it is now; None takes it away.
        """
        types = {subject.type for subject in changes}
        records = dict(self.records)  # A copy costs little, another hash of each subject much.
        unreadable, own = dict(self.unreadable), set(self.own)
        consents = dict(self.consents) if "contact" in types else {}
        seats = dict(self.seats_by_id) if "seat" in types else {}
        merged = dict(self.merged)
        for subject, record in changes.items():
            records.pop(subject, None)
            unreadable.pop(subject, None)
            match subject.type:
                case "seat":
                    seats.pop(subject.id, None)
                case "contact":
                    consents.pop(subject.id, None)
                case "partner":
                    own.discard(subject)
                    merged.pop(subject, None)
            if record is None:
                continue
            records[subject] = record
            try:
                match subject.type:
                    case "seat":
                        seats[subject.id] = _seat(subject, record.facts)
                    case "contact":
                        consents[subject.id] = Consent.from_facts(record.facts)
                    case "partner":
                        if record.facts.get("own") is True:
                            own.add(subject)
                        if record.facts.get("merged_ids"):
                            merged[subject] = _merged(record.facts)
                    case "calendar_day":
                        working_days([record.facts])
            except FactsUnreadable as error:
                unreadable[subject] = str(error)
        seats_by_id = seats if "seat" in types else self.seats_by_id
        is_as_before = merged == self.merged
        organisations = self.organisations if is_as_before else _organisations(merged)
        is_as_before = is_as_before and "seat" not in types
        return replace(
            self,
            records=records,
            seats=self.seats if is_as_before else _by_place(seats_by_id.values(), organisations),
            seats_by_id=seats_by_id,
            merged=merged,
            organisations=organisations,
            consents=consents if "contact" in types else self.consents,
            office=_office(records) if "department" in types else self.office,
            own=frozenset(own),
            days=_days(records, unreadable) if "calendar_day" in types else self.days,
            unreadable=unreadable,
        )

    def updated(self, records: Mapping[Subject, Record], seats: Iterable[Seat]) -> "Known":
        """Lay fresher records and seats over what is known; the calendar stays."""
        fresher = {seat.id: seat for seat in seats if self.seats_by_id.get(seat.id) != seat}
        by_id = {**self.seats_by_id, **fresher} if fresher else self.seats_by_id
        return replace(
            self,
            records={**self.records, **records},
            seats=_by_place(by_id.values(), self.organisations) if fresher else self.seats,
            seats_by_id=by_id,
        )

    def with_told(self, letters: Iterable[LettersOut]) -> "Known":
        """Add who was told of what, from the outbox."""
        return replace(self, told=notices_by_seat(letters))

    def times_taken_back(self, subject: Subject, seat_id: UUID | None) -> int:
        """Count the letters that took back what a seat was told of a subject."""
        told = None if seat_id is None else self.told.get(subject, {}).get(seat_id)
        return 0 if told is None else told.times_taken_back

    def reader(self, place: Subject, on: date) -> Reader:
        """Say who the people at a place are, as far as what they may read goes."""
        record = self.records.get(place)
        is_office = record is not None and record.facts.get("office") is True
        return Reader(place, is_office, on, self.one_with(place))

    def one_with(self, place: Subject) -> frozenset[Subject]:
        """Give every record that is the same organisation as a place, itself included.

        Source: docs/rules/lifecycle.md, L-36.
        """
        return self.organisations.get(place, frozenset((place,)))

    def name(self, subject: Subject | None) -> Words | None:
        """Give what a partner or department is called; None where that cannot be had."""
        record = None if subject is None else self.records.get(subject)
        try:
            return None if record is None else words(record.facts, "name")
        except FactsUnreadable:
            return None

    def lead_of(self, agreement: Subject) -> Subject | None:
        """Give the department in charge of an agreement; None where none is named or known."""
        record = self.records.get(agreement)
        try:
            return None if record is None else led_by(record.facts)
        except FactsUnreadable:
            return None

    def seat(self, seat_id: UUID) -> Seat | None:
        """Give a seat wherever it is."""
        return self.seats_by_id.get(seat_id)

    def seats_told(self, place: Subject | None, role: str | None, on: date) -> tuple[UUID, ...]:
        """Give the seats of a role at a place in which somebody may be written to on the day."""
        seats = () if place is None else self.seats.get(place, ())
        return tuple(
            seat.id
            for seat in seats
            if seat.role == role and any(self._may_be_told(each, on) for each in seat.held_by(on))
        )

    def readers(self, seat: Seat | None, on: date) -> frozenset[UUID]:
        """Give the contacts who hold a seat on a day and may be written to then."""
        held = () if seat is None else seat.held_by(on)
        return frozenset(each for each in held if self._may_be_told(each, on))

    def _may_be_told(self, contact_id: UUID, on: date) -> bool:
        """Say whether consent covers the day; of a contact not known the registry says it."""
        consent = self.consents.get(contact_id)
        return consent is None or consent.covers(on)

    def of_type(
        self, subject_type: str, only: Collection[Subject] | None = None
    ) -> Iterable[tuple[Subject, Record]]:
        """Give each record of one type, in order of id.

        Args:
            only: Those that are looked for; None gives all.
        """
        wanted = self.records if only is None else [each for each in only if each in self.records]
        return (
            (subject, self.records[subject])
            for subject in sorted(each for each in wanted if each.type == subject_type)
        )


def _seat(subject: Subject, facts: Facts) -> Seat:
    seat = Seat.from_facts(facts)
    if seat.id != subject.id:
        raise FactsUnreadable("id is another's")
    return seat


def _merged(facts: Facts) -> tuple[Subject, ...]:
    ids = facts["merged_ids"]
    return tuple(
        Subject("partner", identity({"merged_ids": each}, "merged_ids"))
        for each in (ids if isinstance(ids, list) else [])
    )


def _organisations(
    merged: Mapping[Subject, tuple[Subject, ...]],
) -> Mapping[Subject, frozenset[Subject]]:
    """Give for each record that was merged, or stands for some, all that are one organisation.

    Whoever stands for most stands for what was merged into the others, too.
    """
    found: dict[Subject, frozenset[Subject]] = {}
    for survivor in sorted(merged, key=lambda each: (len(merged[each]), each)):
        one = frozenset((survivor, *merged[survivor]))
        found |= dict.fromkeys(one, one)
    return found


def _by_place(
    seats: Iterable[Seat], organisations: Mapping[Subject, frozenset[Subject]]
) -> Mapping[Subject, tuple[Seat, ...]]:
    found: dict[Subject, list[Seat]] = {}
    for seat in sorted(seats, key=lambda each: each.id):
        for place in organisations.get(seat.at, (seat.at,)):
            found.setdefault(place, []).append(seat)
    return {place: tuple(seats) for place, seats in found.items()}


def _office(records: Mapping[Subject, Record]) -> Subject | None:
    departments = (item for item in records.items() if item[0].type == "department")
    return min((who for who, what in departments if what.facts.get("office") is True), default=None)


def _days(records: Mapping[Subject, Record], unreadable: Collection[Subject]) -> WorkingDays:
    """Put the decreed days over the calendar; of two decrees for one day the later id's counts."""
    decreed = (each for each in records if each.type == "calendar_day" and each not in unreadable)
    return working_days(records[each].facts for each in sorted(decreed))
