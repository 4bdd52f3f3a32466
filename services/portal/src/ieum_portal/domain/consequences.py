"""What a change would bring: in the network, and in the post."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from ieum_portal.domain.words import Words

INNER = "collaboration"
"""A commitment is a node of the graph, and what it ties together is tied directly as well: who
works on what, with which technology. People read the latter."""


@dataclass(frozen=True, slots=True)
class End:
    """A thing at one end of a tie."""

    id: str
    kind: str
    label: Words


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie of the network that would open or close, or change its last day.

    Attributes:
        since: Its first day; None if it was always there.
        until: Its last day; None is open.
        was_until: Of one that moves: its last day as it stands.
    """

    change: Literal["opens", "closes", "moves"]
    type: str
    means: Words
    source: End
    target: End
    since: date | None
    until: date | None
    was_until: date | None = None


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

    @property
    def told(self) -> tuple[Tie, ...]:
        """The ties as people read them, those among things that have a name of their own.

        The graph edits nothing: what ends earlier is closed and opened anew. Here that is one tie
        that moves its last day.
        """
        shown = [each for each in self.ties if INNER not in (each.source.kind, each.target.kind)]
        closing = {_same(each): each for each in shown if each.change == "closes"}
        opening = {_same(each): each for each in shown if each.change == "opens"}
        told = []
        for each in shown:
            closed, opened = closing.get(_same(each)), opening.get(_same(each))
            if closed is None or opened is None:
                told.append(each)
            elif each is closed:
                told.append(replace(opened, change="moves", was_until=closed.until))
        return tuple(told)


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


def _same(tie: Tie) -> tuple[object, ...]:
    return (tie.type, tie.source.id, tie.target.id, tie.since)
