"""Verify that the log is what was written: every hash, number, version and redaction.

Over the stored texts as they are, never over texts written anew.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from changefeed.chain import (
    GENESIS,
    REDACTION,
    body_hash,
    disclosed_hash,
    entry_hash,
    header_text,
    redacted_by,
)
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
class Unreadable:
    """An entry one of whose columns is not in the form in which the registry writes it.

    It is a fault even where the hash would hold: `+00:00` for `Z`, or an id in large letters,
    says the same, and is not found by whoever looks for what was written.
    """

    seq: int


@dataclass(frozen=True, slots=True)
class Witness:
    """Somebody who has seen the log: the number of an entry, and its hash as it was then."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found.

    Attributes:
        entries: How many fit, from the first on.
        head_hash: Hash of the last one that fits; zeros if none does.
        redacted: How many of them were redacted.
        bad_seq: The first entry that does not fit, or None.
        fault: Why: `gap`, `form`, `time`, `previous`, `half`, `body`, `disclosed`, `version`,
            `hash`, `redaction`, `destroyed`, `kept`, `witness` or `cut`; or `unread`: the log could
            not be read through, so nothing is known of it.
    """

    entries: int
    head_hash: bytes
    redacted: int = 0
    bad_seq: int | None = None
    fault: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every entry fits."""
        return self.fault is None


UNREAD = Verification(0, GENESIS, fault="unread")
"""What is kept where a verification came to no end: as good as a fault until one does."""


@dataclass(frozen=True, slots=True)
class Verified:
    """When the log was verified, and what was found.

    Attributes:
        witness: How far it reached when it was found whole at last.
    """

    at: datetime
    found: Verification
    witness: Witness


def verify(
    stored: Iterable[StoredChange | Unreadable],
    *,
    witnesses: Iterable[Witness] = (),
    progress: Callable[[int], None] = lambda _: None,
) -> Verification:
    """Find the first entry that does not fit, was destroyed, or was cut off.

    Args:
        stored: The whole log, in order.
        witnesses: What others have seen of it, before it was read here.
        progress: Told now and then how many entries fit so far.
    """
    check = _Check(witnesses)
    for entry in stored:
        check.take(entry)
        if check.fault is None and entry.seq % PROGRESS_EVERY == 0:
            progress(entry.seq)
    found = check.found()
    progress(found.entries)
    return found


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with an entry, and the hash that the log had reached before it."""

    seq: int
    fault: str
    previous: bytes


class _Check:
    """Takes the entries one after the other.

    After the first that does not fit only redactions are looked for: they say which of the entries
    before it were destroyed by the registry.
    """

    def __init__(self, witnesses: Iterable[Witness]) -> None:
        self.fault: _Fault | None = None
        self._seq, self._previous = 0, GENESIS
        self._before = datetime.min.replace(tzinfo=UTC)
        self._versions: dict[UUID, int] = {}
        self._bare: dict[int, tuple[StoredChange, bytes]] = {}
        self._redacted: set[int] = set()
        self._seen: dict[int, set[bytes]] = {}
        for each in witnesses:
            self._seen.setdefault(each.seq, set()).add(each.hash)

    def take(self, entry: StoredChange | Unreadable) -> None:
        if self.fault is None:
            fault = self._fault(entry)
            if fault is not None:
                self.fault = _Fault(self._seq + 1, fault, self._previous)
        if isinstance(entry, Unreadable):
            return
        named = _named_by(entry)
        if named is not None:
            self._redacted.add(named)
        if self.fault is None:
            if entry.body is None:
                self._bare[entry.seq] = (entry, self._previous)
            self._versions[entry.subject_id] = entry.version
            self._seq, self._previous, self._before = entry.seq, entry.hash, entry.at

    def found(self) -> Verification:
        faults = [] if self.fault is None else [self.fault]
        faults += [
            _Fault(seq, "destroyed", previous)
            for seq, (_, previous) in self._bare.items()
            if seq not in self._redacted
        ]
        if self.fault is None and any(seq > self._seq for seq in self._seen):
            faults.append(_Fault(self._seq + 1, "cut", self._previous))
        if not faults:
            return Verification(self._seq, self._previous, len(self._bare))
        first = min(faults, key=lambda each: each.seq)
        redacted = sum(seq < first.seq for seq in self._bare)
        return Verification(first.seq - 1, first.previous, redacted, first.seq, first.fault)

    def _fault(self, entry: StoredChange | Unreadable) -> str | None:
        if entry.seq != self._seq + 1:
            return "gap"
        if isinstance(entry, Unreadable):
            return "form"
        if entry.at < self._before:
            return "time"
        if entry.prev_hash != self._previous:
            return "previous"
        if fault := _fault_of_texts(entry):
            return fault
        if entry.version != self._versions.get(entry.subject_id, 0) + 1:
            return "version"
        if entry_hash(entry.header()) != entry.hash:
            return "hash"
        if any(each != entry.hash for each in self._seen.get(entry.seq, ())):
            return "witness"
        return self._fault_of_redaction(entry)

    def _fault_of_redaction(self, entry: StoredChange) -> str | None:
        """Say whether it names, once, an entry before it of that subject, which is bare now."""
        if entry.kind != REDACTION or entry.body is None:
            return None
        facts, named = json.loads(entry.body), _named_by(entry)
        if named is None or named >= entry.seq or named in self._redacted:
            return "redaction"
        if named not in self._bare:
            return "kept"
        about, _ = self._bare[named]
        of = (facts.get("of_type"), facts.get("of_id"))
        is_its = of == (about.subject_type, str(about.subject_id))
        return None if is_its and about.kind != REDACTION else "redaction"


def _named_by(entry: StoredChange) -> int | None:
    """Give the entry that a redaction names, if it is what was hashed."""
    if entry.kind != REDACTION or entry.body is None or _fault_of_texts(entry) is not None:
        return None
    return redacted_by(entry.kind, json.loads(entry.body))


def _fault_of_texts(entry: StoredChange) -> str | None:
    """Check the texts; where all of them are gone, nothing is left that could be checked."""
    texts = (entry.body, entry.salt, entry.reason, entry.disclosed, entry.disclosed_salt)
    if all(each is None for each in texts):
        return None
    if entry.body is None or entry.salt is None:
        return "half"
    if (entry.disclosed is None) != (entry.disclosed_salt is None):
        return "half"
    if body_hash(entry.salt, entry.body, entry.reason) != entry.body_hash:
        return "body"
    if entry.disclosed is None or entry.disclosed_salt is None:
        return None if entry.disclosed_hash is None else "half"
    is_its = disclosed_hash(entry.disclosed_salt, entry.disclosed) == entry.disclosed_hash
    return None if is_its else "disclosed"
