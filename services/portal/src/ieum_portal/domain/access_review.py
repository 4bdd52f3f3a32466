"""What of the record of access is looked at: a month, and in it one account or one person."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Self
from uuid import UUID

What = Literal["people", "entries"]

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""The years of the record: around each of their months there is another."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar."""

    first: date

    @classmethod
    def of(cls, day: date) -> Self:
        """Give the month that a day lies in."""
        return cls(day.replace(day=1))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read `2026-11`; None if it is no month, or one of which there can be no record."""
        try:
            first = date.fromisoformat(f"{text}-01")
        except ValueError:
            return None
        return cls(first) if FIRST_YEAR <= first.year <= LAST_YEAR else None

    @property
    def last(self) -> date:
        """Give its last day."""
        return self.first.replace(day=monthrange(self.first.year, self.first.month)[1])

    @property
    def before(self) -> "Month":
        """Give the month before it."""
        return Month.of(self.first - timedelta(days=1))

    @property
    def after(self) -> "Month":
        """Give the month after it."""
        return Month.of(self.last + timedelta(days=1))

    def __str__(self) -> str:
        """Write it as `2026-11`."""
        return self.first.isoformat()[:7]


@dataclass(frozen=True, slots=True)
class Review:
    """What is looked at.

    Attributes:
        what: Who saw people's data (the registry's record), or who signed in (the portal's own).
        account: As records name it, `portal:<id>`.
        person: A contact whose data were shown.
        outcome: `200` what was shown, `401`, `403`, `404` what was denied; None is all.
        after: The cursor of the page before.
    """

    what: What
    month: Month
    account: str | None
    person: UUID | None
    outcome: str | None
    after: str | None
