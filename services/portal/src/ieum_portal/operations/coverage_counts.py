"""How many partners work on which task in which field: counted by the record, however many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from changefeed.subjects.collaboration import Collaboration
from ieum_portal.domain.coverage import NOBODY, Frame, PartnerCounts, Partners
from ieum_portal.operations.ports import Registry
from registryclient.answers import Asked, Counts, Values, Way

MOST_GROUPS = 5_000
"""So many places of a table are counted; one with more could not be read either."""

BY_TASK: Way = ("task",)
BY_FIELD: Way = ("service_field",)
BY_PLACE: Way = ("task", "service_field")
BY_PARTNER: Way = ("partner",)
NO_FIELD = "none"


@dataclass(frozen=True, slots=True)
class _Both:
    """The same counts twice: of what holds, and of what holds or may."""

    holding: Counts
    perhaps: Counts

    @property
    def is_cut(self) -> bool:
        return bool(self.perhaps.cut or self.holding.cut)

    @property
    def total(self) -> Partners:
        return _partners(self.holding.total, self.perhaps.total)

    def of(self, way: Way) -> Mapping[Values, Partners]:
        """Give what was counted in one way; who may be there and is for certain counts once."""
        holding = self.holding.groups[way]
        return {
            values: _partners(holding.get(values, 0), count)
            for values, count in self.perhaps.groups[way].items()
        }


def _partners(holding: int, perhaps: int) -> Partners:
    return Partners(holding, perhaps - holding)


def partner_counts(frame: Frame, *, on: date, registry: Registry) -> PartnerCounts | None:
    """Count the partners of a programme; None if its table has more places than are counted."""
    found = _counted(frame, (BY_TASK, BY_FIELD, BY_PLACE), registry, on)
    if found.is_cut:
        return None
    made_up = registry.counts(
        Collaboration,
        programme=frame.programme.id,
        may_hold=True,
        illustrative=True,
        on=on,
    )
    own = {each.id for each in frame.fields}
    by_field = {_id(value): count for (value,), count in found.of(BY_FIELD).items()}
    by_place = {
        (UUID(str(task)), _id(value)): count for (task, value), count in found.of(BY_PLACE).items()
    }
    foreign = tuple(each for each in by_field if each is not None and each not in own)
    counts = PartnerCounts(
        found.total,
        {UUID(str(task)): count for (task,), count in found.of(BY_TASK).items()},
        {each: count for each, count in by_field.items() if each in own},
        {(task, each): count for (task, each), count in by_place.items() if each in own},
        by_field.get(None, NOBODY),
        {task: count for (task, each), count in by_place.items() if each is None},
        foreign,
        bool(made_up.total),
    )
    return _with_foreign(counts, frame, registry, on) if foreign else counts


def fieldless(foreign_fields: Sequence[UUID]) -> str:
    """Ask the registry for what names no field, or one of these."""
    return ",".join([NO_FIELD, *map(str, foreign_fields)])


def _with_foreign(
    counts: PartnerCounts, frame: Frame, registry: Registry, on: date
) -> PartnerCounts:
    """Count what names no field together with what names another programme's, each partner once."""
    fields = fieldless(counts.foreign_fields)
    found = _counted(frame, (BY_TASK,), registry, on, service_field=fields)
    by_task = {UUID(str(task)): count for (task,), count in found.of(BY_TASK).items()}
    return replace(counts, fieldless=found.total, fieldless_by_task=by_task)


def _counted(
    frame: Frame, ways: Sequence[Way], registry: Registry, on: date, **asked: Asked
) -> _Both:
    def ask(*by: Way, **how: bool) -> Counts:
        return registry.counts(
            Collaboration,
            *by,
            distinct="partner",
            most=MOST_GROUPS,
            programme=frame.programme.id,
            on=on,
            **asked,
            **how,
        )

    holding, unknown = ask(*ways, in_force=True), ask(unknown_end=True)
    return _Both(holding, ask(*ways, may_hold=True) if unknown.total else holding)


def _id(value: object) -> UUID | None:
    return None if value is None else UUID(str(value))
