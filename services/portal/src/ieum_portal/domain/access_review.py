"""What of the record of access is looked at: a month, and in it one account or one person."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple, Self
from uuid import UUID

from ieum_portal.domain.errors import NoSuchPlace

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


class Place(NamedTuple):
    """Where a page of the portal's own records ended; its text is a cursor."""

    at: datetime
    key: str

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """Read a cursor; None is the beginning.

        Raises:
            NoSuchPlace: It was never given.
        """
        if text is None:
            return None
        at, _, key = text.partition("_")
        try:
            moment = datetime.fromisoformat(at)
        except ValueError as error:
            raise NoSuchPlace from error
        if moment.tzinfo is None or not key.isalnum():
            raise NoSuchPlace
        return cls(moment, key)

    def __str__(self) -> str:
        """Write it as a cursor."""
        moment = self.at.isoformat(timespec="microseconds").replace("+00:00", "Z")
        return f"{moment}_{self.key}"


@dataclass(frozen=True, slots=True)
class Review:
    """What is looked at.

    Attributes:
        what: Who saw people's data (the registry's record), or who signed in (the portal's own).
        account: As records name it, `portal:<id>`.
        person: A contact whose data were shown.
        taken: Whether only what was taken out, with a reason, is shown.
        outcome: `200` what was shown, `401`, `403`, `404` what was denied; None is all.
        after: The cursor of the page before.
    """

    what: What
    month: Month
    account: str | None
    person: UUID | None
    outcome: str | None
    taken: bool
    after: str | None
