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


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry that does not fit.

    Attributes:
        seq: Its number (the expected one, where a number is missing).
        fault: `gap`, `time`, `body`, `disclosed`, `previous` or `hash`.
    """

    seq: int
    fault: str


def canonical(value: Fact | Mapping[str, Fact]) -> str:
    """Write facts in the one text that RFC 8785 gives for them.

    True for strings, whole numbers below 2^53, booleans, null, lists and maps with ASCII keys,
    which is all that facts may hold; a test compares it with an implementation of the RFC.
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


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


def first_break(changes: Iterable[Change], *, after_seq: int, after_hash: bytes) -> Break | None:
    """Find the first entry that does not follow from the one before it.

    A withheld body is not checked, the chain over it still is.

    Args:
        changes: Entries in order, the first of them `after_seq + 1`.
        after_seq: The last entry already trusted, 0 for none.
        after_hash: Its hash, `GENESIS` for none.

    Returns:
        The first fault, or None if all fit.
    """
    seq, previous, before = after_seq, after_hash, datetime.min.replace(tzinfo=UTC)
    for change in changes:
        seq += 1
        if fault := _fault(change, seq, previous, before):
            return Break(seq, fault)
        previous, before = change.hash, change.at
    return None


def _fault(change: Change, seq: int, previous: bytes, before: datetime) -> str | None:
    if change.seq != seq:
        return "gap"
    if change.at < before:
        return "time"
    if change.prev_hash != previous:
        return "previous"
    if change.body is not None and change.salt is not None:
        text = canonical(change.body)
        if body_hash(change.salt, text, change.reason) != change.body_hash:
            return "body"
    if change.disclosed is not None and change.disclosed_salt is not None:
        text = canonical(change.disclosed)
        if disclosed_hash(change.disclosed_salt, text) != change.disclosed_hash:
            return "disclosed"
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
