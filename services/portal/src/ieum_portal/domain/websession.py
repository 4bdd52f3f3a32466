"""A web session: somebody signed in at one browser, until it ends or is ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

LONGEST = timedelta(hours=12)
"""A working day: whoever signs in in the morning is not thrown out before the evening."""

IDLE = timedelta(hours=1)
"""A browser left alone for an hour is a browser that somebody else may sit down at."""

WARNED_BEFORE = timedelta(minutes=5)
"""How long before its end a session says so."""

SEEN_EVERY = timedelta(minutes=1)
"""How exactly the last sign of life is kept; each page view writing a row would cost a lock."""


@dataclass(frozen=True, slots=True)
class WebSession:
    """A session as stored; the token itself is only in the browser's cookie.

    Attributes:
        token_hash: SHA-256 of the token, in hex.
        address: From where its browser signed in, and what that browser calls itself, in short.
    """

    token_hash: str
    account_id: UUID
    began_at: datetime
    seen_at: datetime
    revoked_at: datetime | None = None
    address: str | None = None
    browser: str | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether it still lets its browser in."""
        return self.revoked_at is None and now < self.ends_at

    @property
    def ends_at(self) -> datetime:
        """When it ends by itself if no sign of life comes."""
        return min(self.began_at + LONGEST, self.seen_at + IDLE)

    @property
    def is_extensible(self) -> bool:
        """Whether a sign of life makes it longer; the working day has its end."""
        return self.began_at + LONGEST > self.seen_at + IDLE

    def wants_touching(self, now: datetime) -> bool:
        """Whether the last sign of life is old enough to be written anew."""
        return now >= self.seen_at + SEEN_EVERY
