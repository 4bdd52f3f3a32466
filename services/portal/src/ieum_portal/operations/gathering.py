"""Collecting what a page shows from neighbours that may be down, and noting what is missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ieum_portal.domain.errors import Neighbour, NeighbourDown, NeighbourRefused, NotFound

T = TypeVar("T")
StandIn = TypeVar("StandIn")


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of a page that could not be had.

    Attributes:
        part: Which, as the page names it, as `milestones`.
        code: `down`, `not_found` (a follower may not know the subject yet), or the code with which
            the neighbour refused.
    """

    neighbour: Neighbour
    part: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a page shows, and what it could not learn."""

    missing: Sequence[Missing]

    def lacks(self, part: str) -> bool:
        """Whether a part could not be had."""
        return any(each.part == part for each in self.missing)


@dataclass(slots=True)
class Gathering:
    """One page's questions; a neighbour that was down once is not asked again for this page."""

    missing: list[Missing] = field(default_factory=list)

    def ask(
        self, neighbour: Neighbour, part: str, question: Callable[[], T], *, otherwise: StandIn
    ) -> T | StandIn:
        """Give the answer, or the stand-in and a note that the part is missing."""
        if self.is_down(neighbour):
            self._note(Missing(neighbour, part, "down"))
            return otherwise
        try:
            return question()
        except NeighbourDown as down:
            self._note(Missing(down.neighbour, part, "down"))
        except NeighbourRefused as refused:
            self._note(Missing(refused.neighbour, part, refused.code))
        except NotFound:
            self._note(Missing(neighbour, part, "not_found"))
        return otherwise

    def is_down(self, neighbour: Neighbour) -> bool:
        """Whether the neighbour has failed to answer for this page."""
        return any(each.neighbour == neighbour and each.code == "down" for each in self.missing)

    def _note(self, missing: Missing) -> None:
        if missing not in self.missing:
            self.missing.append(missing)
