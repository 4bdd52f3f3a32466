"""Who works on which task in which field on a day: the gaps, and what stands behind a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from changefeed.subjects.agreement import Agreement
from changefeed.subjects.catalogue import Programme, ServiceField, Strategy, Task, Technology
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.parts import Words
from ieum_portal.domain.coverage import Cell, Matrix, TaskRow, coverage
from ieum_portal.domain.errors import NotFound
from ieum_portal.operations.commitment_lines import CommitmentLine, Joined
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.merged_partners import as_one, merged_into
from ieum_portal.operations.ports import Neighbours, Registry

NO_FIELD = "none"
MOST_READ_PAGES = 25
"""Five thousand commitments are read for a table while a reader waits; more needs the graph."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which place of the table is looked into; the address of the page says the same.

    Attributes:
        task: A task's key or id; empty looks into none.
        field: A field's key or id, `none` for what names no field, or empty for the whole task.
    """

    task: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The place that is looked into.

    Attributes:
        field: None for the whole task, or for what names no field.
        doubts: Those of which nobody knows whether they still hold; they are not counted.
        elsewhere: Where nobody is in this field: who works on the task in others.
        agreements: Those behind the lines, by id; what the viewer may not see is absent.
    """

    row: TaskRow
    field: ServiceField | None
    is_fieldless: bool
    cell: Cell
    lines: Sequence[CommitmentLine]
    doubts: Sequence[CommitmentLine]
    elsewhere: Sequence[CommitmentLine]
    agreements: Mapping[UUID, Agreement]


@dataclass(frozen=True, slots=True)
class CoveragePage(Gathered):
    """Everything that the page shows.

    Attributes:
        matrices: None if the record could not be read; () if there are no tasks yet.
        is_too_large: More commitments hold than can be read while a reader waits.
    """

    matrices: Sequence[Matrix] | None
    place: Place | None
    is_too_large: bool = False

    @property
    def illustrative(self) -> bool:
        """Whether anything counted was made up to show the system at work."""
        return any(each.whole.illustrative for each in self.matrices or ())


def coverage_page(chosen: Chosen, *, on: date, neighbours: Neighbours) -> CoveragePage:
    """Gather the table, and what stands behind the chosen place of it.

    The record is asked and not the graph: it knows the agreements behind, and the page holds
    while the graph is rebuilt.

    Raises:
        NotFound: There is no such task or field in the table.
    """
    gathering, registry = Gathering(neighbours.left_s), neighbours.registry
    read = gathering.begin(
        "registry", "coverage", lambda: _commitments(registry, on), otherwise=None
    )
    frame = gathering.ask("registry", "coverage", lambda: _frame(registry), otherwise=None)
    if frame is None:
        return CoveragePage(None, None, missing=tuple(gathering.missing))
    commitments, is_too_large = read(), False
    if commitments is None:
        is_too_large = not gathering.missing
        return CoveragePage(None, None, is_too_large, missing=tuple(gathering.missing))
    matrices = coverage(*frame, commitments, on)
    place = _place(chosen, matrices, on, gathering, registry) if chosen.task else None
    return CoveragePage(matrices, place, missing=tuple(gathering.missing))


def _frame(
    registry: Registry,
) -> tuple[Sequence[Programme], Sequence[Strategy], Sequence[Task], Sequence[ServiceField]]:
    return (
        registry.all(Programme),
        registry.all(Strategy),
        registry.all(Task),
        registry.all(ServiceField),
    )


def _commitments(registry: Registry, on: date) -> Sequence[Collaboration] | None:
    """Read those that hold on the day, and those of which nobody knows; None if too many do.

    Those of merged records are read as those of the organisation that stands for them.
    """
    holding = registry.whole(Collaboration, at_most=MOST_READ_PAGES, in_force=True, on=on)
    perhaps = registry.whole(Collaboration, at_most=MOST_READ_PAGES, unknown_end=True, on=on)
    if holding is None or perhaps is None:
        return None
    return as_one((*holding, *perhaps), merged_into(registry))


def _place(
    chosen: Chosen,
    matrices: Sequence[Matrix],
    on: date,
    gathering: Gathering,
    registry: Registry,
) -> Place:
    row = next(
        (
            row
            for matrix in matrices
            for row in matrix.rows
            if chosen.task in (row.task.key, str(row.task.id))
        ),
        None,
    )
    if row is None:
        raise NotFound
    cell = _cell(row, chosen.field)
    elsewhere = row.whole.commitments if cell.count == 0 and chosen.field else ()
    behind = (*cell.commitments, *cell.doubts, *elsewhere)
    joined = _joined(behind, row, gathering, registry)
    return Place(
        row,
        cell.field,
        chosen.field == NO_FIELD,
        cell,
        [joined.line(each, on) for each in cell.commitments],
        [joined.line(each, on) for each in cell.doubts],
        [joined.line(each, on) for each in elsewhere],
        _agreements(behind, gathering, registry),
    )


def _cell(row: TaskRow, field: str) -> Cell:
    if not field:
        return row.whole
    if field == NO_FIELD:
        return row.fieldless
    for cell in row.cells:
        if cell.field is not None and field in (cell.field.key, str(cell.field.id)):
            return cell
    raise NotFound


def _joined(
    commitments: Sequence[Collaboration], row: TaskRow, gathering: Gathering, registry: Registry
) -> Joined:
    fields = {cell.field.id: cell.field.name for cell in row.cells if cell.field is not None}
    partners: Mapping[UUID, Words] = {}
    technologies: Mapping[UUID, Words] = {}
    if commitments:
        partners = gathering.ask(
            "registry",
            "names",
            lambda: registry.names_of(
                frozenset(each.partner_id for each in commitments), frozenset()
            ),
            otherwise={},
        )
        used = {each for one in commitments for each in one.technology_ids}
        technologies = gathering.ask(
            "registry",
            "names",
            lambda: {each.id: each.name for each in registry.by_id(Technology, used).values()},
            otherwise={},
        )
    return Joined(partners, {row.task.id: row.task}, technologies, fields)


def _agreements(
    commitments: Sequence[Collaboration], gathering: Gathering, registry: Registry
) -> Mapping[UUID, Agreement]:
    """Read what the commitments lie under; a public one may lie under what is not shown."""
    ids = {each.agreement_id for each in commitments}
    return gathering.ask(
        "registry", "agreements", lambda: registry.by_id(Agreement, ids), otherwise={}
    )
