"""Documents: the files of agreements, their versions, and what they hold."""

import functools
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Response, g, request

from changefeed.chain import wire_instant
from changefeed.subjects.document import MEDIA_TYPES
from httpedge.access import allow, caller, record_access
from httpedge.documented import also_answers
from httpedge.problems import MEDIA_TYPE as PROBLEM
from ieum_registry.api.answers import Routes, json_answer, listed, listing, one, recorded, tagged
from ieum_registry.api.asked import Asked, ListQuery, OneAsked, OneQuery, query_of
from ieum_registry.api.counts import add_counts
from ieum_registry.api.request_parser import is_dry_run
from ieum_registry.api.shapes.document import (
    FIXED,
    DamageBody,
    DamageQuery,
    DocumentBody,
    DocumentErasureShape,
    DocumentShape,
    Erasure,
    FilesBody,
    StateBody,
    Upload,
    UploadQuery,
)
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.sheets import on_a_sheet
from ieum_registry.api.wired import if_match, ledger, new_id, records, scope, today, wiring
from ieum_registry.domain.document import Document
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.media_type import PDF, must_be, not_what_it_claims
from ieum_registry.operations.document import change_document, erase_document, register_document
from ieum_registry.operations.document_check import restore_file
from ieum_registry.operations.document_content import (
    content_on_disk,
    text_state,
    whole_content,
)
from ieum_registry.operations.own_records import Asker
from ieum_registry.operations.ports.document_checks import DamagedDocument
from ieum_registry.operations.ports.document_files import Arrived, DocumentFiles
from ieum_registry.operations.ports.document_reader import Unreadable
from ieum_registry.operations.ports.ledger import Entry

routes = Routes("documents", __name__, url_prefix="/v1/documents", description=__doc__)

BYTES = "application/octet-stream"
MOST_DAMAGED = 100


@routes.before_request
def take_larger_bodies() -> None:
    """Take files up to their own limit."""
    if request.endpoint in (f"{routes.name}.register", f"{routes.name}.put_back"):
        request.max_content_length = wiring().documents.largest


@routes.route("", methods=["GET"])
@routes.arguments(query_of(Document, ListQuery), location="query")
@routes.response(200, listed(DocumentBody))
@allow("public")
@on_a_sheet
def list_documents(asked: Asked) -> Response:
    """List documents by title."""
    return listing("document", asked)


add_counts(routes, Document, ListQuery, "public")


def arriving(view: Callable[[Upload], Response]) -> Callable[[Upload], Response]:
    """Take the body in before the view, hashed on its way; what arrived is gone afterwards."""

    @functools.wraps(view)
    def taken_in(upload: Upload) -> Response:
        with wiring().documents.arrived(request.stream) as arrived:
            g.arrived, g.sent_hash = arrived, arrived.sha256.encode()
            return view(upload)

    return taken_in


@routes.route("", methods=["POST"])
@routes.arguments(UploadQuery, location="query")
@routes.response(201, DocumentBody)
@routes.doc(requestBody={"required": True, "content": {BYTES: {"schema": {"format": "binary"}}}})
@allow("office", "liaison")
@arriving
@recorded(201)
def register(upload: Upload) -> Entry:
    """Put a file on record; its bytes are the body. A liaison proves what its partner owes."""
    arrived: Arrived = g.arrived
    pages = _looked_at(upload, arrived)
    document = upload.found(size=arrived.size, sha256=arrived.sha256, pages=pages, new_id=new_id())
    asker = Asker(scope(), records()) if caller().role == "liaison" else None
    return register_document(
        document, arrived, files=_files_to_write(), ledger=ledger(), asker=asker
    )


def _looked_at(upload: Upload, arrived: Arrived) -> int | None:
    """Give how many pages a file has, once it is known to be what it claims."""
    with arrived.path.open("rb") as file:
        must_be(upload.claims, file)
    try:
        looked = wiring().documents.reader.look(upload.claims, arrived.path)
    except Unreadable as error:
        raise RuleBroken("document.unreadable", pointer="/file_name") from error
    if not looked.is_that:
        raise not_what_it_claims(upload.claims)
    if looked.macros is not None:
        raise RuleBroken("document.macros", pointer="/file_name", part=looked.macros[:100])
    return looked.pages


def _files_to_write() -> DocumentFiles | None:
    return None if is_dry_run() else wiring().documents.files


@routes.route("/verification", methods=["GET"])
@routes.response(200, FilesBody)
@allow("office", "auditor", "service")
def show_verification() -> Response:
    """Say when the files of all documents were looked at, and which are not whole."""
    found = wiring().checks.standing(examples=MOST_DAMAGED)
    body = {
        "files": found.files,
        "unchecked": found.unchecked,
        "since": _wire(found.since),
        "whole_at": _wire(found.whole_at),
        "damaged": found.damaged,
        "items": [_told(each) for each in found.examples],
    }
    return json_answer(json.dumps(body, ensure_ascii=False))


@routes.route("/damaged", methods=["GET"])
@routes.arguments(DamageQuery, location="query")
@routes.response(200, DamageBody)
@allow("office")
def list_damaged(asked: dict[str, int]) -> Response:
    """List the documents whose file is missing or altered, by title."""
    total, found = wiring().checks.damaged(limit=asked["limit"])
    body = {"total": total, "items": [_told(each) for each in found]}
    return json_answer(json.dumps(body, ensure_ascii=False))


def _told(each: DamagedDocument) -> dict[str, str | None]:
    return {
        "id": str(each.id),
        "title": each.title,
        "fault": each.fault,
        "checked_at": wire_instant(each.checked_at),
        "whole_at": _wire(each.whole_at),
    }


def _wire(instant: datetime | None) -> str | None:
    return None if instant is None else wire_instant(instant)


@routes.route("/<uuid:document_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, DocumentBody)
@allow("public")
@tagged
def show_document(asked: OneAsked, document_id: UUID) -> Response:
    """Show what is on record of one document."""
    return one("document", document_id, asked)


@routes.route("/<uuid:document_id>/state", methods=["GET"])
@routes.response(200, StateBody)
@allow("public")
def show_state(document_id: UUID) -> Response:
    """Say whether a document's text was read, and what was found of its file last."""
    return _state(json.loads(records().one("document", document_id, scope=scope()).text))


def _state(document: dict[str, Any]) -> Response:
    last = wiring().checks.last(document["sha256"])
    body = {
        "text": text_state(document, wiring().texts, wiring().clock()),
        "checked_at": last and wire_instant(last.at),
        "fault": last and last.fault,
        "whole_at": last and _wire(last.whole_at),
    }
    return json_answer(json.dumps(body))


@routes.route("/<uuid:document_id>", methods=["PATCH"])
@routes.arguments(patch_of(DocumentShape, fixed=FIXED))
@routes.response(200, DocumentBody)
@allow("office")
@recorded(200)
def change(patch: Patch, document_id: UUID) -> Entry:
    """Change what is said of a document; a file is replaced by sending the new one."""
    return change_document(
        document_id, patch.onto, reason=patch.reason, seen=if_match(), ledger=ledger()
    )


@routes.route("/<uuid:document_id>/erasures", methods=["POST"])
@routes.arguments(DocumentErasureShape)
@routes.response(201, DocumentBody)
@allow("office")
@recorded(201)
def erase(erasure: Erasure, document_id: UUID) -> Entry:
    """Erase a document's file and text for good; its entry with the hash stays."""
    return erase_document(
        document_id,
        reason=erasure.reason,
        on=today(),
        seen=if_match(),
        files=_files_to_write(),
        ledger=ledger(),
    )


def _of_any_type(view: Callable[[UUID], Response]) -> Callable[[UUID], Response]:
    """Document that a file comes as what it is."""
    for each in MEDIA_TYPES:
        also_answers(200, "The file, as it was put on record", media_type=each)(view)
    return view


@routes.route("/<uuid:document_id>/content", methods=["GET"])
@_of_any_type
@also_answers(409, "The file is missing, or is not the one on record", media_type=PROBLEM)
@also_answers(410, "The file was erased", media_type=PROBLEM)
@allow("public")
def show_content(document_id: UUID) -> Response:
    """Give a document's file, to be kept; nothing opens it in the reader's browser."""
    document = _read(document_id)
    answer = Response(
        whole_content(document, wiring().documents.files), mimetype=document["media_type"]
    )
    answer.content_length = document["size"]
    answer.headers["Content-Disposition"] = attached(document["file_name"])
    answer.headers["Content-Security-Policy"] = LOCKED_IN
    return answer


@routes.route("/<uuid:document_id>/content", methods=["PUT"])
@routes.response(200, StateBody)
@routes.doc(requestBody={"required": True, "content": {BYTES: {"schema": {"format": "binary"}}}})
@also_answers(410, "The file was erased", media_type=PROBLEM)
@allow("office")
def put_back(document_id: UUID) -> Response:
    """Put the very file of a document in its place again, which is missing or altered there."""
    document = json.loads(records().one("document", document_id, scope=scope()).text)
    with wiring().documents.arrived(request.stream) as arrived:
        restore_file(
            document,
            arrived,
            files=_files_to_write(),
            checks=wiring().checks,
            at=wiring().clock(),
        )
    return _state(document)


@routes.route("/<uuid:document_id>/pages/<int:page>", methods=["GET"])
@also_answers(200, "The page, drawn", media_type="image/png")
@also_answers(
    409, "The file is missing, is not the one on record, or could not be drawn", media_type=PROBLEM
)
@also_answers(410, "The file was erased", media_type=PROBLEM)
@allow("public")
def show_page(document_id: UUID, page: int) -> Response:
    """Draw one page of a PDF, so that it can be looked at without being opened."""
    document, documents = _read(document_id), wiring().documents
    if document["media_type"] != PDF or not 1 <= page <= (document["pages"] or 0):
        raise RuleBroken("document.no_page", page=page, pages=document["pages"] or 0)
    with content_on_disk(document, documents.files) as path:
        try:
            drawn = documents.reader.page(path, page)
        except Unreadable as error:
            raise RuleBroken("document.not_drawn", page=page) from error
    return Response(drawn, mimetype="image/png", headers={"Content-Security-Policy": LOCKED_IN})


LOCKED_IN = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""Whatever a file holds does nothing, were it opened in a browser."""


def _read(document_id: UUID) -> dict[str, Any]:
    """Give what is on record of a document that is opened; of a closed one it is noted by whom."""
    found = records().one("document", document_id, scope=scope())
    document: dict[str, Any] = json.loads(found.text)
    if document["disclosure"] == "closed":
        record_access([str(document_id)])
    return document


def attached(name: str) -> str:
    """Give the header by which a file is kept under its name (RFC 6266, RFC 8187)."""
    plain = "".join(each if each.isascii() and each not in '"\\%' else "_" for each in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
