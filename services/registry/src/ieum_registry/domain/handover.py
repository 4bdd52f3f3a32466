"""What a handover (인사이동) moves, as the declarations say, and what it leaves.

A fact that names a person or a department moves with them, unless it says who it was on its day
(`Fact.is_of_its_day`). What names them for some days, as a seat does, changes hands on the day
itself; everything else stands as it is until the day has come.
"""

import typing
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, Literal, TypeVar
from uuid import UUID

from changefeed.declared import Declaration, Field, fields_of
from changefeed.subjects.handover import Handover
from changefeed.subjects.parts import Place
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.subjects import SUBJECTS
from ieum_registry.domain.term import day_before

Kind = TypeVar("Kind", bound=Declaration)


@dataclass(frozen=True, slots=True)
class Whom:
    """A person or a department that answers for something."""

    type: Literal["contact", "department"]
    id: UUID


@dataclass(frozen=True, slots=True)
class Naming:
    """One fact that names people or departments.

    Attributes:
        within: The fact of each part that does so, where the field holds several parts.
        is_dated: Whether each part says from which day to which.
    """

    field: Field
    within: Field | None = None
    is_dated: bool = False

    def values(self, subject: Declaration) -> Iterator[Any]:
        """Give whatever stands there: ids, places, or parts."""
        value = getattr(subject, self.field.name)
        if value is not None:
            yield from value if _is_several(self.field) else (value,)

    def is_of(self, value: Any, whom: Whom) -> bool:  # noqa: ANN401  An id, a place or a part.
        """Say whether such a value names somebody."""
        if self.within is not None:
            return bool(getattr(value, self.within.name) == whom.id)
        if isinstance(value, Place):
            return (value.type, value.id) == (whom.type, whom.id)
        return bool(value == whom.id)

    def put(self, value: Any, whom: Whom) -> Any:  # noqa: ANN401  As above.
        """Give the value with somebody else."""
        if self.within is not None:
            return replace(value, **{self.within.name: whom.id})
        return replace(value, id=whom.id) if isinstance(value, Place) else whom.id


@cache
def namings_of(subject_type: str, whom_type: str) -> tuple[Naming, ...]:
    """Give which facts of a type name people, or departments, that answer for it."""
    return tuple(_namings(fields_of(SUBJECTS[subject_type]), whom_type))


def _namings(fields: tuple[Field, ...], whom_type: str) -> Iterator[Naming]:
    for field in fields:
        if _names(field, whom_type):
            yield Naming(field)
        elif field.parts is not None and _is_several(field):
            within = fields_of(field.parts)
            is_dated = {"from_on", "to_on"} <= {each.name for each in within}
            for each in within:
                if _names(each, whom_type):
                    yield Naming(field, each, is_dated)


def _names(field: Field, whom_type: str) -> bool:
    if field.fact.is_of_its_day:
        return False
    is_place = field.holds is Place and whom_type == "department"
    return is_place or field.fact.names == whom_type


def handed_types(whom_type: str) -> tuple[str, ...]:
    """Give the types of which something may change hands, in the order in which all are named."""
    return tuple(each for each in SUBJECTS if namings_of(each, whom_type))


def answers_for(whom: Whom, subject: Declaration, on: date) -> bool:
    """Say whether a subject names somebody on a day, or from a later one on."""
    return any(
        naming.is_of(value, whom) and not (naming.is_dated and _is_over(value, on))
        for naming in namings_of(subject.subject_type, whom.type)
        for value in naming.values(subject)
    )


def begins_later(whom: Whom, subject: Declaration, on: date) -> date | None:
    """Give the day after `on` from which alone a subject names somebody, if there is such a one."""
    starts = [
        value.from_on
        for naming in namings_of(subject.subject_type, whom.type)
        for value in naming.values(subject)
        if naming.is_dated and naming.is_of(value, whom) and not _is_over(value, on)
    ]
    return min(starts) if starts and min(starts) > on else None


def waits(whom: Whom, subject: Declaration, on: date, today: date) -> bool:
    """Say whether something of it stands without days, so that it changes on the day alone."""
    return on > today and any(
        not naming.is_dated and naming.is_of(value, whom)
        for naming in namings_of(subject.subject_type, whom.type)
        for value in naming.values(subject)
    )


def handed(subject: Kind, giver: Whom, taker: Whom, on: date) -> Kind:
    """Give the subject with the taker in the giver's place from a day on.

    Of what is dated, the giver's days end the day before and the taker's end where the giver's
    did. Who began on that very day has not had it for a day and is named no longer.

    Raises:
        RuleBroken: `handover.not_held`; `handover.before_its_start`; `handover.has_it_already`;
            what the subject's own class raises.

    Source: docs/rules/lifecycle.md, L-37.
    """
    if not answers_for(giver, subject, on):
        raise RuleBroken("handover.not_held", type=subject.subject_type, id=str(subject.id))
    later = begins_later(giver, subject, on)
    if later is not None:
        raise RuleBroken("handover.before_its_start", on=str(on), starts_on=str(later))
    changes: dict[str, Any] = {}
    for naming in namings_of(subject.subject_type, giver.type):
        values = list(naming.values(subject))
        if not any(naming.is_of(each, giver) for each in values):
            continue
        passed = [each for value in values for each in _passed(naming, value, giver, taker, on)]
        if naming.is_dated:
            _must_have_it_once(naming, passed, taker, on)
        elif _is_several(naming.field):
            passed = list(dict.fromkeys(passed))
        changes[naming.field.name] = tuple(passed) if _is_several(naming.field) else passed[0]
    return typing.cast("Kind", replace(typing.cast("Any", subject), **changes))


def _passed(
    naming: Naming,
    value: Any,  # noqa: ANN401  An id, a place or a part, here and below.
    giver: Whom,
    taker: Whom,
    on: date,
) -> Iterator[Any]:
    if not naming.is_of(value, giver) or (naming.is_dated and _is_over(value, on)):
        yield value
        return
    given = naming.put(value, taker)
    if not naming.is_dated or value.from_on >= on:
        yield given
        return
    yield replace(value, to_on=day_before(on))
    yield replace(given, from_on=on)


def _must_have_it_once(naming: Naming, values: list[Any], taker: Whom, on: date) -> None:
    spans = sorted(
        (each for each in values if naming.is_of(each, taker)), key=lambda each: each.from_on
    )
    for one, other in pairwise(spans):
        if one.to_on is None or one.to_on >= other.from_on:
            raise RuleBroken("handover.has_it_already", on=str(on))


def _is_over(part: Any, on: date) -> bool:  # noqa: ANN401
    return part.to_on is not None and part.to_on < on


def _is_several(field: Field) -> bool:
    return typing.get_origin(field.holds) is tuple


def giver_of(handover: Handover) -> Whom:
    """Give who hands over."""
    if handover.from_contact_id is not None:
        return Whom("contact", handover.from_contact_id)
    assert handover.from_department_id is not None  # noqa: S101  One of the two is always there.
    return Whom("department", handover.from_department_id)


def may_be_taken_back(handover: Handover, today: date) -> bool:
    """Say whether it may still be taken back: on the day it is entered, or begins, at the latest.

    Source: docs/rules/lifecycle.md, L-38.
    """
    return handover.undone_on is None and today <= max(handover.recorded_on, handover.on)
