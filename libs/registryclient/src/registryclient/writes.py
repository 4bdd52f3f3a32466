"""Writes of the registry as values: tried first (`dry_run`), then carried out, the same both times.

One function for each write that another program makes; bodies are those of docs/api/registry.json.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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


def registered(kind_of: type[Declaration], facts: Mapping[str, object]) -> Write:
    """Record something new; where the registry takes a reason, it is among the facts."""
    return Write("POST", collection_of(kind_of), facts)


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


def milestone_done(
    milestone_id: UUID,
    *,
    done_on: date,
    evidence: Sequence[Mapping[str, object]],
    reason: str | None,
    seen: int,
) -> Write:
    """Record that a promise was kept, and what proves it."""
    body = {"done_on": done_on.isoformat(), "evidence": evidence, "reason": reason}
    return Write("POST", f"milestones/{milestone_id}/completions", body, seen)


def milestone_reopened(milestone_id: UUID, *, reason: str, seen: int) -> Write:
    """Take back that a promise was kept or given up."""
    return Write("POST", f"milestones/{milestone_id}/reopenings", {"reason": reason}, seen)


def collaboration_ended(collaboration_id: UUID, *, ends_on: date, reason: str, seen: int) -> Write:
    """Record a commitment's last day."""
    body = {"ends_on": ends_on.isoformat(), "reason": reason}
    return Write("POST", f"collaborations/{collaboration_id}/endings", body, seen)


def seat_handed_over(
    seat_id: UUID, contact_id: UUID, *, from_on: date, reason: str | None, seen: int
) -> Write:
    """Give a seat to one contact from a day on."""
    body = {"contact_id": str(contact_id), "from": from_on.isoformat(), "reason": reason}
    return Write("POST", f"seats/{seat_id}/handovers", body, seen)


def event_cancelled(
    event_id: UUID, *, cancelled_on: date, reason: str, told: str | None, seen: int
) -> Write:
    """Record that an event does not take place, and what everybody is told of the reason."""
    body = {"cancelled_on": cancelled_on.isoformat(), "reason": reason, "cancelled_for": told}
    return Write("POST", f"events/{event_id}/cancellations", body, seen)
