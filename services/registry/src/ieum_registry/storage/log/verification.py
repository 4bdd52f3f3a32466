"""What the last verification of the log found: told to whoever asks, and a witness for the next."""

from datetime import datetime

from changefeed.chain import GENESIS, wire_instant
from ieum_registry.operations.verify import Verification, Verified, Witness
from ieum_registry.storage.database.database import Database

_COLUMNS = (
    "id",
    "at",
    "entries",
    "head_hash",
    "redacted",
    "bad_seq",
    "fault",
    "whole_seq",
    "whole_hash",
)


def keep_verification(database: Database, found: Verification, at: datetime) -> None:
    """Keep a result in place of the one before; what was whole then stays a witness."""
    before = last_verification(database)
    witness = Witness(found.entries, found.head_hash)
    if not found.is_whole:
        witness = Witness(0, GENESIS) if before is None else before.witness
    row = [
        1,
        wire_instant(at),
        found.entries,
        found.head_hash,
        found.redacted,
        found.bad_seq,
        found.fault,
        witness.seq,
        witness.hash,
    ]
    with database.writing() as writing:
        writing.run("DELETE FROM verification")
        writing.insert("verification", _COLUMNS, [row])


def last_verification(database: Database) -> Verified | None:
    """Give what was found last, or None if the log was never verified."""
    rows = database.rows(
        "SELECT at, entries, head_hash, redacted, bad_seq, fault, whole_seq, whole_hash"
        " FROM verification"
    )
    if not rows:
        return None
    ((at, entries, head_hash, redacted, bad_seq, fault, seq, digest),) = rows
    found = Verification(int(entries), bytes(head_hash), int(redacted), bad_seq, fault)
    return Verified(datetime.fromisoformat(at), found, Witness(int(seq), bytes(digest)))
