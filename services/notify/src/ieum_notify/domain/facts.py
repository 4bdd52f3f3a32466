"""Reading one subject's facts: typed values out of plain JSON, or a clear complaint.

Source: docs/changes.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from changefeed.change import Fact, Facts
from ieum_notify.domain.words import Words


class FactsUnreadable(ValueError):
    """Facts lack something that docs/changes.md promises; the subject is set aside and named."""


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What a change speaks of: its type and id."""

    type: str
    id: UUID

    def __str__(self) -> str:
        return f"{self.type}:{self.id}"

    @classmethod
    def from_facts(cls, value: Fact) -> "Subject":
        """Read a place of belonging: `{"type": "partner" or "department", "id": UUID}`."""
        place = mapping(value)
        return cls(text(place, "type"), identity(place, "id"))


@dataclass(frozen=True, slots=True)
class Record:
    """One subject's facts as last heard, with the version that they are."""

    version: int
    facts: Facts


def mapping(value: Fact) -> Facts:
    """Take a map for granted."""
    if not isinstance(value, dict):
        raise FactsUnreadable(f"expected a map, found {type(value).__name__}")
    return value


def text(facts: Mapping[str, Fact], name: str) -> str:
    """Give a text that must be there."""
    value = facts.get(name)
    if not isinstance(value, str):
        raise FactsUnreadable(f"{name} is no text")
    return value


def day(facts: Mapping[str, Fact], name: str) -> date:
    """Give a day that must be there."""
    try:
        return date.fromisoformat(text(facts, name))
    except ValueError as error:
        raise FactsUnreadable(f"{name} is no day") from error


def day_or_none(facts: Mapping[str, Fact], name: str) -> date | None:
    """Give a day, or None where the facts leave it open."""
    return None if facts.get(name) is None else day(facts, name)


def identity(facts: Mapping[str, Fact], name: str) -> UUID:
    """Give an id that must be there."""
    try:
        return UUID(text(facts, name))
    except ValueError as error:
        raise FactsUnreadable(f"{name} is no id") from error


def identity_or_none(facts: Mapping[str, Fact], name: str) -> UUID | None:
    """Give an id, or None where the facts name nobody."""
    return None if facts.get(name) is None else identity(facts, name)


def words(facts: Mapping[str, Fact], name: str) -> Words:
    """Give a name or title in both languages; the Korean stands in for a missing English."""
    both = mapping(facts.get(name))
    korean = text(both, "ko")
    english = both.get("en")
    return Words(korean, english if isinstance(english, str) and english else korean)


def is_illustrative(facts: Mapping[str, Fact]) -> bool:
    """Say whether the record is an example rather than a fact (docs/changes.md, provenance)."""
    provenance = facts.get("provenance")
    return isinstance(provenance, dict) and provenance.get("illustrative") is True
