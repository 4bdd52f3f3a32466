"""One document: what is said of it, its agreement, and the versions before and after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from changefeed.subjects.agreement import Agreement
from changefeed.subjects.document import Document
from changefeed.subjects.parts import Words
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.ports import Neighbours, Registry
from registryclient.answers import DocumentState

MOST_VERSIONS = 50
DRAWN = "application/pdf"
PICTURES = frozenset({"image/png", "image/jpeg"})
"""What browsers show as pictures; TIFF they do not."""


@dataclass(frozen=True, slots=True)
class DocumentPage(Gathered):
    """Everything that the page shows.

    Attributes:
        agreement: Its title; None if it could not be had, or is not the viewer's to see.
        state: What was found in its file; None if that could not be had.
        versions: All of its versions that the viewer may see, the newest first, itself included.
    """

    document: Document
    agreement: Words | None
    versions: Sequence[Document]
    state: DocumentState | None

    @property
    def is_newest(self) -> bool:
        """Whether nothing replaces it."""
        return not any(each.replaces_id == self.document.id for each in self.versions)

    @property
    def pages(self) -> int:
        """How many pages can be looked at as pictures."""
        document = self.document
        if document.erased_on is not None or document.media_type != DRAWN:
            return 0
        return document.pages or 0

    @property
    def is_picture(self) -> bool:
        """Whether its file is shown as it is."""
        return self.document.erased_on is None and self.document.media_type in PICTURES


def document_page(document_id: UUID, *, neighbours: Neighbours) -> DocumentPage:
    """Gather the page.

    Raises:
        NotFound: No such document, or none that the viewer may see.
        NeighbourDown: The registry could not say.
    """
    registry, gathering = neighbours.registry, Gathering(neighbours.left_s)
    document = gathering.need("registry", lambda: registry.one(Document, document_id))
    agreements = gathering.begin(
        "registry",
        "agreements",
        lambda: registry.by_id(Agreement, [document.agreement_id]),
        otherwise=dict[UUID, Agreement](),
    )
    state = gathering.begin(
        "registry", "document_state", lambda: registry.document_state(document_id), otherwise=None
    )
    versions = gathering.ask(
        "registry", "documents", lambda: _versions(document, registry), otherwise=(document,)
    )
    agreement = agreements().get(document.agreement_id)
    return DocumentPage(
        document,
        agreement.title if agreement else None,
        versions,
        state(),
        missing=tuple(gathering.missing),
    )


def _versions(document: Document, registry: Registry) -> Sequence[Document]:
    """Give the chain that a document stands in, out of all documents of its agreement."""
    all_ = registry.all(Document, agreement=document.agreement_id)
    by_id = {each.id: each for each in all_}
    replaced_by = {each.replaces_id: each for each in all_ if each.replaces_id is not None}
    newest = document
    while newest.id in replaced_by:
        newest = replaced_by.pop(newest.id)
    chain = [newest]
    while len(chain) < MOST_VERSIONS and chain[-1].replaces_id in by_id:
        chain.append(by_id[chain[-1].replaces_id])
    return chain
