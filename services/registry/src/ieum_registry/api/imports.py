"""Importing spreadsheets: bring, decide, approve, take back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Response, request

from changefeed.chain import wire_instant
from changefeed.change import Actor
from changefeed.declared import Label
from changefeed.mapping import to_facts
from changefeed.subjects.all import DECLARED
from httpedge.access import allow, caller, record_access
from httpedge.documented import also_answers
from httpedge.language import language
from httpedge.problem import Problem
from httpedge.problems import problem_response
from ieum_registry.api.answers import (
    DRY_RUN,
    IF_MATCH,
    KEY,
    DryRunBody,
    Routes,
    dry_answer,
    json_answer,
    once,
)
from ieum_registry.api.fault_sheet import MEDIA_TYPE, fault_sheet
from ieum_registry.api.import_sentences import remark_sentence, said_of
from ieum_registry.api.reasons import WHY, require_reason
from ieum_registry.api.request_parser import is_dry_run
from ieum_registry.api.shapes.imports import (
    ApprovalShape,
    BringQuery,
    Brought,
    DecisionsShape,
    ImportBody,
    ImportRowsBody,
    ImportsAsked,
    ImportsBody,
    ImportsQuery,
    OutcomesBody,
    OutcomesQuery,
    RowsAsked,
    RowsQuery,
    UndoShape,
)
from ieum_registry.api.wired import (
    if_match,
    ledger,
    ledger_transaction,
    new_id,
    now,
    records,
    today,
    wiring,
)
from ieum_registry.operations.importing.choices import Choices
from ieum_registry.operations.importing.steps import (
    approve,
    bring,
    decide,
    foresee,
    merged,
    throw_away,
    undo,
)
from ieum_registry.operations.ports.idempotency import KeyUse
from ieum_registry.operations.ports.imports import (
    Choice,
    Import,
    Imports,
    Remark,
    Settled,
    StagedRow,
)
from ieum_registry.operations.retention import IMPORTS_KEPT_DAYS
from sheetreader.bounds import LARGEST_BYTES
from sheetreader.headings import USES
from sheetreader.unreadable import Unreadable

routes = Routes("imports", __name__, url_prefix="/v1/imports", description=__doc__)

_FAULTY = ("fault", "question")
_AT_ONCE = 1000


@routes.before_request
def take_sheets() -> None:
    """Take files as large as they are read."""
    if request.method == "POST" and request.endpoint == "imports.bring_sheet":
        request.max_content_length = LARGEST_BYTES


@routes.errorhandler(Unreadable)
def refuse(unreadable: Unreadable) -> Response:
    """Answer why a file is not read; where an encoding helps, `encoding` names all there are."""
    detail = _in(unreadable.said)
    error = {"pointer": "", "code": unreadable.code, "detail": detail}
    return problem_response(Problem("import.unreadable", {"why": detail}, errors=[error]))


@routes.route("", methods=["GET"])
@routes.arguments(ImportsQuery, location="query")
@routes.response(200, ImportsBody)
@allow("office")
def list_imports(asked: ImportsAsked) -> Response:
    """List imports that are not erased yet, the latest first."""
    found = _imports().page(before=asked.after, limit=asked.limit + 1)
    shown = found[: asked.limit]
    further = str(shown[-1].id) if len(found) > asked.limit else None
    return _json({"items": [_line(each) for each in shown], "next": further})


@routes.route("", methods=["POST"])
@routes.arguments(BringQuery, location="query")
@routes.response(201, ImportBody)
@routes.doc(
    parameters=[KEY],
    requestBody={
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    },
)
@allow("office")
def bring_sheet(asked: Brought) -> Response:
    """Bring a sheet: an xlsx, xls or csv as the body, or cells that were copied.

    A small one is checked at once; a larger one is `checking` until the worker has. Sent again
    under its key it is answered as it stands by then.
    """
    choices = Choices(pasted=asked.pasted, encoding=asked.encoding)

    def brought(key: KeyUse | None) -> Response:
        new = bring(
            asked.name,
            request.get_data(),
            choices,
            by=_by(),
            at=now(),
            new_id=new_id,
            imports=_imports(),
            records=records(),
            key=key,
        )
        return _answer(new, 201)

    return once(brought, lambda before: _answer(_imports().one(before.subject_id), 201))


@routes.route("/<uuid:import_id>", methods=["GET"])
@routes.response(200, ImportBody)
@allow("office")
def show_import(import_id: UUID) -> Response:
    """Show one import: what was found, what was decided, how far it is."""
    return _answer(_imports().one(import_id))


@routes.route("/<uuid:import_id>", methods=["PATCH"])
@routes.arguments(DecisionsShape)
@routes.response(200, ImportBody)
@routes.doc(parameters=[IF_MATCH])
@allow("office")
def decide_import(patch: dict[str, Any], import_id: UUID) -> Response:
    """Change decisions; the sheet is checked anew with them."""
    moved = decide(
        import_id,
        lambda choices: merged(choices, patch),
        seen=if_match(),
        by=_by(),
        at=now(),
        new_id=new_id,
        imports=_imports(),
        records=records(),
    )
    return _answer(moved)


@routes.route("/<uuid:import_id>", methods=["DELETE"])
@routes.response(204)
@routes.doc(parameters=[IF_MATCH])
@allow("office")
def erase_import(import_id: UUID) -> Response:
    """Erase what is staged; what was written stays, and cannot be taken back as a whole."""
    throw_away(import_id, seen=if_match(), imports=_imports())
    return Response(status=204)


@routes.route("/<uuid:import_id>/rows", methods=["GET"])
@routes.arguments(RowsQuery, location="query")
@routes.response(200, ImportRowsBody)
@allow("office")
def list_rows(asked: RowsAsked, import_id: UUID) -> Response:
    """List lines in their order, and what each would do."""
    _imports().one(import_id)
    record_access([str(import_id)])
    found = _imports().rows(import_id, state=asked.state, after=asked.after, limit=asked.limit + 1)
    shown = found[: asked.limit]
    further = shown[-1].place if len(found) > asked.limit else None
    return _json({"items": [_row(each) for each in shown], "next": further})


@routes.route("/<uuid:import_id>/outcomes", methods=["GET"])
@routes.arguments(OutcomesQuery, location="query")
@routes.response(200, OutcomesBody)
@allow("office")
def list_outcomes(asked: RowsAsked, import_id: UUID) -> Response:
    """List what became of records: written or left, and taken back or kept, each with why."""
    _imports().one(import_id)
    states = ("written", "left", "undone", "kept") if asked.state is None else (asked.state,)
    found = _imports().settled(import_id, states=states, after=asked.after, limit=asked.limit + 1)
    shown = found[: asked.limit]
    further = shown[-1].planned.position if len(found) > asked.limit else None
    return _json({"items": [_outcome(each) for each in shown], "next": further})


@routes.route("/<uuid:import_id>/faults", methods=["GET"])
@also_answers(200, "The lines that were not written, and why", media_type=MEDIA_TYPE)
@routes.doc(parameters=[WHY])
@allow("office")
def show_faults(import_id: UUID) -> Response:
    """Give the lines with faults or open questions as an xlsx to be mended and brought again."""
    this = _imports().one(import_id)
    require_reason()
    record_access([str(import_id)])
    data = fault_sheet(this.found.columns, _faulty(import_id))
    answer = Response(data, content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="faults.xlsx"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@routes.route("/<uuid:import_id>/approvals", methods=["POST"])
@routes.arguments(ApprovalShape)
@routes.response(201, ImportBody)
@routes.doc(parameters=[DRY_RUN, IF_MATCH])
@also_answers(
    200, "A dry run: the entries of the first records, to ask what they do", shape=DryRunBody
)
@allow("office")
def approve_import(asked: dict[str, Any], import_id: UUID) -> Response:
    """Let the worker write what is clear; nothing begins while a line asks something.

    Unless `only_clean` leaves those lines. A dry run needs no If-Match.
    """
    if is_dry_run():
        foresee(import_id, today=today(), ledger=ledger(), imports=_imports())
        return dry_answer(ledger_transaction())
    moved = approve(
        import_id,
        only_clean=asked["only_clean"],
        seen=if_match(),
        by=_by(),
        at=now(),
        imports=_imports(),
    )
    return _answer(moved, 201)


@routes.route("/<uuid:import_id>/undos", methods=["POST"])
@routes.arguments(UndoShape)
@routes.response(201, ImportBody)
@routes.doc(parameters=[IF_MATCH])
@allow("office")
def undo_import(asked: dict[str, Any], import_id: UUID) -> Response:
    """Let the worker take back what was written, as far as nobody has touched it since."""
    moved = undo(
        import_id,
        reason=asked["reason"],
        seen=if_match(),
        by=_by(),
        at=now(),
        imports=_imports(),
    )
    return _answer(moved, 201)


def _imports() -> Imports:
    return wiring().imports


def _by() -> Actor:
    asker = caller()
    return Actor(f"{asker.issuer}:{asker.subject}", asker.role)


def _faulty(import_id: UUID) -> Sequence[StagedRow]:
    found: list[StagedRow] = []
    for state in _FAULTY:
        after = 0
        while page := _imports().rows(import_id, state=state, after=after, limit=_AT_ONCE):
            found += page
            after = page[-1].place
    return sorted(found, key=lambda each: each.place)


def _answer(this: Import, status: int = 200) -> Response:
    answer = _json(_whole(this), status)
    answer.set_etag(str(this.version))
    return answer


def _json(body: Mapping[str, Any], status: int = 200) -> Response:
    return json_answer(json.dumps(body, ensure_ascii=False), status)


def _line(this: Import) -> dict[str, Any]:
    return {
        "id": str(this.id),
        "version": this.version,
        "state": this.state,
        "name": this.name,
        "sha256": this.sha256,
        "made_by": this.made_by.id,
        "made_at": wire_instant(this.made_at),
        "changed_at": wire_instant(this.changed_at),
        "erased_at": wire_instant(this.changed_at + timedelta(days=IMPORTS_KEPT_DAYS)),
        "counts": this.found.counts,
        "records": this.found.records,
        "links": this.found.links,
        "done": this.done,
        "total": this.total,
        "receipt_id": None if this.receipt_id is None else str(this.receipt_id),
    }


def _whole(this: Import) -> dict[str, Any]:
    found = this.found
    return {
        **_line(this),
        "sheets": [asdict(each) for each in found.sheets],
        "columns": [asdict(each) for each in found.columns],
        "uses": [{"value": use, "label": asdict(label)} for use, label in USES.items()],
        "names": [
            {**asdict(each), "choices": [_choice(one) for one in each.choices]}
            for each in found.names
        ],
        "left_out": list(found.left_out),
        "people": found.people,
        "told": [_in(each) for each in found.told],
        "questions": [_remark(each) for each in found.questions],
        "match_by": found.match_by,
        "choices": to_facts(this.choices),
    }


def _row(row: StagedRow) -> dict[str, Any]:
    remarks = {
        name: [_remark(each) for each in getattr(row, name)]
        for name in ("faults", "questions", "notes")
    }
    return {**dict(_facts(replace(row, faults=(), questions=(), notes=()))), **remarks}


def _facts(value: object) -> Mapping[str, Any]:
    return to_facts(value)


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        "code": remark.code,
        "key": remark.key,
        "cell": remark.cell,
        "read": remark.read,
        "detail": remark_sentence(remark),
        "choices": [_choice(each) for each in remark.choices],
        "typed": remark.typed,
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {"value": choice.value, "label": asdict(choice.label)}


def _outcome(settled: Settled) -> dict[str, Any]:
    planned, outcome = settled.planned, settled.outcome
    called = planned.facts.get("title") or planned.facts.get("name")
    if not isinstance(called, Mapping):  # A person's name is told to nobody here.
        called = asdict(DECLARED[planned.subject_type].declares.label)
    return {
        "position": planned.position,
        "line": planned.line,
        "subject_type": planned.subject_type,
        "subject_id": str(planned.subject_id),
        "title": {"ko": called.get("ko"), "en": called.get("en") or called.get("ko")},
        "state": outcome.state,
        "version": outcome.version,
        "code": outcome.why,
        "detail": None if outcome.why is None else said_of(outcome.why, outcome.facts or {}),
    }


def _in(label: Label) -> str:
    return label.ko if language() == "ko" else label.en
