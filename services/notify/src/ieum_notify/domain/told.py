"""Who was told of what: the letters that went out, as far as they call for another one.

Facts say who takes part now; who was told before, the book alone knows.

Source: docs/rules/reminders.md, R-26 and R-27.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ieum_notify.domain.facts import Subject

TAKE_BACK = ("event_cancelled", "event_left")
"""The rules whose letters take back what the others said."""


@dataclass(frozen=True, slots=True)
class LettersSent:
    """The letters of one rule about one subject to one seat.

    Attributes:
        last_at: When the newest of them went out.
        number: How many there were.
    """

    subject: Subject
    seat_id: UUID
    rule: str
    last_at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the newest letter about a subject left a seat with.

    Attributes:
        at: When it went out.
        is_taken_back: Whether it took back what those before it said.
        times_taken_back: How often that happened, by this letter and those before it.
    """

    at: datetime
    is_taken_back: bool
    times_taken_back: int


def what_was_told(letters: Iterable[LettersSent]) -> Mapping[Subject, Mapping[UUID, Told]]:
    """Give for each subject the seats that were told of it, and what they go by now."""
    by_seat: dict[tuple[Subject, UUID], list[LettersSent]] = {}
    for each in letters:
        by_seat.setdefault((each.subject, each.seat_id), []).append(each)
    found: dict[Subject, dict[UUID, Told]] = {}
    for (subject, seat_id), sent in by_seat.items():
        back = [each for each in sent if each.rule in TAKE_BACK]
        told_at = max((each.last_at for each in sent if each not in back), default=None)
        if told_at is None:
            continue
        back_at = max((each.last_at for each in back), default=None)
        is_taken_back = back_at is not None and back_at >= told_at
        at = back_at if back_at is not None and is_taken_back else told_at
        number = sum(each.number for each in back)
        found.setdefault(subject, {})[seat_id] = Told(at, is_taken_back, number)
    return found
