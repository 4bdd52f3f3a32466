"""What a rule reads in a subject's facts: its date, whom it is told, and what it names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ieum_notify.domain.calendar import SEOUL
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.words import Words


@dataclass(frozen=True, slots=True)
class Anchor:
    """A subject's date, unmoved, and whose seats are told of it.

    Attributes:
        on: A day in `zone`.
        title: What the subject is called.
        owner: The partner or department whose seat gets the letter; None is the coordinating
            office.
        settled: Why nothing is owed any more: a code of the rule's `settles`; None if it is open.
        mentions: Other subjects that the letter names, by the name that its text uses; each name
            is always there, with None where the facts name nobody. A list of them is a tuple.
            `owner` needs none.
        participants: Partners that are told beside the owner; the city's own one is only named.
        zone: Where the day is a day.
        passes_at: From when on nothing is owed; None is the end of the day.
        changed_on: The day in Seoul on which the letter of a change was owed. Steps whose day is
            not after it are covered by that letter.
        revision: Which change that letter is of; None for a rule of steps.
        owes_after: Whether steps after the date are owed, where the rule has any.
        begins_at: From when on what is told of is under way; None where a day alone counts.
        moments: Other instants ahead of which it must have been heard, as of deadlines moved.
        written: The day as it is written, where only part of it is known (T-79).
    """

    on: date
    title: Words
    owner: Subject | None
    settled: str | None
    mentions: Mapping[str, Subject | tuple[Subject, ...] | None]
    participants: tuple[Subject, ...] = ()
    zone: ZoneInfo = SEOUL
    passes_at: datetime | None = None
    changed_on: date | None = None
    revision: int | None = None
    owes_after: bool = True
    begins_at: datetime | None = None
    moments: tuple[datetime, ...] = ()
    written: str | None = None

    def mentioned(self, name: str) -> tuple[Subject, ...]:
        """Give those that the letter names under a name; none if nobody is."""
        found = self.mentions.get(name)
        return found if isinstance(found, tuple) else () if found is None else (found,)

    def places(self) -> tuple[Subject, ...]:
        """Give the partners and departments that are told, where the facts name them."""
        return (*((self.owner,) if self.owner else ()), *self.participants)

    def subjects(self) -> Iterable[Subject]:
        """Give every subject that the letter names or tells."""
        mentioned = (each for name in self.mentions for each in self.mentioned(name))
        return (*self.places(), *mentioned)

    def today_there(self, now: datetime) -> date:
        """Give the day that it is where the date holds."""
        return now.astimezone(self.zone).date()

    def has_passed(self, now: datetime) -> bool:
        """Say whether nothing is owed any more; judged as an instant (R-20)."""
        if self.passes_at is None:
            return self.today_there(now) > self.on
        return now >= self.passes_at

    def pressing(self) -> tuple[datetime, ...]:
        """Give the instants ahead of which it must have been heard."""
        return (*((self.begins_at,) if self.begins_at else ()), *self.moments)
