"""The record that what one entry of the log said was destroyed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self
from uuid import UUID

from changefeed.change import Facts
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.provenance import BY_HAND, Provenance


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


@dataclass(frozen=True, slots=True)
class Redaction:
    """Of which entry everything was destroyed that could be; why is the reason of its own entry.

    Attributes:
        redacts: The number of that entry.
        of_type: The type of its subject.
        of_id: The id of its subject.

    Source: docs/adr/0012; docs/changes.md, "What is destroyed".
    """

    subject_type: ClassVar[str] = "redaction"

    id: UUID
    redacts: int
    of_type: str
    of_id: UUID
    key: str | None = None
    provenance: Provenance = BY_HAND

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        return {
            "id": str(self.id),
            "key": self.key,
            "redacts": self.redacts,
            "of_type": self.of_type,
            "of_id": str(self.of_id),
            "provenance": self.provenance.facts(),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        return cls(
            id=UUID(facts["id"]),
            redacts=facts["redacts"],
            of_type=facts["of_type"],
            of_id=UUID(facts["of_id"]),
            key=facts["key"],
            provenance=Provenance.from_facts(facts["provenance"]),
        )


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
