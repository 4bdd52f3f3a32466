"""One call of loading: which documents, against which anchor day, and how much came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from changefeed.change import Facts
from ieum_registry.domain.provenance import BY_HAND, Provenance


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """A file as it was read; `sha256` in hex over its UTF-8 text."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Load:
    """The record of one call; `anchor_on` is the day from which relative dates were counted.

    Source: docs/rules/terms.md, T-18; ADR 0006.
    """

    subject_type: ClassVar[str] = "load"

    id: UUID
    anchor_on: date
    documents: tuple[LoadedDocument, ...]
    counts: Mapping[str, int]
    key: str | None = None
    provenance: Provenance = BY_HAND

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        return {
            "id": str(self.id),
            "key": self.key,
            "anchor_on": self.anchor_on.isoformat(),
            "documents": [{"name": each.name, "sha256": each.sha256} for each in self.documents],
            "counts": dict(self.counts),
            "provenance": self.provenance.facts(),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        return cls(
            id=UUID(facts["id"]),
            key=facts["key"],
            anchor_on=date.fromisoformat(facts["anchor_on"]),
            documents=tuple(
                LoadedDocument(each["name"], each["sha256"]) for each in facts["documents"]
            ),
            counts=dict(facts["counts"]),
            provenance=Provenance.from_facts(facts["provenance"]),
        )
