"""An upload as the registry does it, for processes that are stopped in the middle of it."""

from typing import IO
from uuid import uuid4

from changefeed.subjects.parts import Words
from ieum_registry.domain.document import Document
from ieum_registry.operations.document import register_document
from ieum_registry.storage.documents.arriving import arrived
from ieum_registry.storage.documents.folder import FolderFiles
from ieum_registry.storage.store import Store

from .subjects import agreement, ledger, partner, record

DATA = "협약서".encode() * 100_000


def put_on_record(store: Store, files: FolderFiles, source: IO[bytes]) -> None:
    """Put a document of a new agreement on record."""
    parties = partner("광주", own=True), partner()
    of = agreement(parties[0].id, parties[1].id)
    record(store, *parties, of)
    with arrived(source, files) as file:
        document = Document(
            id=uuid4(),
            agreement_id=of.id,
            title=Words("업무협약서"),
            file_name="협약서.png",
            media_type="image/png",
            size=file.size,
            sha256=file.sha256,
        )
        register_document(document, file, files=files, ledger=ledger(store))
