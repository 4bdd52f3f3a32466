"""Promise reports: what had been reached as of a day, who says so, and what proves it."""

from uuid import UUID

from flask import Response

from httpedge.access import allow, caller
from httpedge.caller import Role
from ieum_registry.api.answers import Routes, listed, listing, one, recorded, tagged
from ieum_registry.api.asked import Asked, ListQuery, OneAsked, OneQuery, query_of
from ieum_registry.api.counts import add_counts
from ieum_registry.api.shapes.promise import (
    PromiseReportBody,
    PromiseReportShape,
    SaidWhy,
    SaidWhyShape,
)
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.sheets import on_a_sheet
from ieum_registry.api.wired import if_match, ledger, records, scope, today
from ieum_registry.domain.promise import PromiseReport
from ieum_registry.operations.own_records import Asker
from ieum_registry.operations.ports.ledger import Entry
from ieum_registry.operations.promise import (
    change_report,
    confirm_report,
    record_report,
    refuse_report,
    retract_report,
)

routes = Routes("promise-reports", __name__, url_prefix="/v1/promise-reports", description=__doc__)

READERS: tuple[Role, ...] = ("office", "department", "auditor", "service", "liaison")


@routes.route("", methods=["GET"])
@routes.arguments(query_of(PromiseReport, ListQuery), location="query")
@routes.response(200, listed(PromiseReportBody))
@allow(*READERS)
@on_a_sheet
def list_promise_reports(asked: Asked) -> Response:
    """List reports, the latest day first."""
    return listing("promise_report", asked)


add_counts(routes, PromiseReport, ListQuery, *READERS)


@routes.route("", methods=["POST"])
@routes.arguments(PromiseReportShape)
@routes.response(201, PromiseReportBody)
@allow("office", "liaison")
@recorded(201)
def record(report: PromiseReport) -> Entry:
    """Record what was reached; a liaison's word waits for the office."""
    asker = Asker(scope(), records()) if caller().role == "liaison" else None
    return record_report(report, today=today(), ledger=ledger(), asker=asker)


@routes.route("/<uuid:promise_report_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, PromiseReportBody)
@allow(*READERS)
@tagged
def show_promise_report(asked: OneAsked, promise_report_id: UUID) -> Response:
    """Show one report."""
    return one("promise_report", promise_report_id, asked)


@routes.route("/<uuid:promise_report_id>", methods=["PATCH"])
@routes.arguments(patch_of(PromiseReportShape))
@routes.response(200, PromiseReportBody)
@allow("office")
@recorded(200)
def change(patch: Patch, promise_report_id: UUID) -> Entry:
    """Set a report right, and say why."""
    return change_report(
        promise_report_id,
        patch.onto,
        reason=patch.reason,
        today=today(),
        seen=if_match(),
        ledger=ledger(),
    )


@routes.route("/<uuid:promise_report_id>/confirmations", methods=["POST"])
@routes.response(201, PromiseReportBody)
@allow("office")
@recorded(201)
def confirm(promise_report_id: UUID) -> Entry:
    """Take a partner's figure over."""
    return confirm_report(promise_report_id, today=today(), seen=if_match(), ledger=ledger())


@routes.route("/<uuid:promise_report_id>/refusals", methods=["POST"])
@routes.arguments(SaidWhyShape)
@routes.response(201, PromiseReportBody)
@allow("office")
@recorded(201)
def refuse(said: SaidWhy, promise_report_id: UUID) -> Entry:
    """Do not take a partner's figure over, and say why."""
    return refuse_report(
        promise_report_id, answer=said.reason, today=today(), seen=if_match(), ledger=ledger()
    )


@routes.route("/<uuid:promise_report_id>/retractions", methods=["POST"])
@routes.arguments(SaidWhyShape)
@routes.response(201, PromiseReportBody)
@allow("office")
@recorded(201)
def retract(said: SaidWhy, promise_report_id: UUID) -> Entry:
    """Take back a report that should never have been recorded, and say why; then it is gone."""
    return retract_report(promise_report_id, reason=said.reason, seen=if_match(), ledger=ledger())
