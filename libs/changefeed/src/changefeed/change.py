"""One entry of the change log, as every service reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

Fact: TypeAlias = str | int | bool | list["Fact"] | dict[str, "Fact"] | None
"""What facts are made of: no floats, so that canonical text is one sorted `json.dumps`."""

Facts: TypeAlias = dict[str, Fact]
"""Everything that is true of one subject whatever the day; see docs/changes.md."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who made a change: an opaque account id or `rule:<name>`, never a name.

    Attributes:
        role: The role used, one of DESIGN.md section 4, or `rule`.
        on_behalf_of: The account that the actor stood in for, or None.
    """

    id: str
    role: str
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One entry, numbered and chained.

    Attributes:
        seq: From 1, without gaps, in commit order.
        at: UTC; never earlier than the entry before.
        version: Counts from 1 for each subject.
        body: The subject's whole facts after the change; None where withheld or redacted.
        reason: Why, where the kind demands it; withheld together with the body.
        salt: What `body_hash` was salted with; withheld together with the body.
        disclosed: What the public may read of the subject, or None for nothing.
        disclosed_salt: What `disclosed_hash` was salted with; None where nothing is disclosed.
        prev_hash: `hash` of entry `seq - 1`; 32 zero bytes for the first.
        hash: SHA-256 over the canonical header, 32 bytes.
    """

    seq: int
    at: datetime
    actor: Actor
    kind: str
    schema: int
    subject_type: str
    subject_id: UUID
    version: int
    body: Facts | None
    reason: str | None
    salt: bytes | None
    disclosed: Facts | None
    disclosed_salt: bytes | None
    body_hash: bytes
    disclosed_hash: bytes | None
    prev_hash: bytes
    hash: bytes
