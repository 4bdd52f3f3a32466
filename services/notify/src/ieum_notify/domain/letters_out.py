"""Who was told of what: the letters that went out, as far as they call for another one.

Facts say who takes part now; who was told before, the outbox alone knows. Letters are read by
people: of two who sit behind one seat, one may have a letter that the other still lacks.

Source: docs/rules/reminders.md, R-26 and R-27.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from ieum_notify.domain.facts import Subject


@dataclass(frozen=True, slots=True)
class LettersOut:
    """The letters about one subject to one person behind a seat, of those that tell or take back.

    Attributes:
        takes_back: Whether they took back what others said, or told of it.
        at: When the newest went out, or may have: nobody knows of one that was cut off.
        sure_at: When the newest went out for sure.
        times_taken_back: How often letters to this seat were taken back, whoever sat there.
    """

    subject: Subject
    seat_id: UUID
    contact_id: UUID
    takes_back: bool
    at: datetime
    sure_at: datetime | None
    times_taken_back: int


@dataclass(slots=True)
class Heard:
    """What one person heard of a subject: told, taken back; each when, and when for sure."""

    told_at: datetime | None = None
    told_for_sure_at: datetime | None = None
    back_at: datetime | None = None
    back_for_sure_at: datetime | None = None

    def goes_by_it(self) -> bool:
        """Say whether they may go by what they were told: nothing surely took it back since."""
        return self.told_at is not None and not _at_least(self.back_for_sure_at, self.told_at)

    def may_have_dropped_it(self) -> bool:
        """Say whether it may have been taken back, and nothing told them anew for sure since."""
        return self.back_at is not None and not _later(self.told_for_sure_at, self.back_at)

    def last_at(self) -> datetime:
        """Give when the newest of it all went out."""
        return max(each for each in (self.told_at, self.back_at) if each is not None)


@dataclass(frozen=True, slots=True)
class SeatNotices:
    """What the people behind a seat were told of a subject.

    Attributes:
        times_taken_back: How often that was taken back.
    """

    people: Mapping[UUID, Heard]
    times_taken_back: int

    def lacking(self, what: Literal["returned", "left"]) -> frozenset[UUID]:
        """Give those who must still hear that they take part again, or no longer."""
        return frozenset(
            contact_id
            for contact_id, heard in self.people.items()
            if (heard.goes_by_it() if what == "left" else heard.may_have_dropped_it())
        )


def notices_by_seat(letters: Iterable[LettersOut]) -> Mapping[Subject, Mapping[UUID, SeatNotices]]:
    """Give for each subject the seats that were told of it, and what is known there now."""
    people: dict[tuple[Subject, UUID], dict[UUID, Heard]] = {}
    times: dict[tuple[Subject, UUID], int] = {}
    for each in letters:
        place = (each.subject, each.seat_id)
        heard = people.setdefault(place, {}).setdefault(each.contact_id, Heard())
        if each.takes_back:
            heard.back_at, heard.back_for_sure_at = each.at, each.sure_at
        else:
            heard.told_at, heard.told_for_sure_at = each.at, each.sure_at
        times[place] = each.times_taken_back
    found: dict[Subject, dict[UUID, SeatNotices]] = {}
    for (subject, seat_id), readers in people.items():
        found.setdefault(subject, {})[seat_id] = SeatNotices(readers, times[subject, seat_id])
    return found


def _at_least(one: datetime | None, other: datetime) -> bool:
    return one is not None and one >= other


def _later(one: datetime | None, other: datetime) -> bool:
    return one is not None and one > other
