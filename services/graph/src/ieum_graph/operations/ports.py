"""What operations need of the outside, named for the need."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeVar
from uuid import UUID

from changefeed.cursor import Cursor
from changefeed.page import Page
from ieum_graph.domain.answers import Answer, Question, Thing
from ieum_graph.domain.changes import Edge, Edits
from ieum_graph.domain.clocks import Clocks

Result = TypeVar("Result")
State = Literal["following", "behind", "emptying", "rebuilding", "stopped"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the projection has come and how it fares.

    Attributes:
        applied_at: When the registry recorded the last entry applied; None before the first.
        head_seq: The newest entry that the follower has heard of.
        heard_at: When it last heard from the registry; None if never.
        state: `emptying` and `rebuilding` until the graph has all of the log, at first too.
        detail: Why it stopped.
        generation: Grows with each rebuild.
        model: The fingerprint of the kinds that it was drawn by; None before there was one.
        began_at: How far the log reached when its first entry was read: what was redacted up to
            there was never drawn.
        lost: The cursor that it had when the log told another history, so that it began anew; it
            stays until an operator rebuilds.
    """

    cursor: Cursor
    applied_at: datetime | None
    head_seq: int
    heard_at: datetime | None
    state: State
    detail: str | None
    generation: int
    model: str | None
    began_at: int = 0
    lost: Cursor | None = None


class Step(Protocol):
    """One open transaction of the one writer; the projection's node is locked for it."""

    def standing(self) -> Standing:
        """Say where the projection is, as nobody can change it until the end."""

    def open_edges(self, subjects: Mapping[str, Collection[str]]) -> list[Edge]:
        """Give the edges still held to be true that subjects say; ids are given by type."""

    def write(self, edits: Edits, log: bytes | None) -> None:
        """Write nodes and edges; `log` is the genesis of the log that says so."""

    def move(
        self,
        cursor: Cursor,
        *,
        head_seq: int,
        heard_at: datetime,
        moments: Mapping[datetime, int],
    ) -> None:
        """Set the cursor; `moments` is the last number of each instant passed."""

    def note_lost(self, cursor: Cursor) -> None:
        """Keep what was followed before the log told another history."""

    def forget_log(self) -> None:
        """Forget which log was followed, and what was followed of another history of it."""

    def settle(self, state: State, detail: str | None = None) -> None:
        """Set how it fares; `rebuilding` begins at the start of the log, with today's kinds."""


class Projection(Protocol):
    """The graph as the follower writes it."""

    def prepare(self) -> None:
        """Make what an empty store lacks; one that has it is left alone."""

    def standing(self) -> Standing:
        """Say how far it has come; raises GraphEmpty if there is nothing of ours."""

    def in_one_step(self, work: Callable[[Step], Result]) -> Result:
        """Run `work` in one write transaction; again from its start if Neo4j asks for it."""

    def heard(self, head_seq: int, at: datetime) -> None:
        """Note that the registry answered and how far its log reaches.

        A graph that is being filled or had stopped, and has all of it, is whole from then on.
        """

    def empty_some(self) -> int:
        """Throw away a batch of edges, then of nodes; give how many it was, 0 at the end."""

    def elements(self) -> Iterator[str]:
        """Give each node and edge as one line of canonical text, in a fixed order."""


class Feed(Protocol):
    """The registry's log, page by page."""

    def read(self, cursor: Cursor, *, limit: int = 1000, wait_s: int = 0) -> Page:
        """Give what comes after the cursor."""


class Inquiry(Protocol):
    """One read transaction in which a question is answered."""

    def seq_at(self, instant: datetime) -> int:
        """Give the last entry recorded by an instant, 0 if there is none."""

    def agreements_of(self, partners: Sequence[UUID], clocks: Clocks) -> list[str]:
        """Give the agreements that any of these partners is party to and has not left."""

    def agreements_led_by(self, department: UUID) -> list[str]:
        """Give the agreements that a department of the city leads, as known now."""

    def find(
        self, label: str, reference: str, clocks: Clocks, *, scope: list[str] | None
    ) -> Thing | None:
        """Find a node by UUID or key; one that is not the scope's to see is not there."""

    def open_edges(self, subjects: Mapping[str, Collection[str]]) -> list[Edge]:
        """Give the edges held to be true now that subjects say; ids are given by type."""

    def stands(self, seq: int, without: Mapping[str, str] = ...) -> Mapping[str, str]:
        """Give by id, for each partner that was merged by an entry, the one that stands for it.

        Args:
            without: Merges that do not count, each partner by the one that it was merged into.
        """

    def work_of(self, partners: Collection[str]) -> list[Edge]:
        """Give what partners are held to work on, or perhaps do, on whatever day."""

    def working_on(self, tasks: Collection[str]) -> list[Edge]:
        """Give who is held to work on these tasks, or perhaps to, on whatever day."""

    def things(self, ids: Mapping[str, Collection[str]]) -> dict[str, Thing]:
        """Name nodes, by id; `ids` are given by label, and those that are not there left out."""

    def answer(
        self,
        name: str,
        named: Mapping[str, Thing],
        clocks: Clocks,
        *,
        scope: list[str] | None,
        limit: int,
    ) -> Answer:
        """Answer the question of that name; `named` holds the things that parameters name."""


class Reading(Protocol):
    """The graph as questions see it."""

    def questions(self) -> Sequence[Question]:
        """Give what can be asked."""

    def standing(self) -> Standing:
        """Say how far the projection has come."""

    def in_one_look(self, work: Callable[[Inquiry], Result]) -> Result:
        """Run `work` in one read transaction."""
