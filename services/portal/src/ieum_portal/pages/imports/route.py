"""대장 가져오기: a spreadsheet is brought, decided about, approved, and taken back if need be."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from flask import (
    Blueprint,
    Flask,
    Response,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext

from changefeed.declared import Label
from changefeed.subjects.agreement import AGREEMENT_KINDS
from changefeed.subjects.partner import PARTNER_KINDS
from ieum_portal.domain.errors import ChangeRefused, NeighbourDown, Stale
from ieum_portal.operations.import_page import IN_ORDER, foresee_import, import_page
from ieum_portal.pages.access_records.noting import note_access
from ieum_portal.pages.errors.faults import BadRequest
from ieum_portal.pages.errors.unanswered import unanswered
from ieum_portal.pages.imports.decisions import READERS, typed_in
from ieum_portal.pages.reasons.asking import ask_why
from ieum_portal.pages.wired import account, neighbours, today
from registryclient.imported import Import, ImportPage, ImportState

routes = Blueprint("imports", __name__)

LARGEST = 33 * 2**20
"""The registry takes 32 MB and says so itself; a form is somewhat larger than the file in it."""

PASTED = 8 * 2**20
_ONCE = 64
MOST_FIELDS = 6000
MATCH_WAYS: Mapping[str, Label] = {
    "id": Label("이음 식별자(id)", "our own id"),
    "key": Label("키(key)", "the key"),
    "number": Label("협약번호", "the agreement's number"),
    "approval_number": Label("결재문서번호", "the approval document's number"),
    "title_and_day": Label("제목과 체결일", "title and day of signing"),
}
MODES: Mapping[str, Label] = {
    "update": Label("대장에 적힌 대로 고침", "is changed to what the ledger says"),
    "add": Label("그대로 두고 새 협약만 등록", "stays; only new ones are added"),
}
WORKING: tuple[ImportState, ...] = ("checking", "committing", "undoing")
"""Nobody is asked anything meanwhile; the page's script tells how far it is."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def install_sheets(app: Flask) -> None:
    """Take forms with spreadsheets, and with some hundred questions."""

    @app.before_request
    def take_larger_forms() -> None:
        if request.endpoint == "imports.show":
            request.max_content_length = LARGEST
            request.max_form_memory_size = PASTED
        elif request.blueprint == routes.name:
            request.max_form_parts = MOST_FIELDS


@routes.route("/imports", methods=["GET", "POST"])
def show() -> Response:
    """List imports, or bring a spreadsheet."""
    if request.method != "POST":
        return _list()
    form = request.form
    pasted = form.get("cells", "")
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        name, data = sent.filename.rpartition("/")[2][:200], sent.stream.read()
    elif pasted.strip():
        name, data = gettext("붙여 넣은 표"), pasted.encode()
    else:
        return _list(fault="empty", status=422)
    try:
        made = _bring(name, data, is_pasted=not (sent and sent.filename))
    except ChangeRefused as refused:
        return _list(fault=refused.code, detail=refused.detail, status=422)
    except NeighbourDown:
        return _list(fault="unanswered", status=503)
    note_access(account(), f"import_brought:{made}", "ok", is_denial=False)
    return _to("imports.one", made)


def _bring(name: str, data: bytes, *, is_pasted: bool) -> UUID:
    encoding = request.form.get("encoding") or None
    # The same page with another file is another import.
    key = f"{_once()}-{sha256(data).hexdigest()}"
    imports = neighbours().imports
    return imports.bring(name, data, is_pasted=is_pasted, encoding=encoding, once=key).id


def _once() -> str:
    """Give what tells this opening of the page from others."""
    sent = request.form.get("once", "")
    return sent if sent.isascii() and sent.isalnum() and len(sent) <= _ONCE else uuid4().hex


def _list(fault: str | None = None, detail: str = "", status: int = 200) -> Response:
    found = _shown_below(is_needed=fault is None)
    page = render_template(
        "imports/list.html",
        found=None if found is None else found.items,
        following=None if found is None else found.next,
        fault=fault,
        detail=detail,
        typed=request.form,
        once=_once(),
    )
    return make_response(page, status)


def _shown_below(*, is_needed: bool) -> ImportPage | None:
    """Give the imports there are; what was typed is shown without them, too."""
    try:
        return neighbours().imports.page(after=_id("after"))
    except NeighbourDown:
        if is_needed:
            raise
        return None


@routes.route("/imports/<uuid:import_id>", methods=["GET", "POST"])
def one(import_id: UUID) -> Response:
    """Show one import with its lines, or how far it is; or take what was decided."""
    if request.method != "POST":
        return _progress(import_id) if "progress" in request.args else _page(import_id)
    try:
        return _taken(import_id, request.form.get("act", ""))
    except NeighbourDown:
        return unanswered(url_for("imports.one", import_id=import_id))


def _taken(import_id: UUID, asked: str) -> Response:
    try:
        if asked in READERS:
            decisions = READERS[asked](request.form)
            neighbours().imports.decide(import_id, decisions, seen=_seen())
        elif asked in ACTS:
            ACTS[asked](import_id)
        else:
            raise BadRequest("form.unreadable")
    except Stale:
        return _page(import_id, fault="stale", status=409)
    except ChangeRefused as refused:
        return _page(import_id, fault=refused.code, detail=refused.detail, status=422)
    if asked == "erase":
        return _to("imports.show", done="erased")
    return _to("imports.one", import_id, done=asked)


def _progress(import_id: UUID) -> Response:
    """Tell the page's script how far an import is."""
    it = neighbours().imports.one(import_id)
    works = it.state in WORKING
    told = {"said": progress_said(it), "done": it.done, "total": it.total, "works": works}
    answer = jsonify(told)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def progress_said(it: Import) -> str:
    """Say how far an import under way is."""
    if it.state == "checking":
        return str(gettext("대장을 읽고 있습니다. 잠시 뒤 다시 보십시오."))
    done, total = f"{it.done:,}", f"{it.total:,}"
    return str(gettext("%(total)s건 가운데 %(done)s건을 마쳤습니다.", total=total, done=done))


@routes.get("/imports/<uuid:import_id>/preview")
def preview(import_id: UUID) -> Response:
    """Show what writing it would bring; its buttons let it be written."""
    try:
        found = foresee_import(import_id, today=today(), neighbours=neighbours())
    except ChangeRefused as refused:
        return _page(import_id, fault=refused.code, detail=refused.detail, status=409)
    return make_response(render_template("imports/preview.html", found=found, it=found.one))


@routes.get("/imports/<uuid:import_id>/faults.xlsx")
def faults(import_id: UUID) -> Response:
    """Give the lines that are not clear as a workbook, with why."""
    asked = ask_why("import", url_for("imports.one", import_id=import_id))
    if asked is not None:
        return asked
    one = neighbours().imports.one(import_id)
    data = neighbours().imports.faults(import_id)
    note_access(account(), f"import_faults:{import_id}", "ok", is_denial=False)
    answer = Response(data, content_type=XLSX)
    name = quote(f"고칠 줄 {one.name.rpartition('.')[0] or one.name}.xlsx")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _page(
    import_id: UUID, fault: str | None = None, detail: str = "", status: int = 200
) -> Response:
    state = request.args.get("state")
    found = import_page(import_id, state, _place(), neighbours=neighbours())
    page = render_template(
        "imports/one.html",
        found=found,
        it=found.one,
        states=IN_ORDER,
        working=WORKING,
        progress_said=progress_said,
        match_ways=MATCH_WAYS,
        modes=MODES,
        partner_kinds=PARTNER_KINDS,
        agreement_kinds=AGREEMENT_KINDS,
        fault=fault,
        detail=detail,
        done=request.args.get("done") if fault is None else None,
        typed=typed_in(request.form),
    )
    return make_response(page, status)


def _approve(import_id: UUID) -> None:
    only_clean = request.form.get("only_clean") == "1"
    neighbours().imports.approve(import_id, only_clean=only_clean, seen=_seen())


def _undo(import_id: UUID) -> None:
    reason = request.form.get("reason", "").strip()
    neighbours().imports.undo(import_id, reason=reason, seen=_seen())


def _erase(import_id: UUID) -> None:
    neighbours().imports.erase(import_id, seen=_seen())


ACTS: Mapping[str, Callable[[UUID], None]] = {"approve": _approve, "undo": _undo, "erase": _erase}


def _seen() -> int:
    text = request.form.get("seen", "")
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadRequest("form.unreadable")
    return int(text)


def _place() -> int:
    text = request.args.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _id(name: str) -> UUID | None:
    try:
        return UUID(request.args[name])
    except (KeyError, ValueError):
        return None


def _to(endpoint: str, import_id: UUID | None = None, done: str | None = None) -> Response:
    """Lead on; lines of the state that was shown stay shown."""
    things: dict[str, Any] = {"done": done, "state": request.args.get("state")}
    if import_id is not None:
        things["import_id"] = import_id
    return make_response(redirect(url_for(endpoint, **things), 303))
