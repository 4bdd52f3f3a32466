"""What a person wants recorded, before it is: the changes that the desk offers.

`seen` is the version that the person had before them; what was changed since is not overwritten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from changefeed.subjects.event import Deadline
from changefeed.subjects.parts import Words


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
class CommitmentStarted:
    """A party commits itself on a task; `ends_on` None is open, `disclosure` public or closed."""

    agreement_id: UUID
    partner_id: UUID
    task_id: UUID
    technology_ids: tuple[UUID, ...]
    service_field_id: UUID | None
    role: str
    starts_on: date
    ends_on: date | None
    disclosure: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class CommitmentEnded:
    """A commitment's last day, and why it ends."""

    commitment_id: UUID
    ends_on: date
    reason: str
    seen: int


@dataclass(frozen=True, slots=True)
class ContactChanged:
    """What is now known of a person.

    Attributes:
        facts: Only what changes, by the registry's names; None takes a value away.
    """

    contact_id: UUID
    facts: Mapping[str, str | None]
    reason: str | None
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
class EventFacts:
    """What a form of an event says.

    Attributes:
        starts_at, ends_at: What clocks in `zone` show.
        department_id: None is the coordinating office.
    """

    title: Words
    kind: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    country: str
    city: Words
    venue: Words | None
    link: str | None
    deadlines: tuple[Deadline, ...]
    department_id: UUID | None
    partner_ids: tuple[UUID, ...]
    task_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class EventRegistered:
    """An event takes place somewhere."""

    facts: EventFacts


@dataclass(frozen=True, slots=True)
class EventChanged:
    """What is now known of an event, the whole of it."""

    event_id: UUID
    facts: EventFacts
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
    MilestoneDone
    | CommitmentStarted
    | CommitmentEnded
    | ContactChanged
    | SeatHandedOver
    | EventRegistered
    | EventChanged
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


def first_felt(wanted: Command, entries: Sequence[Foretold], today: date) -> date:
    """Give the day from which a change can be felt: that of its beginning, but not before today.

    A commitment is felt on the days on which it holds, which the registry says: its partner may be
    bound later than the commitment begins, or until earlier than it ends. It holds on its last day
    still, so its end is felt on the day after.

    Args:
        entries: What would be written.
    """
    match wanted:
        case CommitmentStarted():
            return max(today, _held(entries, "holds_from") or wanted.starts_on)
        case CommitmentEnded():
            last_on = _held(entries, "holds_until") or wanted.ends_on
            return max(today, last_on + timedelta(days=1))
        case SeatHandedOver():
            return max(today, wanted.from_on)
        case _:
            return today


def _held(entries: Sequence[Foretold], bound: str) -> date | None:
    found = (each.body.get(bound) for each in entries if each.subject_type == "collaboration")
    return next((date.fromisoformat(str(each)) for each in found if each), None)
