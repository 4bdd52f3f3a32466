"""The projection's own node: how far it has come and how it fares."""

from datetime import UTC, datetime
from typing import Any

from neo4j import ManagedTransaction, Record

from changefeed.cursor import Cursor
from ieum_graph.domain.errors import GraphEmpty
from ieum_graph.operations.ports import Standing

READ = "MATCH (p:Projection {name: 'changes'}) RETURN p AS projection"

# Setting a property takes the write lock that makes this the one writer; taking away one that no
# node ever had takes none.
LOCK = "MATCH (p:Projection {name: 'changes'}) SET p.is_locked = true WITH p RETURN p AS projection"


def read_standing(transaction: ManagedTransaction, *, for_writing: bool = False) -> Standing:
    """Read it; with `for_writing` nobody else writes until the transaction ends.

    Raises:
        GraphEmpty: There is none.
    """
    record = transaction.run(LOCK if for_writing else READ).single()
    if record is None:
        raise GraphEmpty(reason="empty: its follower fills it, or run ieum graph rebuild")
    return _standing(record)


def _standing(record: Record) -> Standing:
    found: dict[str, Any] = dict(record["projection"])
    return Standing(
        Cursor(found["applied_seq"], bytes.fromhex(found["hash"]), _genesis(found)),
        _instant(found.get("applied_at")),
        found["head_seq"],
        _instant(found.get("heard_at")),
        found["state"],
        found.get("detail"),
        found["generation"],
        found.get("model"),
        found.get("began_at") or 0,
        _lost(found),
    )


def _genesis(found: dict[str, Any]) -> bytes | None:
    log = found.get("log")
    return None if log is None else bytes.fromhex(log)


def _lost(found: dict[str, Any]) -> Cursor | None:
    seq = found.get("lost_seq")
    return None if seq is None else Cursor(seq, bytes.fromhex(found["lost_hash"]))


def _instant(value: Any) -> datetime | None:  # noqa: ANN401  The driver's own type, or None.
    return None if value is None else value.to_native().astimezone(UTC)
