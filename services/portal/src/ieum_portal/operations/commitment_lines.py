"""Commitments with the names of what they join, as several pages list them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from changefeed.coverage import holds_on
from changefeed.subjects.catalogue import ServiceField, Task, Technology
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.parts import Words
from ieum_portal.operations.gathering import Gathering
from ieum_portal.operations.ports import Registry


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """A commitment with the names of what it joins; None where a name could not be had.

    Attributes:
        service_field: None also if it is in none.
        holds: Whether it holds on the day.
    """

    commitment: Collaboration
    partner: Words | None
    task: Task | None
    technologies: Sequence[Words]
    service_field: Words | None
    holds: bool


@dataclass(frozen=True, slots=True)
class TaskLines:
    """The commitments to one task; None for the task if its name could not be had."""

    task: Task | None
    lines: Sequence[CommitmentLine]

    @property
    def holding(self) -> int:
        """How many of them hold on the day."""
        return sum(each.holds for each in self.lines)


def by_task(lines: Sequence[CommitmentLine]) -> list[TaskLines]:
    """Put together what is committed to one task: what somebody works on first, else in order."""
    found: dict[UUID, list[CommitmentLine]] = {}
    for each in lines:
        found.setdefault(each.commitment.task_id, []).append(each)
    groups = [TaskLines(some[0].task, some) for some in found.values()]
    return sorted(groups, key=lambda each: not each.holding)


@dataclass(frozen=True, slots=True)
class Joined:
    """What commitments may join, by id; what could not be had is absent."""

    partners: Mapping[UUID, Words]
    tasks: Mapping[UUID, Task]
    technologies: Mapping[UUID, Words]
    fields: Mapping[UUID, Words]

    def line(self, commitment: Collaboration, on: date) -> CommitmentLine:
        """Name what a commitment joins."""
        known, field = self.technologies, commitment.service_field_id
        return CommitmentLine(
            commitment,
            self.partners.get(commitment.partner_id),
            self.tasks.get(commitment.task_id),
            [known[each] for each in commitment.technology_ids if each in known],
            self.fields.get(field) if field else None,
            holds_on(commitment, on),
        )


def commitment_lines(
    commitments: Sequence[Collaboration],
    partners: Mapping[UUID, Words],
    *,
    on: date,
    gathering: Gathering,
    registry: Registry,
) -> list[CommitmentLine]:
    """Name what commitments join, and put them in the order in which they are read.

    Args:
        partners: The names of those that commit themselves.
    """
    tasks = gathering.begin(
        "registry",
        "names",
        lambda: registry.by_id(Task, {each.task_id for each in commitments}),
        otherwise=dict[UUID, Task](),
    )
    technologies = gathering.begin(
        "registry",
        "names",
        lambda: registry.by_id(
            Technology, {each for one in commitments for each in one.technology_ids}
        ),
        otherwise=dict[UUID, Technology](),
    )
    fields = gathering.begin(
        "registry",
        "names",
        lambda: registry.by_id(
            ServiceField, {each.service_field_id for each in commitments if each.service_field_id}
        ),
        otherwise=dict[UUID, ServiceField](),
    )
    joined = Joined(
        partners,
        tasks(),
        {each.id: each.name for each in technologies().values()},
        {each.id: each.name for each in fields().values()},
    )
    return sorted((joined.line(each, on) for each in commitments), key=_in_reading_order)


def _in_reading_order(line: CommitmentLine) -> tuple[bool, int, str, date]:
    """Put what holds first, then by task as the programme counts them, then by partner."""
    position = line.task.position if line.task else 0
    partner = line.partner.ko if line.partner else ""
    return (not line.holds, position, partner, line.commitment.starts_on)
