"""What would changes do to the ties, and to how well tasks are covered, if they were recorded?

Pure: the changes, taken one after the other over the edges that stand, against those edges.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from changefeed.change import Change
from changefeed.coverage import Covered, covered
from ieum_graph.domain.changes import Edge, Node, Tie, Tracing
from ieum_graph.domain.clocks import OPEN_SEQ
from ieum_graph.domain.kinds import CALLED, EDGES


@dataclass(frozen=True, slots=True)
class Turn:
    """A tie that would begin to be held true, or cease to be."""

    change: Literal["opens", "closes"]
    tie: Tie


@dataclass(frozen=True, slots=True)
class Shift:
    """Who would work on a task, against who does."""

    task: str
    before: Covered[str]
    after: Covered[str]

    @property
    def is_felt(self) -> bool:
        """Whether the numbers are others."""
        return _numbers(self.before) != _numbers(self.after)


def turns(
    changes: Sequence[Change], standing: Collection[Edge]
) -> tuple[tuple[Turn, ...], tuple[Node, ...]]:
    """Give the ties that would turn, and the nodes as they would then be shown.

    A tie whose days move closes with the old days and opens with the new. What opens and closes
    again within the changes does neither. What a thing is called ties it to no other.

    Args:
        standing: The open edges of the changes' subjects.

    Returns:
        Turns in the order of the kinds' declaration, closing first, then by who is tied.

    Raises:
        NotApplied: Naming the first change whose facts cannot be drawn.
    """
    tracing = Tracing(standing)
    for change in changes:
        tracing.take(change)
    edits = tracing.edits
    opened = {each.tie for each in edits.opened.values() if each.seq_to == OPEN_SEQ}
    closed = {each.tie for each in standing if each.id in edits.closed}
    found = [Turn("closes", tie) for tie in closed - opened]
    found += [Turn("opens", tie) for tie in opened - closed]
    ties = (each for each in found if each.tie.type != CALLED)
    return tuple(sorted(ties, key=_place)), tuple(edits.nodes.values())


NOBODY: Mapping[str, str] = MappingProxyType({})

MERGED = "MERGED_INTO"
"""The kind of tie that says that two partners are one."""
COVERS_A_TASK = ("WORKS_ON", "PERHAPS_WORKS_ON")
"""The kinds of ties that say who works on a task, or perhaps does."""


def tasks_of(turned: Collection[Turn]) -> frozenset[str]:
    """Give the tasks whose cover may shift by turns."""
    return frozenset(each.tie.target for each in turned if each.tie.type in COVERS_A_TASK)


def merged_by(turned: Collection[Turn], change: Literal["opens", "closes"]) -> dict[str, str]:
    """Give by partner the one that turns begin, or cease, to let stand for it."""
    return {
        each.tie.source: each.tie.target
        for each in turned
        if each.tie.type == MERGED and each.change == change
    }


def shifts(
    turned: Collection[Turn],
    works: Collection[Tie],
    on: date,
    stands: Mapping[str, str] = NOBODY,
    would_stand: Mapping[str, str] | None = None,
) -> tuple[Shift, ...]:
    """Give the tasks that would be worked on by more or fewer partners on a day, or perhaps be.

    Args:
        works: Every tie that covers a task and stands, at least of the tasks in question.
        stands: Who stands for each partner that was merged: they count as one.
        would_stand: The same once the turns are made, where it differs.

    Returns:
        In order of task id; tasks whose numbers stay are left out.
    """
    then = stands if would_stand is None else would_stand
    moved = {each for each in {*stands, *then} if stands.get(each, each) != then.get(each, each)}
    in_question = tasks_of(turned) | {each.target for each in works if each.source in moved}
    closed = {each.tie for each in turned if each.change == "closes"}
    opened = {each.tie for each in turned if each.change == "opens"}
    counted = (
        Shift(
            task,
            _covered(works, task, on, stands),
            _covered({*works} - closed | opened, task, on, then),
        )
        for task in sorted(in_question)
    )
    return tuple(each for each in counted if each.is_felt)


def _covered(ties: Collection[Tie], task: str, on: date, stands: Mapping[str, str]) -> Covered[str]:
    there = [each for each in ties if each.target == task and each.valid_from <= on < each.valid_to]
    holding, perhaps = (
        [stands.get(each.source, each.source) for each in there if each.type == type_]
        for type_ in COVERS_A_TASK
    )
    return covered(holding, perhaps)


def _numbers(of: Covered[str]) -> tuple[int, int]:
    return len(of.partners), len(of.unknown)


_ORDER = {type_: position for position, type_ in enumerate(EDGES)}


def _place(turn: Turn) -> tuple[object, ...]:
    tie = turn.tie
    return (_ORDER[tie.type], turn.change, tie.source, tie.target, tie.valid_from, tie.source_id)
