"""Writes of the registry as values: tried first (`dry_run`), then carried out, the same both times.

One function for each write that another program makes; bodies are those of docs/api/registry.json.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from changefeed.declared import Declaration, collection_of


@dataclass(frozen=True, slots=True)
class Write:
    """One write, addressed.

    Attributes:
        path: Below `/v1`.
        seen: The version last read of what it changes; None if it makes something new.
    """

    method: Literal["POST", "PATCH"]
    path: str
    body: Mapping[str, object]
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What was recorded: the resource's id and version, and the last entry's number."""

    id: UUID
    version: int
    seq: int


def registered(kind_of: type[Declaration], facts: Mapping[str, object], *, by: str = "") -> Write:
    """Record something new; where the registry takes a reason, it is among the facts.

    Args:
        by: Below the collection's address, where several verbs make one: `proposals`.
    """
    collection = collection_of(kind_of)
    return Write("POST", f"{collection}/{by}" if by else collection, facts)


def registered_together(kind_of: type[Declaration], rows: Sequence[Mapping[str, object]]) -> Write:
    """Record several of a type, all or none; answered with the first."""
    collection = collection_of(kind_of)
    return Write("POST", f"{collection}/batches", {collection: rows})


def changed(
    kind_of: type[Declaration],
    subject_id: UUID,
    facts: Mapping[str, object],
    *,
    reason: str | None,
    seen: int,
) -> Write:
    """Record what is now known of something; of a contact, name and addresses included."""
    path = f"{collection_of(kind_of)}/{subject_id}"
    return Write("PATCH", path, {**facts, "reason": reason}, seen)


def moved(
    kind_of: type[Declaration],
    subject_id: UUID,
    move: str,
    facts: Mapping[str, object],
    *,
    reason: str | None,
    seen: int,
) -> Write:
    """Carry out a move of something.

    Args:
        move: As its address calls it, in the plural: `completions`, `endings`, `handovers`.
        facts: What it says, by the names of its body in docs/api/registry.json.
    """
    path = f"{collection_of(kind_of)}/{subject_id}/{move}"
    return Write("POST", path, {**facts, "reason": reason}, seen)
