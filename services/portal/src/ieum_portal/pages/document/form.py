"""문서: putting a file on record, saying anew what it is, and erasing it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage, MultiDict

from changefeed.mapping import to_facts
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.catalogue import Task
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.document import Document
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.parts import Words
from ieum_portal.domain.draft import Topic
from ieum_portal.domain.errors import NeighbourDown, NeighbourRefused
from ieum_portal.operations.ports import Registry
from ieum_portal.pages.changing.declared import Form, Subject
from ieum_portal.pages.changing.filled import Filled
from ieum_portal.pages.changing.plain import acting, changing
from ieum_portal.pages.changing.steps import About, Said, walk
from ieum_portal.pages.errors.unanswered import unanswered
from ieum_portal.pages.facts import fact
from ieum_portal.pages.holdings.marks import record_at
from ieum_portal.pages.links import page_of_row
from ieum_portal.pages.typeset import say
from ieum_portal.pages.wired import account, neighbours

routes = Blueprint("document_form", __name__)

KEYS = ("title", "kind", "language", "disclosure")
HINTS = {
    "kind": _l("당사자를 구속하는 글이 ‘정본’입니다. 여러 언어가 모두 정본일 수 있습니다."),
    "disclosure": _l(
        "‘당사자 공개’는 이 협약의 기관과 주관 부서까지, ‘공개’는 공개한 협약의 문서만 됩니다."
    ),
}
FORM = Form(Document, *KEYS, hints=HINTS)
CHANGE = changing(
    "document_form.change",
    Form(Document, *KEYS, hints=HINTS, reason=_l("이력에 남습니다. 예: 정본으로 확인")),
)
ERASE = acting(
    "document_form.erase",
    Form(
        Document,
        reason=_l(
            "파일과 본문을 지우면 복구할 수 없습니다. 해시와 이력, 여기 적은 이유만 남으니 "
            "개인정보는 적지 마십시오."
        ),
        needs_reason=True,
    ),
    "erasures",
)

PROOF = Form(Document, "title", "language")
"""What a liaison says of a proof; the rest is settled (terms.md, T-73)."""
PROVED: Mapping[str, type[Milestone | Collaboration]] = {
    "milestone": Milestone,
    "collaboration": Collaboration,
}

UPLOAD = "document_form.upload"
UPLOADS = (UPLOAD, "document_form.prove", "document_form.put_back")
BESIDE = 2**20
"""How much a form may be larger than the file in it."""


def install_uploads(app: Flask, largest: int) -> None:
    """Take forms with files.

    Somewhat larger ones come in too, so that the form can say what is wrong and keep what was
    typed.

    Args:
        largest: The largest file, in bytes.
    """
    app.config[UPLOAD] = largest

    @app.before_request
    def take_larger_forms() -> None:
        if request.endpoint in UPLOADS:
            request.max_content_length = 2 * largest + BESIDE


@dataclass(frozen=True, slots=True)
class _Upload:
    """What the form is about: an agreement or what lies under one, and perhaps a version.

    Attributes:
        of: What the document belongs to, as the registry is told it.
        shown: The same as a person reads it.
        first: What the form holds when it is opened.
        back: Where it began.
        place: The part of that page where what was recorded stands.
        former: The version that is replaced.
    """

    of: Mapping[str, UUID]
    shown: tuple[object, object]
    form: Form
    first: Mapping[str, Any]
    back: str
    place: str
    former: Document | None = None


@routes.route("/agreements/<uuid:agreement_id>/documents/new", methods=["GET", "POST"])
def upload(agreement_id: UUID) -> Response:
    """Put a file on record under an agreement; `?replaces=` names the version before it."""
    back = url_for("agreement.show", agreement_id=agreement_id)
    return _walk(lambda: _about_upload(agreement_id, back), back)


@routes.route("/proofs/<mark>/new", methods=["GET", "POST"])
def prove(mark: str) -> Response:
    """Put a file on record as a proof of a commitment or a milestone."""
    kind, record_id = record_at(mark, PROVED)
    is_own = account().role == "liaison"
    back = url_for("holdings.show") if is_own else url_for("today.show")
    return _walk(lambda: _about_proof(kind, record_id, is_own=is_own), back)


def _walk(look_up: Callable[[], _Upload], back: str) -> Response:
    if request.method != "POST":
        about = look_up()
        return _form(about, MultiDict(about.first), uuid4().hex, Said(), 200)
    try:
        return _taken(look_up())
    except NeighbourDown:
        return unanswered(back)


def _taken(about: _Upload) -> Response:
    """Put what was sent on record, or show it with what is wrong."""
    typed, once = request.form, request.form.get("once", "")
    filled = Filled(typed)
    facts = about.form.read(filled, Subject(), neighbours().registry)
    file = request.files.get("file")
    _look_at(file, filled)
    if filled.faults or file is None or not once.isalnum():
        return _form(about, typed, once, Said(faults=filled.faults, told=filled.told), 422)
    try:
        recorded = neighbours().registry.send_document(
            _said(about, facts, file.filename or ""), file.stream, once=once
        )
    except NeighbourRefused as refused:
        # Under this key nothing was written; another file is another write.
        status = 507 if refused.code == "storage.full" else 422
        return _form(about, typed, uuid4().hex, _said_of(refused.detail), status)
    except NeighbourDown:
        told = gettext(
            "대장에서 답이 없어 올라갔는지 알 수 없습니다. 파일을 다시 고르고 같은 단추를 "
            "누르십시오. 이미 올라갔으면 두 번 기록되지 않습니다."
        )
        return _form(about, typed, once, _said_of(told), 503)
    sign = "&" if "?" in about.back else "?"
    where = f"{about.back}{sign}recorded={recorded.seq}#{about.place}"
    return make_response(redirect(where, 303))


@routes.route("/documents/<uuid:document_id>/file", methods=["GET", "POST"])
def put_back(document_id: UUID) -> Response:
    """Put the very file of a document in its place again, which is missing or altered there."""
    where = url_for("document.show", document_id=document_id)
    if request.method != "POST":
        return _put_back_form(document_id, Said(), 200)
    filled, file = Filled(request.form), request.files.get("file")
    try:
        _look_at(file, filled)
        if filled.faults or file is None:
            return _put_back_form(document_id, Said(faults=filled.faults, told=filled.told), 422)
        neighbours().registry.put_document_back(document_id, file.stream)
    except NeighbourRefused as refused:
        return _put_back_form(document_id, _said_of(refused.detail), 422)
    except NeighbourDown:
        return unanswered(where)
    return make_response(redirect(where, 303))


def _put_back_form(document_id: UUID, said: Said, status: int) -> Response:
    document = neighbours().registry.one(Document, document_id)
    page = render_template("document/put_back.html", document=document, said=said)
    return make_response(page, status)


@routes.route("/documents/<uuid:document_id>/change", methods=["GET", "POST"])
def change(document_id: UUID) -> Response:
    """Say anew what a document is."""
    return walk(CHANGE, lambda: _about(document_id))


@routes.route("/documents/<uuid:document_id>/erase", methods=["GET", "POST"])
def erase(document_id: UUID) -> Response:
    """Erase a document's file and text for good."""
    return walk(ERASE, lambda: _about(document_id))


def _about_upload(agreement_id: UUID, back: str) -> _Upload:
    registry = neighbours().registry
    agreement = registry.one(Agreement, agreement_id)
    replaced = request.args.get("replaces", "")
    try:
        former = registry.one(Document, UUID(replaced)) if replaced else None
    except ValueError:
        former = None
    first = (
        FORM.defaults({"kind": "binding", "disclosure": "closed"})
        if former is None
        else FORM.defaults(to_facts(former))
    )
    shown = (Agreement.declares.label, say(agreement.title))
    return _Upload({"agreement_id": agreement_id}, shown, FORM, first, back, "documents", former)


def _about_proof(kind: str, record_id: UUID, *, is_own: bool) -> _Upload:
    registry = neighbours().registry
    record = registry.one(PROVED[kind], record_id)
    name = _name_of(record, registry)
    first: dict[str, Any] = {"title": to_facts(Words(gettext("%(name)s 증빙", name=name.ko[:100])))}
    form = PROOF if is_own else FORM
    if not is_own:
        first |= {"kind": "attachment", "disclosure": "parties"}
    if is_own:
        back = url_for("holdings.show")
    else:
        back = (page_of_row(kind, record) or url_for("today.show")).partition("#")[0]
    shown = (PROVED[kind].declares.label, say(name))
    return _Upload({f"{kind}_id": record_id}, shown, form, form.defaults(first), back, kind)


def _name_of(record: Milestone | Collaboration, registry: Registry) -> Words:
    if isinstance(record, Milestone):
        return record.title
    task = registry.by_id(Task, [record.task_id]).get(record.task_id)
    return Words("협력", "Commitment") if task is None else task.name


def _look_at(file: FileStorage | None, filled: Filled) -> None:
    """Note what can be said of a file before the registry sees it."""
    if file is None or not file.filename:
        filled.say("file", gettext("올릴 파일을 고르십시오."))
        return
    size, largest = file.stream.seek(0, 2), current_app.config[UPLOAD]
    file.stream.seek(0)
    if size > largest:
        told = gettext(
            "%(most)sMB까지 올릴 수 있습니다. 나누거나 줄여서 올리십시오.", most=_mb(largest)
        )
        filled.say("file", told)


def _said(about: _Upload, facts: Mapping[str, Any], file_name: str) -> dict[str, Any]:
    title = facts["title"] or {}
    name = file_name.replace("\\", "/").rpartition("/")[2]
    return {
        **about.of,
        "title": title["ko"],
        "title_en": title.get("en"),
        "file_name": name,
        "language": facts["language"],
        **{name: facts[name] for name in ("kind", "disclosure") if name in facts},
        "replaces_id": about.former.id if about.former else None,
    }


def _said_of(detail: str) -> Said:
    return Said(faults={"file": "refused"}, told={"file": detail})


def _mb(size: int) -> int:
    return size // 2**20


def _form(
    about: _Upload, typed: MultiDict[str, str], once: str, said: Said, status: int
) -> Response:
    page = render_template(
        "document/upload.html",
        about=about,
        typed=typed,
        once=once,
        said=said,
        questions=about.form.questions(Filled(typed), Subject(), neighbours().registry),
        most=_mb(current_app.config[UPLOAD]),
    )
    return make_response(page, status)


def _about(document_id: UUID) -> About:
    found = neighbours().registry.versioned(Document, document_id)
    document, facts = found.subject, to_facts(found.subject)
    shown = [(Document.declares.label, say(document.title))]
    shown += [
        (each.fact.label, fact(facts[each.key], each.key, "document", {}))
        for each in CHANGE.form.asked
        if each.key != "title"
    ]
    back = url_for("document.show", document_id=document_id)
    topic = Topic(document.title, "document", document_id)
    first = CHANGE.form.defaults(facts)
    return About(Subject(shown, id=document_id), found.version, back, first, topic)
