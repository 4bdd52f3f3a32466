"""Who works on which task in which field on a day: the gaps, and what stands behind a number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from changefeed.subjects.agreement import Agreement
from changefeed.subjects.catalogue import Programme, ServiceField, Strategy, Task, Technology
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.parts import Words
from ieum_portal.domain.coverage import Cell, Frame, Matrix, TaskRow, frames, matrix
from ieum_portal.domain.errors import NotFound
from ieum_portal.operations.commitment_lines import CommitmentLine, Joined
from ieum_portal.operations.coverage_counts import BY_PARTNER, NO_FIELD, fieldless, partner_counts
from ieum_portal.operations.endings import NONE
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.ports import Neighbours, Registry
from registryclient.answers import Asked, Listed, Total

MOST_LINES = 50
"""So many commitments stand behind a place; the list of commitments has them all."""

NO_COMMITMENTS: Listed[Collaboration] = Listed((), None)


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
        lines_total, elsewhere_total: How many commitments there are of each in all.
        has_more_doubts: Whether there are more doubts than were looked at.
    """

    row: TaskRow
    field: ServiceField | None
    is_fieldless: bool
    cell: Cell
    lines: Sequence[CommitmentLine]
    doubts: Sequence[CommitmentLine]
    elsewhere: Sequence[CommitmentLine]
    agreements: Mapping[UUID, Agreement]
    lines_total: Total
    elsewhere_total: Total
    has_more_doubts: bool


@dataclass(frozen=True, slots=True)
class CoveragePage(Gathered):
    """Everything that the page shows.

    Attributes:
        matrices: None if the record could not be read; () if there are no tasks yet.
        is_too_large: A table has more places than are counted.
    """

    matrices: Sequence[Matrix] | None
    place: Place | None
    is_too_large: bool = False

    @property
    def illustrative(self) -> bool:
        """Whether anything counted was made up to show the system at work."""
        return any(each.illustrative for each in self.matrices or ())


def coverage_page(chosen: Chosen, *, on: date, neighbours: Neighbours) -> CoveragePage:
    """Gather the table, and what stands behind the chosen place of it.

    The record is asked and not the graph: it knows the agreements behind, and the page holds
    while the graph is rebuilt.

    Raises:
        NotFound: There is no such task or field in the table.
    """
    gathering, registry = Gathering(neighbours.left_s), neighbours.registry
    found = gathering.ask("registry", "coverage", lambda: _frames(registry), otherwise=None)
    if found is None:
        return CoveragePage(None, None, missing=tuple(gathering.missing))
    counting = [
        gathering.begin(
            "registry",
            "coverage",
            partial(partner_counts, each, on=on, registry=registry),
            otherwise=None,
        )
        for each in found
    ]
    counted = [told() for told in counting]
    matrices = [
        matrix(frame, counts)
        for frame, counts in zip(found, counted, strict=True)
        if counts is not None
    ]
    if len(matrices) < len(found):
        return CoveragePage(None, None, not gathering.missing, missing=tuple(gathering.missing))
    place = _place(chosen, matrices, on, gathering, registry) if chosen.task else None
    return CoveragePage(matrices, place, missing=tuple(gathering.missing))


def _frames(registry: Registry) -> tuple[Frame, ...]:
    return frames(
        registry.all(Programme),
        registry.all(Strategy),
        registry.all(Task),
        registry.all(ServiceField),
    )


def _place(
    chosen: Chosen,
    matrices: Sequence[Matrix],
    on: date,
    gathering: Gathering,
    registry: Registry,
) -> Place:
    its, row = next(
        (
            (each, row)
            for each in matrices
            for row in each.rows
            if chosen.task in (row.task.key, str(row.task.id))
        ),
        (None, None),
    )
    if its is None or row is None:
        raise NotFound
    cell = _cell(row, chosen.field)
    here = _asked(chosen.field, its, cell, row)
    lines_then = _some(gathering, registry, on, {**here, "in_force": True})
    doubts_then = _some(gathering, registry, on, {**here, "unknown_end": True})
    lines, unclear, elsewhere = lines_then(), doubts_then(), NO_COMMITMENTS
    if cell.count == 0 and chosen.field:
        elsewhere = _some(gathering, registry, on, {"task": row.task.id, "in_force": True})()
    doubts = _apart(unclear.items, here, on, gathering, registry)
    behind = (*lines.items, *doubts, *elsewhere.items)
    joined = _joined(behind, row, gathering, registry)
    return Place(
        row,
        cell.field,
        chosen.field == NO_FIELD,
        cell,
        [joined.line(each, on) for each in lines.items],
        [joined.line(each, on) for each in doubts],
        [joined.line(each, on) for each in elsewhere.items],
        _agreements(behind, gathering, registry),
        lines.total or NONE,
        elsewhere.total or NONE,
        unclear.next is not None,
    )


def _asked(field: str, its: Matrix, cell: Cell, row: TaskRow) -> dict[str, Asked]:
    """Give what narrows the list of commitments to a place."""
    asked: dict[str, Asked] = {"task": row.task.id}
    if cell.field is not None:
        asked["service_field"] = cell.field.id
    elif field == NO_FIELD:
        asked["service_field"] = fieldless(its.foreign_fields)
    return asked


def _some(
    gathering: Gathering,
    registry: Registry,
    on: date,
    asked: Mapping[str, Asked],
) -> Callable[[], Listed[Collaboration]]:
    """Ask for the first commitments of a place."""
    return gathering.begin(
        "registry",
        "commitments",
        lambda: registry.page(
            Collaboration, after=None, limit=MOST_LINES, count=True, on=on, **asked
        ),
        otherwise=NO_COMMITMENTS,
    )


def _apart(
    unclear: Sequence[Collaboration],
    here: Mapping[str, Asked],
    on: date,
    gathering: Gathering,
    registry: Registry,
) -> list[Collaboration]:
    """Leave out partners that are at work there for certain besides."""
    partners = tuple({each.partner_id for each in unclear})
    if not partners:
        return []
    certain = gathering.ask(
        "registry",
        "commitments",
        lambda: registry.counts(
            Collaboration,
            BY_PARTNER,
            partner=partners,
            in_force=True,
            on=on,
            task=here["task"],
            service_field=here.get("service_field"),
        ),
        otherwise=None,
    )
    there = () if certain is None else certain.groups[BY_PARTNER]
    return [each for each in unclear if (str(each.partner_id),) not in there]


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
