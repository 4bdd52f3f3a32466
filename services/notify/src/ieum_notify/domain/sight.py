"""Which letters a caller may see: all of them, or those of one department.

Source: docs/rules/access.md, A-4.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ieum_notify.domain.facts import FactsUnreadable, Record, Subject, identity_or_none
from ieum_notify.domain.known import Known
from ieum_notify.domain.occurrence import Occurrence
from ieum_notify.domain.reading import Reader


@dataclass(frozen=True, slots=True)
class Sight:
    """The letters of a department: those about its affairs, and those to its own seats.

    `NOTHING` shows no letter; None in place of a sight shows all.
    """

    subjects: frozenset[Subject] = frozenset()
    seats: frozenset[UUID] = frozenset()

    def shows(self, occurrence: Occurrence) -> bool:
        """Say whether a letter may be read about."""
        return occurrence.subject in self.subjects or occurrence.seat_id in self.seats

    def to_plan(self, known: Known) -> frozenset[Subject] | None:
        """Give whom the letters in sight are about, or were; None is everybody.

        The coordinating office hears of everybody whom nobody else hears of.
        """
        office = () if known.office is None else known.seats.get(known.office, ())
        if any(seat.id in self.seats for seat in office):
            return None
        told = (about for about, seats in known.told.items() if not self.seats.isdisjoint(seats))
        return self.subjects.union(told)


NOTHING = Sight()


def sight_of(
    department: UUID, known: Known, commitments: Mapping[Subject, Record], on: date
) -> Sight:
    """Find a department's affairs among what is known.

    Args:
        commitments: Those that milestones hang on, as `commitments_named` gives them.
    """
    here = Subject("department", department)
    reader, records = Reader(here, is_office=False, on=on), {**known.records, **commitments}
    affairs = frozenset(about for about in records if reader.has_part_in(about, records))
    return Sight(affairs, frozenset(seat.id for seat in known.seats.get(here, ())))


def commitments_named(known: Known) -> frozenset[Subject]:
    """Give the commitments that milestones hang on; which agreement is theirs, others say."""
    return frozenset(_commitments(known))


def _commitments(known: Known) -> Iterator[Subject]:
    for _, record in known.of_type("milestone"):
        with suppress(FactsUnreadable):
            found = identity_or_none(record.facts, "collaboration_id")
            if found is not None:
                yield Subject("collaboration", found)
