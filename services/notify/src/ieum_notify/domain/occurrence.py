"""An occurrence: one letter owed once, to one seat, for one step before one date."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ieum_notify.domain.facts import Subject

State = Literal[
    "planned", "held", "leased", "retry", "sent", "in_doubt", "dead", "cancelled", "superseded",
    "skipped",
]  # fmt: skip
"""Where an occurrence stands; each change of it is stored with its reason."""

WAITING: tuple[State, ...] = ("planned", "held", "retry")
"""Not yet in anybody's hands: the planner may still move or withdraw it."""

LAPSED: tuple[State, ...] = ("cancelled", "superseded", "skipped")
"""Withdrawn without being sent; planned again if the planner produces the key again."""

NOBODY_TO_TELL = "nobody_to_tell"
"""The letter by which the office hears that a rule found an empty seat."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What is owed.

    Attributes:
        rule: Which rule owes it.
        letter: The folder under letters/ that says it.
        anchor_on: The date as the record has it, unmoved.
        lead_days: How many days before the date this step lies; 0 for a change told at once.
        seat_id: Where it goes; None if there is no such seat anywhere: then nothing can be sent.
        seat_role: What the seat is, as `liaison` or `officer`.
        due_on: The step's day after it moved back to a working day.
        due_at: When it goes out, UTC; in the past for a step that was overdue when it was found.
        revision: Which change of the subject is told of; None for a step before a date.
    """

    rule: str
    letter: str
    subject: Subject
    anchor_on: date
    lead_days: int
    seat_id: UUID | None
    seat_role: str
    due_on: date
    due_at: datetime
    channel: str = "mail"
    revision: int | None = None

    @property
    def is_for_office(self) -> bool:
        """Say whether the office is told because nobody holds the seat meant."""
        return self.letter == NOBODY_TO_TELL

    @property
    def key(self) -> str:
        """Give the once-only key.

        It holds the date as the record has it, so that a newly decreed holiday moves a letter and
        never doubles it, and not the text's version, so that editing a text resends nothing. What
        the office hears instead of a seat is another thing than what that seat would hear. Where a
        change is told of, its revision stands for the step.

        Source: docs/rules/reminders.md, R-5.
        """
        parts = (
            self.subject,
            f"{self.rule}/nobody" if self.is_for_office else self.rule,
            self.anchor_on.isoformat(),
            self.lead_days if self.revision is None else f"r{self.revision}",
            self.seat_id or "-",
            self.channel,
        )
        return "|".join(map(str, parts))
