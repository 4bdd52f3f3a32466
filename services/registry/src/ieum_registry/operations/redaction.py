"""Destroy what one entry of the log says, and leave an entry that says so."""

from uuid import UUID

from changefeed.subjects.redaction import Redaction
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.redaction import redaction_of
from ieum_registry.operations.ports.ledger import Entry, Ledger


def redact(seq: int, *, reason: str, redaction_id: UUID, ledger: Ledger) -> Entry:
    """Record the redaction; the entry's texts and salts go in the same transaction.

    An entry whose texts are gone already, without a redaction, can be redacted as well: from then
    on the log says that they are.

    Raises:
        RuleBroken: `redaction.no_entry`, `redaction.repeated`, `redaction.of_redaction`,
            `redaction.newest`.

    Source: docs/adr/0012.
    """
    with ledger.open() as transaction:
        entry = transaction.entry(seq)
        if entry is None:
            raise RuleBroken("redaction.no_entry", pointer="/seq", seq=seq)
        before = transaction.find(Redaction, redacts=seq)
        if before is not None:
            raise RuleBroken("redaction.repeated", pointer="/seq", seq=seq, id=str(before.id))
        recorded = transaction.record(
            "redaction.recorded", redaction_of(entry, redaction_id), reason
        )
        transaction.destroy(entry)
        return recorded
