"""A department of the city; the one marked `office` coordinates (총괄부서)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self
from uuid import UUID

from changefeed.change import Facts
from ieum_registry.domain.provenance import BY_HAND, Provenance
from ieum_registry.domain.words import Words


@dataclass(frozen=True, slots=True)
class Department:
    """One department."""

    subject_type: ClassVar[str] = "department"

    id: UUID
    name: Words
    key: str | None = None
    office: bool = False
    provenance: Provenance = BY_HAND

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        return {
            "id": str(self.id),
            "key": self.key,
            "name": self.name.facts(),
            "office": self.office,
            "provenance": self.provenance.facts(),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        return cls(
            id=UUID(facts["id"]),
            key=facts["key"],
            name=Words.from_facts(facts["name"]),
            office=facts["office"],
            provenance=Provenance.from_facts(facts["provenance"]),
        )
