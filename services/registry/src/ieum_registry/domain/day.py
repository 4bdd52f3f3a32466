"""A day that the office declares to be a working day or not, beside the public holidays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from changefeed.change import Facts
from ieum_registry.domain.provenance import BY_HAND, Provenance
from ieum_registry.domain.words import Words


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One declared day; there is at most one record for a day."""

    subject_type: ClassVar[str] = "calendar_day"

    id: UUID
    on: date
    working: bool
    name: Words
    decreed_by: str
    key: str | None = None
    provenance: Provenance = BY_HAND

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        return {
            "id": str(self.id),
            "key": self.key,
            "on": self.on.isoformat(),
            "working": self.working,
            "name": self.name.facts(),
            "decreed_by": self.decreed_by,
            "provenance": self.provenance.facts(),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        return cls(
            id=UUID(facts["id"]),
            key=facts["key"],
            on=date.fromisoformat(facts["on"]),
            working=facts["working"],
            name=Words.from_facts(facts["name"]),
            decreed_by=facts["decreed_by"],
            provenance=Provenance.from_facts(facts["provenance"]),
        )
