"""How entries are hashed and chained, so that anybody can check the log they were given.

Source: docs/changes.md; RFC 8785 for the canonical text.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from changefeed.change import Actor, Change, Fact

GENESIS = bytes(32)
"""What the first entry names as the hash before it."""


_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry that does not fit.

    Attributes:
        seq: Its number (the expected one, where a number is missing).
        fault: `gap`, `time`, `previous`, `half` (part of what it says is gone and part is left),
            `body`, `disclosed`, `hash`, `destroyed` (what it says is gone and no redaction names
            it), `kept` (it redacts an entry that still says what it said).
    """

    seq: int
    fault: str


def canonical(value: Fact | Mapping[str, Fact]) -> str:
    """Write facts in the one text that RFC 8785 gives for them.

    True for strings, whole numbers below 2^53, booleans, null, lists and maps with ASCII keys,
    which is all that facts may hold; a test compares it with an implementation of the RFC.
    """
    return _CANONICAL(value)


def wire_instant(at: datetime) -> str:
    """Write an instant as the header and the wire have it: UTC, six digits, `Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def body_hash(salt: bytes, body_text: str, reason: str | None) -> bytes:
    """Hash what may be withheld or redacted later.

    Args:
        salt: Random bytes kept with the body, so that a guess at it cannot be confirmed.
        body_text: The canonical text of the facts, exactly as stored.
        reason: As recorded.

    Returns:
        SHA-256 of salt ‖ `{"body":…,"reason":…}`, 32 bytes.
    """
    whole = f'{{"body":{body_text},"reason":{canonical(reason)}}}'
    return hashlib.sha256(salt + whole.encode()).digest()


def disclosed_hash(salt: bytes, disclosed_text: str) -> bytes:
    """Hash what the public may read, under a salt of its own, 32 bytes."""
    return hashlib.sha256(salt + disclosed_text.encode()).digest()


def header_text(
    *,
    seq: int,
    at: datetime,
    actor: Actor,
    kind: str,
    schema: int,
    subject_type: str,
    subject_id: UUID,
    version: int,
    body_hash: bytes,
    disclosed_hash: bytes | None,
    prev_hash: bytes,
) -> str:
    """Write the canonical header of one entry: everything that can never be withheld."""
    return canonical(
        {
            "seq": seq,
            "at": wire_instant(at),
            "actor": {"id": actor.id, "role": actor.role, "on_behalf_of": actor.on_behalf_of},
            "kind": kind,
            "schema": schema,
            "subject_type": subject_type,
            "subject_id": str(subject_id),
            "version": version,
            "body_hash": body_hash.hex(),
            "disclosed_hash": disclosed_hash.hex() if disclosed_hash is not None else None,
            "prev_hash": prev_hash.hex(),
        }
    )


def entry_hash(header: str) -> bytes:
    """Hash a canonical header: the entry's own hash, 32 bytes."""
    return hashlib.sha256(header.encode()).digest()


REDACTION = "redaction.recorded"
"""The kind of entry that says of another one that what it said was destroyed, and why."""


def redacted_by(kind: str, facts: Mapping[str, Fact] | None) -> int | None:
    """Give the number of the entry that this one redacts; None if it is no redaction."""
    named = facts.get("redacts") if kind == REDACTION and facts is not None else None
    return named if isinstance(named, int) else None


def first_break(
    changes: Iterable[Change],
    *,
    after_seq: int,
    after_hash: bytes,
    to_head: bool = False,
    shows_all: bool = False,
) -> Break | None:
    """Find the first entry that does not follow from the one before it, or was destroyed.

    Args:
        changes: Entries in order, the first of them `after_seq + 1`.
        after_seq: The last entry already trusted, 0 for none.
        after_hash: Its hash, `GENESIS` for none.
        to_head: They reach to the newest entry, so that every redaction is among them.
        shows_all: They were read by somebody from whom nothing is withheld, as the office.

    Returns:
        The first fault, or None if all fit.
    """
    chain = Chain(after_seq=after_seq, after_hash=after_hash, shows_all=shows_all)
    found = next((fault for fault in map(chain.take, changes) if fault is not None), None)
    return chain.destroyed() if found is None and to_head else found


class Chain:
    """Checks entries one after the other, as they come.

    A withheld body is not checked, the chain over it still is. That what an entry says is gone
    altogether can be seen where nothing is withheld, and by anybody where its header says that
    something of it was disclosed.

    Attributes:
        seq: The last entry that follows from the one before it.
        hash: Its hash.
    """

    def __init__(
        self, *, after_seq: int = 0, after_hash: bytes = GENESIS, shows_all: bool = False
    ) -> None:
        self.seq = self._after_seq = after_seq
        self.hash = after_hash
        self._shows_all = shows_all
        self._before = datetime.min.replace(tzinfo=UTC)
        self._bare: set[int] = set()
        self._withheld: set[int] = set()
        self._redacted: set[int] = set()

    def take(self, change: Change) -> Break | None:
        """Check the next entry.

        Returns:
            What is wrong with it, or None.
        """
        if fault := _fault(change, self.seq + 1, self.hash, self._before):
            return Break(self.seq + 1, fault)
        if change.body is None and change.disclosed is None:
            is_bare = self._shows_all or change.disclosed_hash is not None
            (self._bare if is_bare else self._withheld).add(change.seq)
        elif change.body is None and self._shows_all:
            return Break(change.seq, "half")
        self.seq, self.hash, self._before = change.seq, change.hash, change.at
        named = redacted_by(change.kind, change.body or change.disclosed)
        if named is None:
            return None
        self._redacted.add(named)
        is_checked = self._after_seq < named <= self.seq
        is_kept = is_checked and named not in self._bare and named not in self._withheld
        return Break(change.seq, "kept") if is_kept else None

    def destroyed(self) -> Break | None:
        """Give the first entry that no redaction among those that were taken accounts for."""
        lost = self._bare - self._redacted
        return Break(min(lost), "destroyed") if lost else None


def _fault(change: Change, seq: int, previous: bytes, before: datetime) -> str | None:
    if change.seq != seq:
        return "gap"
    if change.at < before:
        return "time"
    if change.prev_hash != previous:
        return "previous"
    if fault := _fault_of_texts(change):
        return fault
    header = header_text(
        seq=change.seq,
        at=change.at,
        actor=change.actor,
        kind=change.kind,
        schema=change.schema,
        subject_type=change.subject_type,
        subject_id=change.subject_id,
        version=change.version,
        body_hash=change.body_hash,
        disclosed_hash=change.disclosed_hash,
        prev_hash=change.prev_hash,
    )
    return None if entry_hash(header) == change.hash else "hash"


def _fault_of_texts(change: Change) -> str | None:
    """Check what came of its texts: each with its salt, and as it was hashed."""
    if (change.disclosed is None) != (change.disclosed_salt is None):
        return "half"
    if change.disclosed is not None and change.disclosed_salt is not None:
        text = canonical(change.disclosed)
        if disclosed_hash(change.disclosed_salt, text) != change.disclosed_hash:
            return "disclosed"
    if change.body is None or change.salt is None:
        is_without = change.body is None and change.salt is None and change.reason is None
        return None if is_without else "half"
    if change.disclosed is None and change.disclosed_hash is not None:
        return "half"
    text = canonical(change.body)
    return None if body_hash(change.salt, text, change.reason) == change.body_hash else "body"
