"""문서: the files of all agreements, the office's and those that are opened to the reader."""

from changefeed.declared import Label
from changefeed.subjects.document import Document
from ieum_portal.pages.listing.columns import declared
from ieum_portal.pages.listing.filters import declared_filter
from ieum_portal.pages.listing.list_page import ListPage

DOCUMENTS = ListPage(
    Document,
    columns=(
        declared(Document, "title"),
        declared(Document, "agreement_id"),
        declared(Document, "media_type"),
        declared(Document, "kind"),
        declared(Document, "language"),
        declared(Document, "pages"),
        declared(Document, "disclosure"),
        declared(Document, "erased_on"),
    ),
    filters=(
        declared_filter(Document, "media_type"),
        declared_filter(Document, "language"),
        declared_filter(Document, "disclosure"),
        declared_filter(Document, "kind"),
        declared_filter(Document, "agreement"),
    ),
    within={"agreement": "agreement"},
    hint=Label(
        "제목이나 파일 이름의 일부로 찾습니다. 본문은 위의 찾기에서 찾습니다.",
        "Part of a title or of a file's name. Texts are found by the search above.",
    ),
)
routes = DOCUMENTS.routes("documents", "/documents")
