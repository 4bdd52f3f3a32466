"""Put documents on record, replace and change them, and erase what they hold."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from changefeed.subjects.reply import AnsweredType
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.collaboration import Collaboration
from ieum_registry.domain.document import Document
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.milestone import Milestone
from ieum_registry.operations.own_records import Asker, in_sight, organisation_of, record_of
from ieum_registry.operations.ports.condition import equal
from ieum_registry.operations.ports.document_files import Arrived, DocumentFiles
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction
from ieum_registry.operations.references import must_exist


def register_document(
    document: Document,
    arrived: Arrived,
    *,
    files: DocumentFiles | None,
    ledger: Ledger,
    asker: Asker | None = None,
) -> Entry:
    """Keep a file and record it: the bytes are safe before the log names them.

    Afterwards they are looked for once more: whoever erased the last other document with the same
    bytes meanwhile has taken them away.

    Args:
        files: Where to keep it; None on a dry run, which keeps nothing.
        asker: The liaison who sends it, for what its partner owes; None for the office.

    Raises:
        RuleBroken: `reference.unknown`; `document.wider_than_agreement`; `document.replaced`;
            `document.other_agreement`; `document.is_erased`; `document.no_agreement`;
            `document.other_record`; of a liaison `document.not_a_proof`, `reply.not_theirs`.

    Source: docs/adr/0036.
    """
    with ledger.open() as transaction:
        if asker is not None:
            document = _by_a_liaison(document, asker, transaction)
        document = _under_what_it_proves(document, transaction)
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


def _under_what_it_proves(document: Document, transaction: LedgerTransaction) -> Document:
    """Place it under the agreement of the commitment or milestone that it proves, if any."""
    if document.collaboration_id is not None:
        pointer = "/collaboration_id"
        work = must_exist(transaction, Collaboration, document.collaboration_id, pointer=pointer)
        return document.proving(work.agreement_id, pointer=pointer)
    if document.milestone_id is not None:
        pointer = "/milestone_id"
        owed = must_exist(transaction, Milestone, document.milestone_id, pointer=pointer)
        return document.proving(owed.agreement_id, pointer=pointer)
    return document


def _by_a_liaison(document: Document, asker: Asker, transaction: LedgerTransaction) -> Document:
    """Give it as a proof of what the liaison's partner owes, open to the parties.

    Source: docs/rules/terms.md, T-73.
    """
    proves: tuple[AnsweredType, UUID, str] | None = None
    if document.collaboration_id is not None:
        proves = ("collaboration", document.collaboration_id, "/collaboration_id")
    elif document.milestone_id is not None:
        proves = ("milestone", document.milestone_id, "/milestone_id")
    if proves is None:
        raise RuleBroken("document.not_a_proof", pointer="/agreement_id")
    kind, record_id, pointer = proves
    partners = organisation_of(asker.scope.partners or (), transaction)
    record_of(kind, record_id, partners, asker, transaction, pointer=pointer)
    if document.replaces_id is not None:
        in_sight("document", document.replaces_id, asker, pointer="/replaces_id")
    return replace(document, kind="attachment", disclosure="parties")


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
