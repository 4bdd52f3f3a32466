"""What a change would bring: in the network, and in the post."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from ieum_portal.domain.words import Words


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie of the network that would open or close; `until` is its last day, None is open."""

    change: Literal["opens", "closes"]
    means: Words
    source: Words
    target: Words
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Cover:
    """How many partners work on a task on the day, before and after."""

    task: Words
    before: int
    after: int

    @property
    def is_lost(self) -> bool:
        """Whether the task would be left with nobody."""
        return self.after == 0 < self.before


@dataclass(frozen=True, slots=True)
class Redrawn:
    """What would change in the network as of a day."""

    on: date
    ties: tuple[Tie, ...]
    cover: tuple[Cover, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that would come or go.

    Attributes:
        letter: Which letter, as notify calls it.
        title: Of what it is about.
        reason: Why it would no longer be sent; None for one that would be added.
    """

    letter: str
    title: Words
    due_at: datetime
    seat_role: str | None
    reason: Words | None


@dataclass(frozen=True, slots=True)
class Reposted:
    """What would change among the letters of the coming days.

    Attributes:
        days: How far ahead was looked.
        kept: How many letters stay as they are.
    """

    days: int
    added: tuple[Letter, ...]
    withdrawn: tuple[Letter, ...]
    kept: int
