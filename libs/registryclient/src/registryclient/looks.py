"""Who looked at people's data, as the registry's record of access tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Look:
    """What one caller did, so many times within one minute.

    Attributes:
        account: `issuer:subject`; `*` stands for several.
        act: Method and route.
        outcome: `200` was shown; `401`, `403`, `404` was denied.
        subjects: Contacts whose data it was, or what was not to be seen.
        reason: Why the data were taken out; empty if they were looked at.
    """

    at: datetime
    last_at: datetime
    times: int
    account: str
    role: str
    address: str
    act: str
    outcome: str
    subjects: Sequence[UUID]
    reason: str


@dataclass(frozen=True, slots=True)
class Looks:
    """A page of them, the newest first; `next` is the cursor of the page after it."""

    items: Sequence[Look]
    next: str | None


def looks_from_wire(told: Mapping[str, Any]) -> Looks:
    """Read an answer of `GET /v1/access-records`."""
    return Looks(tuple(map(_look, told["items"])), told["next"])


def _look(told: Mapping[str, Any]) -> Look:
    return Look(
        datetime.fromisoformat(told["at"]),
        datetime.fromisoformat(told["last_at"]),
        int(told["times"]),
        told["account"],
        told["role"],
        told["address"],
        told["act"],
        told["outcome"],
        tuple(map(UUID, told["subjects"])),
        told["reason"],
    )
