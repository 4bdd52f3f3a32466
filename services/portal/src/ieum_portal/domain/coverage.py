"""Which tasks and fields have nobody, one partner alone, or several, on one day.

Only commitments that hold on the day are counted, and each partner once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from changefeed.subjects.catalogue import Programme, ServiceField, Strategy, Task
from changefeed.subjects.collaboration import Collaboration

Cover = Literal["nobody", "one", "several"]


@dataclass(frozen=True, slots=True)
class Cell:
    """The commitments at one place of the table.

    Attributes:
        field: None where the place is not about one field: a task's whole row, or what names none.
    """

    field: ServiceField | None
    commitments: tuple[Collaboration, ...]

    @property
    def count(self) -> int:
        """How many partners there are."""
        return len({each.partner_id for each in self.commitments})

    @property
    def cover(self) -> Cover:
        """Say whether there is nobody, one, or several."""
        return "nobody" if self.count == 0 else "one" if self.count == 1 else "several"

    @property
    def illustrative(self) -> bool:
        """Whether anything counted here was made up to show the system at work."""
        return any(each.provenance.illustrative for each in self.commitments)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task.

    Attributes:
        cells: One for each field of the programme, in order.
        fieldless: What names no field, or one of another programme.
        whole: Everything on the task, a partner in several fields counted once.
    """

    task: Task
    cells: tuple[Cell, ...]
    fieldless: Cell
    whole: Cell


@dataclass(frozen=True, slots=True)
class StrategyRows:
    """The tasks under one strategy, by position."""

    strategy: Strategy
    rows: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """One programme: its tasks by its fields.

    Attributes:
        totals: One for each field; over all tasks.
    """

    programme: Programme
    fields: tuple[ServiceField, ...]
    strategies: tuple[StrategyRows, ...]
    totals: tuple[Cell, ...]
    fieldless: Cell
    whole: Cell

    @property
    def rows(self) -> tuple[TaskRow, ...]:
        """All tasks, in order."""
        return tuple(row for group in self.strategies for row in group.rows)

    def tasks_with(self, cover: Cover) -> tuple[TaskRow, ...]:
        """Give the tasks that are covered so, whatever the field."""
        return tuple(row for row in self.rows if row.whole.cover == cover)


def coverage(
    programmes: Iterable[Programme],
    strategies: Sequence[Strategy],
    tasks: Sequence[Task],
    fields: Sequence[ServiceField],
    commitments: Sequence[Collaboration],
) -> tuple[Matrix, ...]:
    """Put the commitments of one day into a table for each programme that has tasks.

    Args:
        commitments: Those that hold on the day; what is not theirs to be counted is left out.
    """
    made = (_matrix(each, strategies, tasks, fields, commitments) for each in programmes)
    return tuple(each for each in made if each.strategies)


def _matrix(
    programme: Programme,
    strategies: Sequence[Strategy],
    tasks: Sequence[Task],
    fields: Sequence[ServiceField],
    commitments: Sequence[Collaboration],
) -> Matrix:
    columns = tuple(
        sorted(
            (each for each in fields if each.programme_id == programme.id),
            key=lambda each: each.position,
        )
    )
    groups = []
    for strategy in sorted(strategies, key=lambda each: each.position):
        if strategy.programme_id != programme.id:
            continue
        under = sorted(
            (each for each in tasks if each.strategy_id == strategy.id),
            key=lambda each: each.position,
        )
        rows = tuple(
            _row(task, columns, [each for each in commitments if each.task_id == task.id])
            for task in under
        )
        if rows:
            groups.append(StrategyRows(strategy, rows))
    counted = [each for group in groups for row in group.rows for each in row.whole.commitments]
    cells, fieldless, whole = _cells(columns, counted)
    return Matrix(programme, columns, tuple(groups), cells, fieldless, whole)


def _row(
    task: Task, columns: Sequence[ServiceField], commitments: Sequence[Collaboration]
) -> TaskRow:
    return TaskRow(task, *_cells(columns, commitments))


def _cells(
    columns: Sequence[ServiceField], commitments: Sequence[Collaboration]
) -> tuple[tuple[Cell, ...], Cell, Cell]:
    by_field: dict[UUID | None, list[Collaboration]] = {each.id: [] for each in columns} | {
        None: []
    }
    for each in commitments:
        known = each.service_field_id if each.service_field_id in by_field else None
        by_field[known].append(each)
    cells = tuple(Cell(column, tuple(by_field[column.id])) for column in columns)
    return cells, Cell(None, tuple(by_field[None])), Cell(None, tuple(commitments))
