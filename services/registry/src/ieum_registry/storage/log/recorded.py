"""One change on its way into the log: hashed when it is recorded, numbered at the end."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from changefeed.chain import body_hash, disclosed_hash, entry_hash
from changefeed.change import Actor, Change
from changefeed.kinds import KINDS
from ieum_registry.operations.verify import StoredChange
from ieum_registry.storage.index.shelving import Content

from .log import LogEnd, as_change

SALT_BYTES = 16


class Recorded:
    """One change in a transaction: what it says at once, its number once that is closed."""

    def __init__(
        self,
        *,
        kind: str,
        subject_type: str,
        subject_id: UUID,
        version: int,
        text: str,
        disclosed: str | None,
        reason: str | None,
        content: Content | None,
        before: Content | None,
    ) -> None:
        self.kind = kind
        self.subject_type = subject_type
        self.subject_id = subject_id
        self.version = version
        self.text = text
        self.disclosed = disclosed
        self.reason = reason
        self.content = content
        self.before = before
        self.salt = secrets.token_bytes(SALT_BYTES)
        self.disclosed_salt = None if disclosed is None else secrets.token_bytes(SALT_BYTES)
        # Hashed here, outside the lock.
        self.body_hash = body_hash(self.salt, text, reason)
        self.disclosed_hash = (
            None
            if disclosed is None or self.disclosed_salt is None
            else disclosed_hash(self.disclosed_salt, disclosed)
        )
        self._stored: StoredChange | None = None

    def numbered(self, after: LogEnd, actor: Actor, at: datetime) -> LogEnd:
        """Take the next number and chain on; gives the end of the log after it."""
        stored = StoredChange(
            seq=after.seq + 1,
            at=at,
            actor=actor,
            kind=self.kind,
            schema=KINDS[self.kind].schema,
            subject_type=self.subject_type,
            subject_id=self.subject_id,
            version=self.version,
            body=self.text,
            reason=self.reason,
            salt=self.salt,
            disclosed=self.disclosed,
            disclosed_salt=self.disclosed_salt,
            body_hash=self.body_hash,
            disclosed_hash=self.disclosed_hash,
            prev_hash=after.hash,
            hash=b"",
        )
        digest = entry_hash(stored.header())
        self._stored = replace(stored, hash=digest)
        return LogEnd(stored.seq, digest, at)

    @property
    def stored(self) -> StoredChange:
        """The numbered entry; RuntimeError while the transaction is open."""
        if self._stored is None:
            raise RuntimeError("the transaction is still open; entries are numbered when it closes")
        return self._stored

    @property
    def seq(self) -> int:
        """The entry's number."""
        return self.stored.seq

    @property
    def change(self) -> Change:
        """The whole entry as the feed would give it."""
        return as_change(self.stored)


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A change that would change nothing: what stands, in the place of an entry."""

    kind: str
    subject_type: str
    subject_id: UUID
    version: int
    text: str

    @property
    def seq(self) -> int:
        """Never there."""
        raise RuntimeError("nothing was different, so nothing was written")

    @property
    def change(self) -> Change:
        """Never there."""
        raise RuntimeError("nothing was different, so nothing was written")
