"""A programme's tasks by its fields as a table, with who covers each place of it on one day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from changefeed.coverage import Cover, Covered, covered, holds_on, is_unknown_on
from changefeed.subjects.catalogue import Programme, ServiceField, Strategy, Task
from changefeed.subjects.collaboration import Collaboration


@dataclass(frozen=True, slots=True)
class Cell:
    """The commitments at one place of the table.

    Attributes:
        field: None where the place is not about one field: a task's whole row, or what names none.
        commitments: Those that hold.
        doubts: Those of which nobody knows, of partners that are not at work there for certain.
    """

    field: ServiceField | None
    commitments: tuple[Collaboration, ...]
    doubts: tuple[Collaboration, ...] = ()

    @property
    def covered(self) -> Covered[UUID]:
        """Who covers it."""
        return covered(_partners(self.commitments), _partners(self.doubts))

    @property
    def count(self) -> int:
        """How many partners there are."""
        return len(self.covered.partners)

    @property
    def unknown(self) -> int:
        """Of how many others nobody knows."""
        return len(self.covered.unknown)

    @property
    def cover(self) -> Cover:
        """Say whether there is nobody, one, or several, or nobody knows."""
        return self.covered.cover

    @property
    def illustrative(self) -> bool:
        """Whether anything counted here was made up to show the system at work."""
        behind = (*self.commitments, *self.doubts)
        return any(each.provenance.illustrative for each in behind)


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
    on: date,
) -> tuple[Matrix, ...]:
    """Put the commitments of one day into a table for each programme that has tasks.

    Args:
        commitments: At least those that hold on the day, and those of which nobody knows; what is
            not theirs to be counted is left out.
    """
    made = (_matrix(each, strategies, tasks, fields, commitments, on) for each in programmes)
    return tuple(each for each in made if each.strategies)


def _matrix(
    programme: Programme,
    strategies: Sequence[Strategy],
    tasks: Sequence[Task],
    fields: Sequence[ServiceField],
    commitments: Sequence[Collaboration],
    on: date,
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
            TaskRow(task, *_cells(columns, [c for c in commitments if c.task_id == task.id], on))
            for task in under
        )
        if rows:
            groups.append(StrategyRows(strategy, rows))
    there = {row.task.id for group in groups for row in group.rows}
    counted = [each for each in commitments if each.task_id in there]
    cells, fieldless, whole = _cells(columns, counted, on)
    return Matrix(programme, columns, tuple(groups), cells, fieldless, whole)


def _cells(
    columns: Sequence[ServiceField], commitments: Sequence[Collaboration], on: date
) -> tuple[tuple[Cell, ...], Cell, Cell]:
    by_field: dict[UUID | None, list[Collaboration]] = {each.id: [] for each in columns} | {
        None: []
    }
    for each in commitments:
        known = each.service_field_id if each.service_field_id in by_field else None
        by_field[known].append(each)
    cells = tuple(_cell(column, by_field[column.id], on) for column in columns)
    return cells, _cell(None, by_field[None], on), _cell(None, commitments, on)


def _cell(field: ServiceField | None, there: Sequence[Collaboration], on: date) -> Cell:
    holding = tuple(each for each in there if holds_on(each, on))
    perhaps = [each for each in there if is_unknown_on(each, on)]
    apart = covered(_partners(holding), _partners(perhaps)).unknown
    return Cell(field, holding, tuple(each for each in perhaps if each.partner_id in apart))


def _partners(commitments: Iterable[Collaboration]) -> Iterator[UUID]:
    return (each.partner_id for each in commitments)
