"""One row of the outbox, both ways: an occurrence to its columns and back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.engine import RowMapping

from ieum_notify.domain.facts import Subject
from ieum_notify.domain.occurrence import Occurrence
from ieum_notify.operations.ports import Entry


def to_columns(occurrence: Occurrence, new_id: UUID, now: datetime) -> dict[str, Any]:
    """Give the columns of a newly planned occurrence."""
    return {
        "id": new_id,
        "key": occurrence.key,
        "rule": occurrence.rule,
        "letter": occurrence.letter,
        "subject_type": occurrence.subject.type,
        "subject_id": occurrence.subject.id,
        "anchor_on": occurrence.anchor_on,
        "lead_days": occurrence.lead_days,
        "seat_id": occurrence.seat_id,
        "seat_role": occurrence.seat_role,
        "channel": occurrence.channel,
        "revision": occurrence.revision,
        "due_on": occurrence.due_on,
        "due_at": occurrence.due_at,
        "state": "planned",
        "tries": 0,
        "planned_at": now,
        "changed_at": now,
    }


def to_occurrence(row: RowMapping) -> Occurrence:
    """Read an occurrence back."""
    return Occurrence(
        row["rule"],
        row["letter"],
        Subject(row["subject_type"], row["subject_id"]),
        row["anchor_on"],
        row["lead_days"],
        row["seat_id"],
        row["seat_role"],
        row["due_on"],
        row["due_at"],
        row["channel"],
        row["revision"],
    )


def to_entry(row: RowMapping) -> Entry:
    """Read an occurrence with where it stands."""
    return Entry(to_occurrence(row), row["state"], row["reason"])


def ids_by_type(subjects: Iterable[Subject]) -> Mapping[str, list[UUID]]:
    """Give the ids of subjects by their type: asked for pair by pair, SQLite uses no index."""
    found: dict[str, list[UUID]] = {}
    for subject in subjects:
        found.setdefault(subject.type, []).append(subject.id)
    return found
