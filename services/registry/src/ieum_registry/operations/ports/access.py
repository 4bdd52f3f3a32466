"""The record of access, as it is read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AccessRecord:
    """One account's doing, so many times within one minute; instants as they travel."""

    at: str
    last_at: str
    times: int
    account: str
    role: str
    address: str
    act: str
    outcome: str
    subjects: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class AccessSought:
    """Which records are looked for; None looks for all.

    Attributes:
        taken: Whether data were taken out, with a reason, or looked at.
    """

    account: str | None = None
    subject: UUID | None = None
    outcome: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    taken: bool | None = None


@dataclass(frozen=True, slots=True)
class AccessPage:
    """Some records, the newest first, and the place to go on after."""

    items: tuple[AccessRecord, ...]
    next: tuple[str, str] | None


class AccessRecords(Protocol):
    """Who looked at people, and whose call was denied."""

    def page(
        self, sought: AccessSought, *, after: tuple[str, str] | None, limit: int
    ) -> AccessPage:
        """Give the records that are looked for, the newest first."""
        ...

    def forget_before(self, instant: datetime) -> int:
        """Forget what is older; gives how many records went."""
        ...
