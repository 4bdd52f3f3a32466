"""What of the record is one organisation's own, for whoever writes in its name."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from changefeed.subjects.reply import AnsweredType
from ieum_registry.domain.errors import NotFound, RuleBroken
from ieum_registry.domain.partner import Partner
from ieum_registry.domain.reply import is_of
from ieum_registry.domain.subjects import SUBJECTS, Subject
from ieum_registry.operations.partner import standing_for
from ieum_registry.operations.ports.ledger import LedgerTransaction
from ieum_registry.operations.ports.records import Records
from ieum_registry.operations.ports.scope import Scope
from ieum_registry.operations.references import must_exist


@dataclass(frozen=True, slots=True)
class Asker:
    """Who writes: a liaison, by what it may see."""

    scope: Scope
    records: Records


def organisation_of(partners: Iterable[UUID], transaction: LedgerTransaction) -> frozenset[UUID]:
    """Give all records that are the same organisations as these partners.

    Raises:
        RuleBroken: `reference.unknown`.
    """
    asked = list(partners)
    stands = standing_for(asked, transaction)
    found: set[UUID] = set()
    for each in asked:
        standing = stands.get(each, each)
        partner = must_exist(transaction, Partner, standing, pointer="/partner_id")
        found.update(partner.one_with)
    return frozenset(found)


def record_of(
    kind: AnsweredType,
    record_id: UUID,
    partners: frozenset[UUID],
    asker: Asker,
    transaction: LedgerTransaction,
    *,
    pointer: str,
) -> Subject:
    """Give a record that is in sight and the partners' own.

    Raises:
        RuleBroken: `reference.unknown`, of what is not there or not in sight; `reply.not_theirs`.

    Source: docs/rules/terms.md, T-70.
    """
    in_sight(kind, record_id, asker, pointer=pointer)
    found = transaction.take(SUBJECTS[kind], record_id)
    if not is_of(found, partners, asker.scope.on):
        raise RuleBroken("reply.not_theirs", pointer=pointer)
    return found


def in_sight(kind: str, record_id: UUID, asker: Asker, *, pointer: str) -> None:
    """Make sure that the asker sees a record.

    Raises:
        RuleBroken: `reference.unknown`.
    """
    try:
        asker.records.one(kind, record_id, scope=asker.scope)
    except NotFound as error:
        raise RuleBroken(
            "reference.unknown", pointer=pointer, type=kind, id=str(record_id)
        ) from error
