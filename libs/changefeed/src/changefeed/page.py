"""One page of the feed, and how an entry travels as JSON, both ways."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from changefeed.chain import wire_instant
from changefeed.change import Actor, Change, Facts
from changefeed.log_id import LogId, log_from_wire


@dataclass(frozen=True, slots=True)
class Page:
    """Entries in order, where to go on, and how far the log reaches.

    Attributes:
        next: The last number given, or what was asked after if there was nothing.
        head: The newest number in the log when the page was made.
        log: Which log it is of; None from a registry that does not tell.
    """

    items: tuple[Change, ...]
    next: int
    head: int
    log: LogId | None = None


def to_wire(change: Change) -> dict[str, Any]:
    """Give the entry as the feed sends it (docs/changes.md)."""
    return {
        "seq": change.seq,
        "at": wire_instant(change.at),
        "actor": {
            "id": change.actor.id,
            "role": change.actor.role,
            "on_behalf_of": change.actor.on_behalf_of,
        },
        "kind": change.kind,
        "schema": change.schema,
        "subject_type": change.subject_type,
        "subject_id": str(change.subject_id),
        "version": change.version,
        "body": change.body,
        "reason": change.reason,
        "salt": _hex(change.salt),
        "disclosed": change.disclosed,
        "disclosed_salt": _hex(change.disclosed_salt),
        "body_hash": change.body_hash.hex(),
        "disclosed_hash": _hex(change.disclosed_hash),
        "prev_hash": change.prev_hash.hex(),
        "hash": change.hash.hex(),
    }


def from_wire(item: Mapping[str, Any]) -> Change:
    """Read one entry of the feed.

    Raises:
        KeyError, ValueError, TypeError: The text is not an entry; the feed is not to be trusted.
    """
    actor = item["actor"]
    body: Facts | None = item["body"]
    disclosed: Facts | None = item["disclosed"]
    return Change(
        seq=int(item["seq"]),
        at=datetime.fromisoformat(item["at"]),
        actor=Actor(actor["id"], actor["role"], actor["on_behalf_of"]),
        kind=item["kind"],
        schema=int(item["schema"]),
        subject_type=item["subject_type"],
        subject_id=UUID(item["subject_id"]),
        version=int(item["version"]),
        body=body,
        reason=item["reason"],
        salt=_bytes(item["salt"]),
        disclosed=disclosed,
        disclosed_salt=_bytes(item["disclosed_salt"]),
        body_hash=bytes.fromhex(item["body_hash"]),
        disclosed_hash=_bytes(item["disclosed_hash"]),
        prev_hash=bytes.fromhex(item["prev_hash"]),
        hash=bytes.fromhex(item["hash"]),
    )


def page_from_wire(answer: Mapping[str, Any]) -> Page:
    """Read one answer of `GET /v1/changes`; raises what `from_wire` raises."""
    return Page(
        tuple(from_wire(item) for item in answer["items"]),
        int(answer["next"]),
        int(answer["head"]),
        log_from_wire(answer.get("log")),
    )


def _hex(value: bytes | None) -> str | None:
    return None if value is None else value.hex()


def _bytes(value: str | None) -> bytes | None:
    return None if value is None else bytes.fromhex(value)
