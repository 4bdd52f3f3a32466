"""Put documents on record, replace and change them, and erase what they hold."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.document import Document
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.operations.ports.condition import equal
from ieum_registry.operations.ports.document_files import Arrived, DocumentFiles
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction
from ieum_registry.operations.references import must_exist


def register_document(
    document: Document, arrived: Arrived, *, files: DocumentFiles | None, ledger: Ledger
) -> Entry:
    """Keep a file and record it: the bytes are safe before the log names them.

    Afterwards they are looked for once more: whoever erased the last other document with the same
    bytes meanwhile has taken them away.

    Args:
        files: Where to keep it; None on a dry run, which keeps nothing.

    Raises:
        RuleBroken: `reference.unknown`; `document.wider_than_agreement`; `document.replaced`;
            `document.other_agreement`; `document.is_erased`.

    Source: docs/adr/0036.
    """
    with ledger.open() as transaction:
        _must_fit(document, transaction)
        if document.replaces_id is not None:
            _must_follow(document, document.replaces_id, transaction)
        entry = transaction.record("document.registered", document)
        if files is not None:
            files.keep(arrived)
    if files is not None and not files.is_kept(arrived.sha256):
        files.keep(arrived)
    return entry


def change_document(
    document_id: UUID,
    change: Callable[[Document], Document],
    *,
    reason: str | None,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record what is now said of a document; its file stays.

    Raises:
        NotFound, Stale: No such document; changed after version `seen`.
        RuleBroken: `document.is_erased`; `document.wider_than_agreement`.
    """
    with ledger.open() as transaction:
        before = transaction.take(Document, document_id, seen)
        before.must_be_kept()
        document = change(before)
        _must_fit(document, transaction)
        return transaction.record_change("document.changed", document, reason)


def erase_document(
    document_id: UUID,
    *,
    reason: str,
    on: date,
    seen: int,
    files: DocumentFiles | None,
    ledger: Ledger,
) -> Entry:
    """Erase a document's file and text for good; the entry with its hash stays.

    The log says so first. What stops in between leaves a file that no document names any more,
    which the next sweep takes away.

    Args:
        files: None on a dry run.

    Raises:
        NotFound, Stale: No such document; changed after version `seen`.
        RuleBroken: `document.is_erased`.

    Source: docs/rules/terms.md, T-51.
    """
    with ledger.open() as transaction:
        erased = transaction.take(Document, document_id, seen).erased(on)
        others = _of_the_same_bytes(erased, transaction)
        transaction.forget_text(document_id)
        entry = transaction.record("document.erased", erased, reason)
    if files is not None and not others:
        files.forget(erased.sha256)
    return entry


def must_hide_no_less(
    before: Agreement, agreement: Agreement, transaction: LedgerTransaction
) -> None:
    """Make sure that an agreement is not closed while the public reads its documents.

    Raises:
        RuleBroken: `agreement.has_public_documents`.

    Source: docs/rules/access.md, A-15.
    """
    if before.disclosure != "public" or agreement.disclosure == "public":
        return
    for document in transaction.those(Document, equal("agreement_id", agreement.id)):
        if document.is_kept and document.disclosure == "public":
            raise RuleBroken(
                "agreement.has_public_documents", pointer="/disclosure", title=document.title.ko
            )


def _must_fit(document: Document, transaction: LedgerTransaction) -> None:
    agreement = must_exist(transaction, Agreement, document.agreement_id, pointer="/agreement_id")
    document.must_be_no_wider_than(agreement)


def _must_follow(document: Document, former_id: UUID, transaction: LedgerTransaction) -> None:
    former = must_exist(transaction, Document, former_id, pointer="/replaces_id")
    document.must_follow(former)
    later = transaction.find(Document, replaces_id=former_id)
    if later is not None:
        raise RuleBroken("document.replaced", pointer="/replaces_id", id=str(later.id))


def _of_the_same_bytes(document: Document, transaction: LedgerTransaction) -> list[Document]:
    same = transaction.those(Document, equal("sha256", document.sha256))
    return [each for each in same if each.id != document.id and each.is_kept]
