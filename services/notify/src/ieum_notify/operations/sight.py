"""What a department sees of the letters, found in the copy of the facts."""

from uuid import UUID

from ieum_notify.domain.sight import NOTHING, Sight, commitments_named, led_by, sight_of
from ieum_notify.operations.ports import Copy


def department_sight(department: UUID | None, copy: Copy) -> Sight:
    """Give the sight of a department; of none, nothing.

    Source: docs/rules/access.md, A-4.
    """
    if department is None:
        return NOTHING
    known = copy.known()
    led = led_by(department, known)
    under = copy.records(commitments_named(known))
    mine = {str(each) for each in led}
    commitments = {
        about.id for about, record in under.items() if record.facts.get("agreement_id") in mine
    }
    return sight_of(department, known, led, commitments)
