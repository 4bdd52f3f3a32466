"""Verify that the log is what was written: every hash, every number, every version.

Over the stored texts as they are, never over texts written anew.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from changefeed.chain import GENESIS, body_hash, disclosed_hash, entry_hash, header_text
from changefeed.change import Actor

PROGRESS_EVERY = 10_000


@dataclass(frozen=True, slots=True)
class StoredChange:
    """One entry with its texts as stored; the fields are those of `changefeed.change.Change`.

    Attributes:
        body: Canonical text; None once redacted, together with `salt` and `reason`.
        disclosed: Canonical text, or None for nothing.
    """

    seq: int
    at: datetime
    actor: Actor
    kind: str
    schema: int
    subject_type: str
    subject_id: UUID
    version: int
    body: str | None
    reason: str | None
    salt: bytes | None
    disclosed: str | None
    disclosed_salt: bytes | None
    body_hash: bytes
    disclosed_hash: bytes | None
    prev_hash: bytes
    hash: bytes

    def header(self) -> str:
        """Write the canonical header, which the entry's hash is over."""
        return header_text(
            seq=self.seq,
            at=self.at,
            actor=self.actor,
            kind=self.kind,
            schema=self.schema,
            subject_type=self.subject_type,
            subject_id=self.subject_id,
            version=self.version,
            body_hash=self.body_hash,
            disclosed_hash=self.disclosed_hash,
            prev_hash=self.prev_hash,
        )


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found.

    Attributes:
        entries: How many fit, from the first on.
        head_hash: Hash of the last one that fits; zeros if none does.
        bad_seq: The first entry that does not fit, or None.
        fault: Why: `gap`, `time`, `previous`, `body`, `disclosed`, `version` or `hash`.
    """

    entries: int
    head_hash: bytes
    bad_seq: int | None = None
    fault: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every entry fits."""
        return self.fault is None


def verify(
    stored: Iterable[StoredChange], *, progress: Callable[[int], None] = lambda _: None
) -> Verification:
    """Find the first entry that does not fit.

    Args:
        stored: The whole log, in order.
        progress: Told now and then how many entries fit so far.
    """
    seq, previous, before = 0, GENESIS, datetime.min.replace(tzinfo=UTC)
    versions: dict[UUID, int] = {}
    for entry in stored:
        fault = _fault(entry, seq + 1, previous, before)
        if fault is None and entry.version != versions.get(entry.subject_id, 0) + 1:
            fault = "version"
        if fault is not None:
            return Verification(seq, previous, seq + 1, fault)
        versions[entry.subject_id] = entry.version
        seq, previous, before = entry.seq, entry.hash, entry.at
        if seq % PROGRESS_EVERY == 0:
            progress(seq)
    progress(seq)
    return Verification(seq, previous)


def _fault(entry: StoredChange, seq: int, previous: bytes, before: datetime) -> str | None:
    if entry.seq != seq:
        return "gap"
    if entry.at < before:
        return "time"
    if entry.prev_hash != previous:
        return "previous"
    if not _fits(entry):
        return "body"
    if not _disclosed_fits(entry):
        return "disclosed"
    return None if entry_hash(entry.header()) == entry.hash else "hash"


def _fits(entry: StoredChange) -> bool:
    if entry.body is None:
        # Redacted: nothing is left that could be checked, and nothing may be left of it.
        return entry.salt is None and entry.reason is None
    if entry.salt is None:
        return False
    return body_hash(entry.salt, entry.body, entry.reason) == entry.body_hash


def _disclosed_fits(entry: StoredChange) -> bool:
    if entry.disclosed is None:
        return entry.disclosed_salt is None and (entry.disclosed_hash is None or entry.body is None)
    if entry.disclosed_salt is None:
        return False
    return disclosed_hash(entry.disclosed_salt, entry.disclosed) == entry.disclosed_hash
