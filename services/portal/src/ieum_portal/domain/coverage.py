"""A programme's tasks by its fields as a table, with how many cover each place of it on one day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from changefeed.coverage import Cover, cover_of
from changefeed.subjects.catalogue import Programme, ServiceField, Strategy, Task


@dataclass(frozen=True, slots=True)
class Partners:
    """How many partners there are, and of how many others nobody knows."""

    count: int = 0
    unknown: int = 0


NOBODY = Partners()


@dataclass(frozen=True, slots=True)
class PartnerCounts:
    """How many partners have commitments in one programme, each counted once at each place.

    Attributes:
        by_task: All on a task, whatever the field.
        by_field: In a field, whatever the task.
        by_place: On a task in a field.
        fieldless, fieldless_by_task: What names no field, or one of another programme.
        foreign_fields: Fields of other programmes that commitments name.
        illustrative: Whether anything counted was made up to show the system at work.
    """

    whole: Partners = NOBODY
    by_task: Mapping[UUID, Partners] = field(default_factory=dict)
    by_field: Mapping[UUID, Partners] = field(default_factory=dict)
    by_place: Mapping[tuple[UUID, UUID], Partners] = field(default_factory=dict)
    fieldless: Partners = NOBODY
    fieldless_by_task: Mapping[UUID, Partners] = field(default_factory=dict)
    foreign_fields: tuple[UUID, ...] = ()
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the table.

    Attributes:
        field: None where the place is not about one field: a task's whole row, or what names none.
        count: How many partners there are.
        unknown: Of how many others nobody knows.
    """

    field: ServiceField | None
    count: int
    unknown: int

    @property
    def cover(self) -> Cover:
        """Say whether there is nobody, one, or several, or nobody knows."""
        return cover_of(self.count, self.unknown)


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
        foreign_fields: Fields of other programmes that are counted as none.
        illustrative: Whether anything counted was made up to show the system at work.
    """

    programme: Programme
    fields: tuple[ServiceField, ...]
    strategies: tuple[StrategyRows, ...]
    totals: tuple[Cell, ...]
    fieldless: Cell
    whole: Cell
    foreign_fields: tuple[UUID, ...]
    illustrative: bool

    @property
    def rows(self) -> tuple[TaskRow, ...]:
        """All tasks, in order."""
        return tuple(row for group in self.strategies for row in group.rows)

    def tasks_with(self, cover: Cover) -> tuple[TaskRow, ...]:
        """Give the tasks that are covered so, whatever the field."""
        return tuple(row for row in self.rows if row.whole.cover == cover)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a programme's table stands on, in order; a strategy without tasks is left out."""

    programme: Programme
    strategies: tuple[tuple[Strategy, tuple[Task, ...]], ...]
    fields: tuple[ServiceField, ...]


def frames(
    programmes: Iterable[Programme],
    strategies: Iterable[Strategy],
    tasks: Iterable[Task],
    fields: Iterable[ServiceField],
) -> tuple[Frame, ...]:
    """Put together what the tables stand on; a programme without tasks has none."""
    in_order = sorted(strategies, key=lambda each: each.position)
    tasks_in_order = sorted(tasks, key=lambda each: each.position)
    fields_in_order = sorted(fields, key=lambda each: each.position)
    found = []
    for programme in programmes:
        groups = tuple(
            (each, under)
            for each in in_order
            if each.programme_id == programme.id
            and (under := tuple(it for it in tasks_in_order if it.strategy_id == each.id))
        )
        its = tuple(each for each in fields_in_order if each.programme_id == programme.id)
        if groups:
            found.append(Frame(programme, groups, its))
    return tuple(found)


def matrix(frame: Frame, counted: PartnerCounts) -> Matrix:
    """Put what was counted into the table of a programme."""
    groups = tuple(
        StrategyRows(strategy, tuple(_row(each, frame.fields, counted) for each in tasks))
        for strategy, tasks in frame.strategies
    )
    return Matrix(
        frame.programme,
        frame.fields,
        groups,
        tuple(_cell(each, counted.by_field.get(each.id)) for each in frame.fields),
        _cell(None, counted.fieldless),
        _cell(None, counted.whole),
        counted.foreign_fields,
        counted.illustrative,
    )


def _row(task: Task, fields: Sequence[ServiceField], counted: PartnerCounts) -> TaskRow:
    return TaskRow(
        task,
        tuple(_cell(each, counted.by_place.get((task.id, each.id))) for each in fields),
        _cell(None, counted.fieldless_by_task.get(task.id)),
        _cell(None, counted.by_task.get(task.id)),
    )


def _cell(of: ServiceField | None, partners: Partners | None) -> Cell:
    found = partners or NOBODY
    return Cell(of, found.count, found.unknown)
