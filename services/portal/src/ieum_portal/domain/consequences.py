"""What a change would bring: in the network, and in the post."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from changefeed.subjects.parts import Place, Words

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
    """How many partners work on a task on the day, before and after.

    Attributes:
        unknown_before: Of how many others nobody knows; so `unknown_after`.
    """

    task: Words
    before: int
    after: int
    unknown_before: int = 0
    unknown_after: int = 0

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
        that moves its last day; one that is opened again as it was is no change at all. Each that
        closes is paired with one that opens, so that of several alike none is lost.
        """
        shown = [each for each in self.ties if INNER not in (each.source.kind, each.target.kind)]
        closing = [each for each in shown if each.change == "closes"]
        anew = [each for each in shown if each.change == "opens"]
        for each in tuple(closing):
            if (twin := replace(each, change="opens")) in anew:
                closing.remove(each)
                anew.remove(twin)
        told = []
        for closed in closing:
            opened = next((each for each in anew if _same(each) == _same(closed)), None)
            if opened is None:
                told.append(closed)
            else:
                anew.remove(opened)
                told.append(replace(opened, change="moves", was_until=closed.until))
        place = [_same(each) for each in shown]
        return tuple(sorted((*told, *anew), key=lambda each: place.index(_same(each))))


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that would come or go.

    Attributes:
        called: What notify calls the rule that owes it.
        title: Of what it is about.
        reason: Why it would no longer be sent; None for one that stays or would be added.
        due_before: Of one whose day moves: when it is due as things stand.
        place: Whose seat gets it; None if no seat does, or if notify does not say.
        finds_nobody: Whether the office hears that nobody could be told.
    """

    called: Words
    title: Words
    due_at: datetime
    seat_role: str | None
    reason: Words | None
    due_before: datetime | None = None
    place: Place | None = None
    finds_nobody: bool = False


Changed = tuple[Literal["withdrawn", "added", "readdressed", "moved"], Letter]
"""A letter, and what becomes of it."""


@dataclass(frozen=True, slots=True)
class Reposted:
    """What would change among the letters of the coming days.

    Attributes:
        days: How far ahead was looked.
        readdressed: Those that go to another person or address than as things stand.
        moved: Those that go out on another day.
        kept: How many letters stay as they are.
    """

    days: int
    added: tuple[Letter, ...]
    withdrawn: tuple[Letter, ...]
    readdressed: tuple[Letter, ...]
    moved: tuple[Letter, ...]
    kept: int

    @property
    def letters(self) -> tuple[Letter, ...]:
        """All letters that are told of."""
        return (*self.added, *self.withdrawn, *self.readdressed, *self.moved)

    @property
    def by_recipient(self) -> list[tuple[tuple[UUID | None, str | None], list[Changed]]]:
        """The letters that are told of, by whose seat gets them, in order of their days.

        Whoever gets the first one comes first; each letter with what becomes of it.
        """
        told: list[Changed] = [
            *(("withdrawn", each) for each in self.withdrawn),
            *(("added", each) for each in self.added),
            *(("readdressed", each) for each in self.readdressed),
            *(("moved", each) for each in self.moved),
        ]
        found: dict[tuple[UUID | None, str | None], list[Changed]] = {}
        for kind, letter in sorted(told, key=lambda each: each[1].due_at):
            whose = (letter.place.id if letter.place else None, letter.seat_role)
            found.setdefault(whose, []).append((kind, letter))
        return list(found.items())

    @property
    def is_unchanged(self) -> bool:
        """Whether every letter stays as it is."""
        return not self.letters


def _same(tie: Tie) -> tuple[object, ...]:
    return (tie.type, tie.source.id, tie.target.id, tie.since)
