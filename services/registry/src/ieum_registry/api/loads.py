"""Loading files of records."""

import json
from uuid import UUID

from flask import Response, request

from changefeed.subjects.load import Load
from httpedge.access import allow
from httpedge.documented import also_answers
from httpedge.problems import problem_response
from ieum_registry.api.answers import (
    DRY_RUN,
    Routes,
    json_answer,
    last_seq,
    listed,
    listing,
    one,
    tagged,
)
from ieum_registry.api.asked import Asked, ListQuery, OneAsked, OneQuery, query_of
from ieum_registry.api.load_faults import problem_of_load, told_faults
from ieum_registry.api.request_parser import LoadParser, is_dry_run
from ieum_registry.api.shapes.load import LoadedBody, LoadRecordBody, LoadsShape
from ieum_registry.api.sheets import on_a_sheet
from ieum_registry.api.wired import ledger, ledger_transaction, new_id, records, today
from ieum_registry.operations.load import LoadFile, load
from ieum_registry.operations.loading.faults import LoadRefused
from ieum_registry.operations.loading.text import LARGEST_BYTES


class LoadRoutes(Routes):
    """Routes whose bodies hold whole files; control characters are named by line there."""

    ARGUMENTS_PARSER = LoadParser()


routes = LoadRoutes("loads", __name__, url_prefix="/v1/loads", description=__doc__)


@routes.before_request
def take_larger_bodies() -> None:
    """Take up to 5 MB."""
    request.max_content_length = LARGEST_BYTES


@routes.errorhandler(LoadRefused)
def refuse(refused: LoadRefused) -> Response:
    """Answer with every fault."""
    return problem_response(problem_of_load(refused))


@routes.route("", methods=["POST"])
@routes.arguments(LoadsShape)
@routes.response(201, LoadedBody)
@routes.doc(parameters=[DRY_RUN])
@allow("office")
@also_answers(200, "A dry run, or nothing was different: nothing was written", shape=LoadedBody)
def load_files(files: tuple[LoadFile, ...]) -> Response:
    """Load files, all or none; 200 if that changes nothing. Loading the same again never does."""
    loaded = load(files, today=today(), new_id=new_id, ledger=ledger())
    written = None if is_dry_run() or loaded.entry is None else loaded.entry
    head = records().head().seq if written is None else last_seq(ledger_transaction())
    body = {
        "load": None if written is None else str(written.subject_id),
        "anchor_on": loaded.anchor_on.isoformat(),
        "recorded": dict(loaded.recorded),
        "changed": dict(loaded.changed),
        "unchanged": dict(loaded.unchanged),
        "doubts": told_faults(loaded.doubts),
        "head": head,
    }
    answer = json_answer(json.dumps(body), 200 if written is None else 201)
    answer.headers["X-Change-Seq"] = str(head)
    return answer


@routes.route("", methods=["GET"])
@routes.arguments(query_of(Load, ListQuery), location="query")
@routes.response(200, listed(LoadRecordBody))
@allow("office", "auditor", "service")
@on_a_sheet
def list_loads(asked: Asked) -> Response:
    """List what was loaded, the latest first."""
    return listing("load", asked)


@routes.route("/<uuid:load_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, LoadRecordBody)
@allow("office", "auditor", "service")
@tagged
def show_load(asked: OneAsked, load_id: UUID) -> Response:
    """Show one load."""
    return one("load", load_id, asked)
