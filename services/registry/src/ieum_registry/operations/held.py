"""What a person or a department answers for on a day: everything that a handover may move."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from changefeed.declared import Declaration
from changefeed.lists import filters_of
from changefeed.mapping import from_facts
from ieum_registry.domain.ended import has_ended
from ieum_registry.domain.handover import (
    Whom,
    answers_for,
    begins_later,
    handed_types,
    namings_of,
)
from ieum_registry.domain.subjects import SUBJECTS
from ieum_registry.operations.ports.condition import Condition, equal, linked
from ieum_registry.operations.ports.records import Reading, Records

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Held:
    """One record that somebody answers for.

    Attributes:
        is_over: Whether nothing is to be done about it any more.
        starts_on: The later day from which alone they answer for it; None if they do by now.
    """

    type: str
    reading: Reading
    is_over: bool
    starts_on: date | None


def held_by(whom: Whom, *, on: date, records: Records) -> Sequence[Held]:
    """Give all of it, by type and then in the order of the type's lists."""
    return [
        Held(
            subject_type,
            reading,
            has_ended(subject_type, facts, on),
            begins_later(whom, subject, on),
        )
        for subject_type in handed_types(whom.type)
        for reading, facts, subject in _all(subject_type, _narrowed(subject_type, whom), records)
        if answers_for(whom, subject, on)
    ]


def _narrowed(subject_type: str, whom: Whom) -> Sequence[Condition]:
    """Give what lists are narrowed by to those that may name somebody; nothing reads all."""
    if (subject_type, whom.type) == ("seat", "contact"):
        return (linked("holder", whom.id),)
    namings = namings_of(subject_type, whom.type)
    columns = {
        each.field.name: each.column
        for each in filters_of(SUBJECTS[subject_type])
        if each.by == "value"
    }
    if len(namings) != 1 or namings[0].field.name not in columns:
        return ()
    return (equal(columns[namings[0].field.name], whom.id),)


def _all(
    subject_type: str, conditions: Sequence[Condition], records: Records
) -> Iterator[tuple[Reading, dict[str, Any], Declaration]]:
    after: str | None = None
    while True:
        page = records.list(subject_type, conditions, limit=AT_ONCE, after=after)
        for each in page.items:
            facts: dict[str, Any] = json.loads(each.text)
            yield each, facts, from_facts(SUBJECTS[subject_type], facts)
        if page.next is None:
            return
        after = page.next
