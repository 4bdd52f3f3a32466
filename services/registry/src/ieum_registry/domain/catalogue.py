"""What the city wants done: programme, strategies, tasks, service fields; and the technologies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal, Self, get_args
from uuid import UUID

from changefeed.change import Facts
from ieum_registry.domain.provenance import BY_HAND, Provenance
from ieum_registry.domain.words import Words

FieldGroup = Literal["industry", "citizen"]
FIELD_GROUPS: tuple[FieldGroup, ...] = get_args(FieldGroup)


@dataclass(frozen=True, slots=True)
class Programme:
    """A vision of the city under which strategies hang."""

    subject_type: ClassVar[str] = "programme"

    id: UUID
    name: Words
    announced_on: date
    key: str | None = None
    provenance: Provenance = BY_HAND

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        return {
            "id": str(self.id),
            "key": self.key,
            "name": self.name.facts(),
            "announced_on": self.announced_on.isoformat(),
            "provenance": self.provenance.facts(),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        return cls(
            id=UUID(facts["id"]),
            key=facts["key"],
            name=Words.from_facts(facts["name"]),
            announced_on=date.fromisoformat(facts["announced_on"]),
            provenance=Provenance.from_facts(facts["provenance"]),
        )


@dataclass(frozen=True, slots=True)
class Strategy:
    """One of the strategies of a programme; `position` counts from 1."""

    subject_type: ClassVar[str] = "strategy"

    id: UUID
    programme_id: UUID
    position: int
    name: Words
    key: str | None = None
    provenance: Provenance = BY_HAND

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        return {
            "id": str(self.id),
            "key": self.key,
            "programme_id": str(self.programme_id),
            "position": self.position,
            "name": self.name.facts(),
            "provenance": self.provenance.facts(),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        return cls(
            id=UUID(facts["id"]),
            key=facts["key"],
            programme_id=UUID(facts["programme_id"]),
            position=facts["position"],
            name=Words.from_facts(facts["name"]),
            provenance=Provenance.from_facts(facts["provenance"]),
        )


@dataclass(frozen=True, slots=True)
class Task:
    """One task under a strategy; `position` counts from 1 through the whole programme."""

    subject_type: ClassVar[str] = "task"

    id: UUID
    strategy_id: UUID
    position: int
    name: Words
    key: str | None = None
    provenance: Provenance = BY_HAND

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        return {
            "id": str(self.id),
            "key": self.key,
            "strategy_id": str(self.strategy_id),
            "position": self.position,
            "name": self.name.facts(),
            "provenance": self.provenance.facts(),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        return cls(
            id=UUID(facts["id"]),
            key=facts["key"],
            strategy_id=UUID(facts["strategy_id"]),
            position=facts["position"],
            name=Words.from_facts(facts["name"]),
            provenance=Provenance.from_facts(facts["provenance"]),
        )


@dataclass(frozen=True, slots=True)
class ServiceField:
    """An industry or a side of citizens' life that the programme serves."""

    subject_type: ClassVar[str] = "service_field"

    id: UUID
    programme_id: UUID
    position: int
    group: FieldGroup
    name: Words
    key: str | None = None
    provenance: Provenance = BY_HAND

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        return {
            "id": str(self.id),
            "key": self.key,
            "programme_id": str(self.programme_id),
            "position": self.position,
            "group": self.group,
            "name": self.name.facts(),
            "provenance": self.provenance.facts(),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        return cls(
            id=UUID(facts["id"]),
            key=facts["key"],
            programme_id=UUID(facts["programme_id"]),
            position=facts["position"],
            group=facts["group"],
            name=Words.from_facts(facts["name"]),
            provenance=Provenance.from_facts(facts["provenance"]),
        )


@dataclass(frozen=True, slots=True)
class Technology:
    """What a partner brings; `broader_id` is the technology that it is a kind of."""

    subject_type: ClassVar[str] = "technology"

    id: UUID
    name: Words
    key: str | None = None
    aliases: tuple[str, ...] = ()
    broader_id: UUID | None = None
    provenance: Provenance = BY_HAND

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        return {
            "id": str(self.id),
            "key": self.key,
            "name": self.name.facts(),
            "aliases": list(self.aliases),
            "broader_id": None if self.broader_id is None else str(self.broader_id),
            "provenance": self.provenance.facts(),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        broader = facts["broader_id"]
        return cls(
            id=UUID(facts["id"]),
            key=facts["key"],
            name=Words.from_facts(facts["name"]),
            aliases=tuple(facts["aliases"]),
            broader_id=None if broader is None else UUID(broader),
            provenance=Provenance.from_facts(facts["provenance"]),
        )
