"""Which entry of the log may be redacted."""

from dataclasses import dataclass
from uuid import UUID

from changefeed.subjects.redaction import Redaction
from ieum_registry.domain.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """What can never be taken from an entry, as far as a redaction asks.

    Attributes:
        is_newest: Whether its subject has no later version.
    """

    seq: int
    subject_type: str
    subject_id: UUID
    is_newest: bool


STANDS_ALONE = frozenset({"load"})
"""What nothing points at and nobody goes on from: its newest version may be redacted too."""


def redaction_of(entry: LoggedEntry, redaction_id: UUID) -> Redaction:
    """Say that an entry is redacted.

    Raises:
        RuleBroken: `redaction.of_redaction`, as it would no longer be known why something is
            missing; `redaction.newest`, as the subject is read and changed from that version.

    Source: docs/adr/0012.
    """
    if entry.subject_type == Redaction.subject_type:
        raise RuleBroken("redaction.of_redaction", pointer="/seq", seq=entry.seq)
    if entry.is_newest and entry.subject_type not in STANDS_ALONE:
        raise RuleBroken("redaction.newest", pointer="/seq", seq=entry.seq)
    return Redaction(redaction_id, entry.seq, entry.subject_type, entry.subject_id)
