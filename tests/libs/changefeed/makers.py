"""Small chains of entries with good defaults."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from changefeed.chain import GENESIS, body_hash, canonical, disclosed_hash, entry_hash, header_text
from changefeed.change import Actor, Change, Facts

START = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def chain_of(*bodies: Facts, kinds: Mapping[int, str] = MappingProxyType({})) -> list[Change]:
    """Give one chained entry for each body, about a subject of its own: a partner if not said."""
    entries: list[Change] = []
    previous = GENESIS
    for index, body in enumerate(bodies, start=1):
        salt, actor = bytes([index]) * 16, Actor("office-1", "office")
        hashes = {
            "body_hash": body_hash(salt, canonical(body), None),
            "disclosed_hash": disclosed_hash(salt, canonical(body)),
        }
        seq, at, subject = index, START + timedelta(seconds=index), UUID(int=index)
        kind = kinds.get(index, "partner.registered")
        subject_type = kind.partition(".")[0]
        header = header_text(
            seq=seq, at=at, actor=actor, kind=kind, schema=1,
            subject_type=subject_type, subject_id=subject, version=1, prev_hash=previous, **hashes,
        )  # fmt: skip
        entries.append(
            Change(
                seq,
                at,
                actor,
                kind,
                1,
                subject_type,
                subject,
                1,
                body,
                None,
                salt,
                body,
                salt,
                hashes["body_hash"],
                hashes["disclosed_hash"],
                previous,
                entry_hash(header),
            )
        )
        previous = entries[-1].hash
    return entries
