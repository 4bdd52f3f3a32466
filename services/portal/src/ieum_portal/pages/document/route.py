"""문서: one of them, looked at without being opened, and its file to be kept."""

from collections.abc import Iterator
from uuid import UUID

from flask import Blueprint, Response, render_template, url_for
from werkzeug.exceptions import NotFound

from changefeed.subjects.document import Document
from ieum_portal.operations.document_page import PICTURES, document_page
from ieum_portal.pages.changing.done import recorded_number
from ieum_portal.pages.reasons.asking import ask_why
from ieum_portal.pages.wired import neighbours
from registryclient.answers import StreamedFile

routes = Blueprint("document", __name__)

LOCKED_IN = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""Whatever a file holds does nothing, were it opened in a browser."""

SHOWN_AT_ONCE = 30
"""So many pages are shown; of longer documents one takes the file."""


@routes.get("/documents/<uuid:document_id>")
def show(document_id: UUID) -> str:
    """Show one document with its versions."""
    page = document_page(document_id, neighbours=neighbours())
    return render_template(
        "document/page.html", page=page, most=SHOWN_AT_ONCE, recorded=recorded_number()
    )


@routes.get("/documents/<uuid:document_id>/content")
def content(document_id: UUID) -> Response:
    """Hand the file on as the registry gives it, under its name; of a closed one is asked why."""
    registry = neighbours().registry
    if registry.one(Document, document_id).disclosure == "closed":
        asked = ask_why("document", url_for("document.show", document_id=document_id))
        if asked is not None:
            return asked
    return _handed_on(registry.document_file(document_id))


@routes.get("/documents/<uuid:document_id>/seen")
def seen(document_id: UUID) -> Response:
    """Show a file that is a picture within its page; another is looked at by its pages."""
    registry = neighbours().registry
    if registry.one(Document, document_id).media_type not in PICTURES:
        raise NotFound
    answer = _handed_on(registry.document_file(document_id))
    answer.headers["Content-Disposition"] = "inline"
    return answer


@routes.get("/documents/<uuid:document_id>/pages/<int:number>")
def picture(document_id: UUID, number: int) -> Response:
    """Hand on a page as a picture."""
    return _handed_on(neighbours().registry.document_file(document_id, number))


def _handed_on(file: StreamedFile) -> Response:
    def pieces() -> Iterator[bytes]:
        try:
            yield from file.pieces
        finally:
            file.close()

    answer = Response(pieces(), content_type=file.headers["Content-Type"])
    for name in ("Content-Length", "Content-Disposition"):
        if name in file.headers:
            answer.headers[name] = file.headers[name]
    answer.headers["Content-Security-Policy"] = LOCKED_IN
    return answer
