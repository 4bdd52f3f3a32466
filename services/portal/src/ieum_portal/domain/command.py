"""What a person wants recorded, before it is: the changes that the desk offers.

`seen` is the version that the person had before them; what was changed since is not overwritten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SubjectRegistered:
    """Something new, by the registry's names of its facts; where it takes a reason, with that.

    Attributes:
        by: Below the collection's address, where several verbs make one; else nothing.
    """

    subject_type: str
    facts: Mapping[str, Any]
    by: str = ""


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
class SubjectMoved:
    """A move of a subject: a verb of its own, that says something and why.

    Attributes:
        move: As the registry's addresses call it: `completions`, `endings`.
        facts: What it says, by the registry's names.
    """

    subject_type: str
    subject_id: UUID
    move: str
    facts: Mapping[str, Any]
    reason: str | None
    seen: int


@dataclass(frozen=True, slots=True)
class ManyChanged:
    """The same is now known of several subjects, for the same reason.

    Attributes:
        seen: Each subject with the version that the person had before them.
    """

    subject_type: str
    seen: Mapping[UUID, int]
    facts: Mapping[str, Any]
    reason: str | None

    def each(self) -> Sequence[SubjectChanged]:
        """Give the change of each, in one order always."""
        return [
            SubjectChanged(self.subject_type, each, self.facts, self.reason, self.seen[each])
            for each in sorted(self.seen)
        ]


OneCommand = SubjectRegistered | SeveralRegistered | SubjectChanged | SubjectMoved
"""What is one write of the registry."""

Command = OneCommand | ManyChanged


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

    @property
    def is_first(self) -> bool:
        """Whether it would be the first about its subject, of which nothing is known before."""
        return self.told.get("version") == 1


STALE = "stale"
"""Why one of several is left as it is: somebody has changed it since it was looked at."""

Left = Mapping[UUID, str]
"""Those of several that are left as they are, with why: `STALE`, or what the registry says."""


@dataclass(frozen=True, slots=True)
class TriedEach:
    """What the changes of several would write, one after the other, and which are left."""

    entries: Sequence[Foretold]
    left: Left


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded, and the number of its entry in the change log.

    Attributes:
        left: Those of several that were not recorded.
    """

    subject_id: UUID
    seq: int
    left: Left = field(default_factory=dict)


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
        case SubjectMoved("collaboration", move="endings", facts=facts):
            last_on = _held(entries, "holds_until") or date.fromisoformat(facts["ends_on"])
            return max(today, last_on + timedelta(days=1))
        case SubjectMoved("seat", move="handovers", facts=facts):
            return max(today, date.fromisoformat(facts["from"]))
        case _:
            return today


def _held(entries: Sequence[Foretold], bound: str) -> date | None:
    found = (each.body.get(bound) for each in entries if each.subject_type == "collaboration")
    return next((date.fromisoformat(str(each)) for each in found if each), None)
