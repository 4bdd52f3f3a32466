"""What a department sees of the letters, found in the copy of the facts."""

from datetime import date
from uuid import UUID

from ieum_notify.domain.sight import NOTHING, Sight, commitments_named, sight_of
from ieum_notify.operations.ports import Copy


def department_sight(department: UUID | None, copy: Copy, on: date) -> Sight:
    """Give the sight of a department on a day; of none, nothing.

    Source: docs/rules/access.md, A-4.
    """
    if department is None:
        return NOTHING
    known = copy.known()
    return sight_of(department, known, copy.records(commitments_named(known)), on)
