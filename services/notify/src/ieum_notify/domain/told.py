"""Who was told of what: the letters that went out, as far as they call for another one.

Facts say who takes part now; who was told before, the book alone knows.

Source: docs/rules/reminders.md, R-26.
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
    """A seat whose newest letter about a subject has not been taken back.

    Attributes:
        at: When it went out.
        taken_back: How often that happened to letters before it.
    """

    at: datetime
    taken_back: int


def still_told(letters: Iterable[LettersSent]) -> Mapping[Subject, Mapping[UUID, Told]]:
    """Give for each subject the seats that go by what a letter told them."""
    by_seat: dict[tuple[Subject, UUID], list[LettersSent]] = {}
    for each in letters:
        by_seat.setdefault((each.subject, each.seat_id), []).append(each)
    found: dict[Subject, dict[UUID, Told]] = {}
    for (subject, seat_id), sent in by_seat.items():
        back = [each for each in sent if each.rule in TAKE_BACK]
        told_at = max((each.last_at for each in sent if each not in back), default=None)
        if told_at is None or any(each.last_at >= told_at for each in back):
            continue
        taken_back = sum(each.number for each in back)
        found.setdefault(subject, {})[seat_id] = Told(told_at, taken_back)
    return found
