"""What a search over everything finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from changefeed.subjects.parts import Words
from registryclient.answers import Total


@dataclass(frozen=True, slots=True)
class Pointed:
    """What a hit points at, by the name by which it was met."""

    type: str
    id: UUID
    name: Words


@dataclass(frozen=True, slots=True)
class Why:
    """Where a word was met: `text` from `first` to before `last`.

    Attributes:
        is_former: It said so once, and says so no longer.
        of: What the hit points at, if the text is of that.
    """

    label: Words
    text: str
    first: int
    last: int
    is_former: bool
    of: Pointed | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found; `facts` as its type's list gives them."""

    facts: Mapping[str, Any]
    has_ended: bool
    why: Sequence[Why]

    @property
    def id(self) -> UUID:
        """Which subject it is."""
        return UUID(self.facts["id"])


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one type, the best first."""

    subject_type: str
    total: Total
    hits: Sequence[Hit]


@dataclass(frozen=True, slots=True)
class SearchFound:
    """What was found, by type, and the names of what it points at."""

    groups: Sequence[Group]
    names: Mapping[UUID, Words]


def search_from_wire(told: Mapping[str, Any]) -> SearchFound:
    """Read the answer."""
    return SearchFound(
        [
            Group(each["type"], Total(**each["total"]), [_hit(hit) for hit in each["items"]])
            for each in told["groups"]
        ],
        {UUID(each): words_from_wire(name) for each, name in told["names"].items()},
    )


def words_from_wire(told: Mapping[str, Any]) -> Words:
    """Read a name."""
    return Words(told["ko"], told.get("en"))


def _hit(told: Mapping[str, Any]) -> Hit:
    return Hit(told["subject"], bool(told["ended"]), [_why(each) for each in told["why"]])


def _why(told: Mapping[str, Any]) -> Why:
    of = told["of"]
    return Why(
        words_from_wire(told["label"]),
        told["text"],
        int(told["first"]),
        int(told["last"]),
        bool(told["former"]),
        None if of is None else Pointed(of["type"], UUID(of["id"]), words_from_wire(of["name"])),
    )
