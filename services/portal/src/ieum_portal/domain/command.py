"""What a person wants recorded, before it is: the changes that the desk offers.

`seen` is the version that the person had before them; what was changed since is not overwritten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SubjectRegistered:
    """Something new, by the registry's names of its facts; where it takes a reason, with that."""

    subject_type: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SeveralRegistered:
    """Something new, several of a type, all or none; each as `SubjectRegistered` says it."""

    subject_type: str
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class SubjectChanged:
    """What is now known of a subject.

    Attributes:
        facts: Only what may change, by the registry's names; None takes a value away.
    """

    subject_type: str
    subject_id: UUID
    facts: Mapping[str, Any]
    reason: str | None
    seen: int


@dataclass(frozen=True, slots=True)
class MilestoneDone:
    """A promise was kept on a day; the text says what proves it."""

    milestone_id: UUID
    done_on: date
    proof: str
    link: str | None
    reason: str | None
    seen: int


@dataclass(frozen=True, slots=True)
class MilestoneReopened:
    """That a promise was kept, or given up, was recorded wrongly; why."""

    milestone_id: UUID
    reason: str
    seen: int


@dataclass(frozen=True, slots=True)
class CommitmentEnded:
    """A commitment's last day, and why it ends."""

    commitment_id: UUID
    ends_on: date
    reason: str
    seen: int


@dataclass(frozen=True, slots=True)
class SeatHandedOver:
    """A seat has another holder from a day on; whoever sits there goes the day before."""

    seat_id: UUID
    contact_id: UUID
    from_on: date
    reason: str | None
    seen: int


@dataclass(frozen=True, slots=True)
class EventCancelled:
    """An event does not take place, known from a day on; why, and what everybody is told."""

    event_id: UUID
    cancelled_on: date
    reason: str
    told: str | None
    seen: int


Command = (
    SubjectRegistered
    | SeveralRegistered
    | SubjectChanged
    | MilestoneDone
    | MilestoneReopened
    | CommitmentEnded
    | SeatHandedOver
    | EventCancelled
)


@dataclass(frozen=True, slots=True)
class Foretold:
    """An entry that would be written.

    Attributes:
        body: The subject's facts as they would be.
        told: The entry as the registry gave it, to be passed on to those who foresee more.
    """

    kind: str
    subject_type: str
    subject_id: UUID
    body: Mapping[str, object]
    reason: str | None
    told: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded, and the number of its entry in the change log."""

    subject_id: UUID
    seq: int


def first_felt(command: Command, entries: Sequence[Foretold], today: date) -> date:
    """Give the day from which a change can be felt: that of its beginning, but not before today.

    A commitment is felt on the days on which it holds, which the registry says: its partner may be
    bound later than the commitment begins, or until earlier than it ends. It holds on its last day
    still, so its end is felt on the day after.

    Args:
        entries: What would be written.
    """
    match command:
        case SubjectRegistered("collaboration"):
            return max(today, _held(entries, "holds_from") or today)
        case CommitmentEnded():
            last_on = _held(entries, "holds_until") or command.ends_on
            return max(today, last_on + timedelta(days=1))
        case SeatHandedOver():
            return max(today, command.from_on)
        case _:
            return today


def _held(entries: Sequence[Foretold], bound: str) -> date | None:
    found = (each.body.get(bound) for each in entries if each.subject_type == "collaboration")
    return next((date.fromisoformat(str(each)) for each in found if each), None)
