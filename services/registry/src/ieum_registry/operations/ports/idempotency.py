"""What a request that comes twice was answered with the first time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class KeyUse:
    """One use of an Idempotency-Key: who sent which key where, and a hash of what was sent.

    Attributes:
        at: When the request came in; it tells one use of a key from another.
    """

    issuer: str
    subject: str
    route: str
    key: str
    fingerprint: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a key was answered with: the subject and the version that it had then.

    Attributes:
        seq: The number of the last entry that was written with it; 0 if what was written is beside
            the log.
    """

    subject_type: str
    subject_id: UUID
    version: int
    seq: int


class IdempotencyKeys(Protocol):
    """Remembers for 24 hours what a key was answered with.

    `claim` before anything else; a ledger that was given the `KeyUse` settles it in the same
    transaction as the entries; `release` when nothing was written.
    """

    def claim(self, use: KeyUse) -> Remembered | None:
        """Take the key for this request.

        Returns:
            None if the request is to be carried out, else what it was answered with before.

        Raises:
            RuleBroken: `idempotency.reused` if it came with another fingerprint,
                `idempotency.in_flight` while the first request is still being carried out.
        """
        ...

    def release(self, use: KeyUse) -> None:
        """Give up a claim, so that the same key may be tried again."""
        ...
