"""Who reads the letters of a seat, and who of them lacks one that went out already.

A letter is owed to a seat and read by people: whoever takes the seat over has not read it.

Source: docs/rules/reminders.md, R-28.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ieum_notify.domain.facts import Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.occurrence import Occurrence, State
from ieum_notify.domain.rule import Rule


@dataclass(frozen=True, slots=True)
class Ended:
    """An occurrence that went out, was refused by all, or waits for a person's decision.

    Attributes:
        had: Who has, or refused, a copy of their own.
    """

    state: State
    had: frozenset[UUID]


class Readers:
    """The people behind the seats, as known at one moment."""

    def __init__(self, known: Known, rules: Sequence[Rule]) -> None:
        self._known = known
        self._taking_back = frozenset(rule.name for rule in rules if rule.takes_back)

    def of(self, seat_id: UUID | None, on: date) -> frozenset[UUID]:
        """Give the contacts who hold a seat on a day and may be written to then."""
        return self._known.readers(None if seat_id is None else self._known.seat(seat_id), on)

    def place_of(self, seat_id: UUID | None) -> Subject | None:
        """Give the partner or department whose seat it is; None if there is no such seat."""
        seat = None if seat_id is None else self._known.seat(seat_id)
        return None if seat is None else seat.at

    def have(self, occurrence: Occurrence, ended: Mapping[str, Ended], today: date) -> bool:
        """Say whether an occurrence has ended, and nobody who reads the seat now lacks it.

        What takes earlier letters back is nothing to whoever never had those. What waits for a
        person's decision goes to nobody before that.
        """
        found = ended.get(occurrence.key)
        if found is None:
            return False
        if found.state == "in_doubt" or occurrence.rule in self._taking_back:
            return True
        return self.of(occurrence.seat_id, max(occurrence.due_on, today)) <= found.had
