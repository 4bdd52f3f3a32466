"""Collecting what a page shows from neighbours that may be down or slow, noting what is missing."""

import math
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextvars import copy_context
from dataclasses import dataclass, field
from threading import Thread
from typing import TypeVar

from ieum_portal.domain.errors import (
    Neighbour,
    NeighbourDown,
    NeighbourRefused,
    NeighbourSlow,
    NotFound,
)

T = TypeVar("T")
StandIn = TypeVar("StandIn")

SILENT = frozenset({"down", "slow"})
"""How a neighbour is told of that gave no answer."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of a page that could not be had.

    Attributes:
        part: Which, as the page names it, as `milestones`.
        code: `down`, `slow` (there was no answer while the page could wait), `not_found` (a
            follower may not know the subject yet), or the code with which the neighbour refused.
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
    """One page's questions, side by side, for as long as the page may wait.

    A neighbour that was down or slow once is not asked again for this page. What one neighbour
    alone may hold up is waited for last.

    Attributes:
        left_s: Gives how long the page may still wait.
    """

    left_s: Callable[[], float] = lambda: math.inf
    missing: list[Missing] = field(default_factory=list)

    def begin(
        self, neighbour: Neighbour, part: str, question: Callable[[], T], *, otherwise: StandIn
    ) -> Callable[[], T | StandIn]:
        """Ask without waiting; gives what waits for the answer, or the stand-in and a note."""
        silent = self._silence_of(neighbour)
        if silent is not None:
            return lambda: self._without(Missing(neighbour, part, silent), otherwise)
        begun = _begun(question)
        return lambda: self._taken(neighbour, part, begun, otherwise)

    def ask(
        self, neighbour: Neighbour, part: str, question: Callable[[], T], *, otherwise: StandIn
    ) -> T | StandIn:
        """Give the answer, or the stand-in and a note that the part is missing."""
        return self.begin(neighbour, part, question, otherwise=otherwise)()

    def need(self, neighbour: Neighbour, question: Callable[[], T]) -> T:
        """Give the answer to what there is no page without.

        Raises:
            NeighbourSlow: There was none while the page could wait.
        """
        return self._answered(neighbour, _begun(question))

    def is_down(self, neighbour: Neighbour) -> bool:
        """Whether the neighbour has failed to answer for this page."""
        return self._silence_of(neighbour) is not None

    def _silence_of(self, neighbour: Neighbour) -> str | None:
        told = (each.code for each in self.missing if each.neighbour == neighbour)
        return next((code for code in told if code in SILENT), None)

    def _taken(
        self, neighbour: Neighbour, part: str, begun: Future[T], otherwise: StandIn
    ) -> T | StandIn:
        try:
            return self._answered(neighbour, begun)
        except NeighbourDown as down:
            code = "slow" if isinstance(down, NeighbourSlow) else "down"
            missing = Missing(down.neighbour, part, code)
        except NeighbourRefused as refused:
            missing = Missing(refused.neighbour, part, refused.code)
        except NotFound:
            missing = Missing(neighbour, part, "not_found")
        return self._without(missing, otherwise)

    def _answered(self, neighbour: Neighbour, begun: Future[T]) -> T:
        left_s = self.left_s()
        try:
            return begun.result(None if math.isinf(left_s) else max(left_s, 0))
        except TimeoutError as error:
            raise NeighbourSlow(neighbour, "no answer while the page could wait") from error

    def _without(self, missing: Missing, otherwise: StandIn) -> StandIn:
        if missing not in self.missing:
            self.missing.append(missing)
        return otherwise


def _begun(question: Callable[[], T]) -> Future[T]:
    """Ask on a thread of its own, which knows of the request what this one knows.

    A pool would be full of those that hang when the others are to be asked.
    """
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(question())
        except BaseException as error:  # noqa: BLE001  Whoever waits is told.
            answer.set_exception(error)

    Thread(target=copy_context().run, args=(run,), daemon=True).start()
    return answer
