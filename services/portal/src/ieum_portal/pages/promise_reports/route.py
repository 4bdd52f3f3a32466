"""이행 보고: what was reached of promises, who says so, and the office's word on it."""

from collections.abc import Mapping
from uuid import UUID

from flask import Response, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from changefeed.declared import Label
from changefeed.mapping import to_facts
from changefeed.subjects.parts import Words
from changefeed.subjects.promise import Promise, PromiseReport
from ieum_portal.domain.difference import mentioned
from ieum_portal.domain.draft import Topic
from ieum_portal.domain.errors import NotFound
from ieum_portal.operations.listing import Row
from ieum_portal.operations.names import names_behind
from ieum_portal.pages.changing.declared import Form, Note, Subject
from ieum_portal.pages.changing.plain import acting, changing
from ieum_portal.pages.changing.steps import About, Change, walk
from ieum_portal.pages.facts import fact
from ieum_portal.pages.listing.columns import Cell, Column, Reading, declared, text
from ieum_portal.pages.listing.filters import declared_filter
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.promises.form import shown_of
from ieum_portal.pages.subject.subject_page import SubjectPage, Way
from ieum_portal.pages.wired import account, neighbours


def _doing(row: Row[PromiseReport], _: Reading) -> Cell:
    """Lead the office to its answer, where one is awaited."""
    if row.subject.state != "open" or account().role != "office":
        return text(None)
    where = url_for("promise_reports.confirm", promise_report_id=row.subject.id)
    told = gettext("보고 처리")
    return Cell(told, Markup('<a href="{}">{}</a>').format(where, told))


def _proof(row: Row[PromiseReport], _: Reading) -> Cell:
    return text("; ".join(f"{each.on} {each.text}" for each in row.subject.evidence) or None)


COLUMNS = (
    declared(PromiseReport, "on"),
    declared(PromiseReport, "partner_id"),
    declared(PromiseReport, "reached"),
    declared(PromiseReport, "state"),
    declared(PromiseReport, "by"),
    Column("evidence", Label("증빙", "Evidence"), _proof),
    declared(PromiseReport, "plan_changed"),
    declared(PromiseReport, "note"),
)
REPORTS = ListPage(
    PromiseReport,
    columns=(
        *COLUMNS,
        declared(PromiseReport, "agreement_id", is_usual=False),
        declared(PromiseReport, "why_less", is_usual=False),
        declared(PromiseReport, "answer", is_usual=False),
        Column("doing", Label("처리", "Answer"), _doing),
    ),
    filters=(
        declared_filter(PromiseReport, "state"),
        declared_filter(PromiseReport, "reporter"),
        declared_filter(PromiseReport, "day", Label("연도", "Year")),
        declared_filter(PromiseReport, "promise"),
        declared_filter(PromiseReport, "partner"),
        declared_filter(PromiseReport, "agreement"),
    ),
    quick=(("state", "open"),),
    within={"promise": "promise"},
)


def called(report: PromiseReport, names: Mapping[UUID, Words]) -> Words:
    """Call a report by its day, its figure and whose it is."""
    told = f"{report.on} · {report.reached:,}"
    partner = None if report.partner_id is None else names.get(report.partner_id)
    if partner is None:
        return Words(told)
    return Words(f"{partner.ko} · {told}", f"{partner.en or partner.ko} · {told}")


REPORT = SubjectPage(
    PromiseReport,
    shown=(
        *COLUMNS,
        declared(PromiseReport, "agreement_id"),
        declared(PromiseReport, "why_less"),
        declared(PromiseReport, "ended_on"),
        declared(PromiseReport, "answer"),
    ),
    begins=(
        Way("promise_reports.confirm", "promise_report_id"),
        Way("promise_reports.refuse", "promise_report_id"),
        Way("promise_reports.correct", "promise_report_id"),
        Way("promise_reports.retract", "promise_report_id"),
    ),
    leads=(),
    called=called,
)
routes = REPORT.add_to(REPORTS.routes("promise_reports", "/promise-reports"), "/promise-reports")

CONFIRM = acting("promise_reports.confirm", Form(PromiseReport), "confirmations")
REFUSE = acting(
    "promise_reports.refuse",
    Form(
        PromiseReport,
        reason=_l("연락담당자가 그대로 읽습니다. 사람의 이름이나 연락처는 적지 마십시오."),
        needs_reason=True,
    ),
    "refusals",
)
CORRECT = changing(
    "promise_reports.correct",
    Form(
        PromiseReport,
        "on",
        "reached",
        "note",
        "why_less",
        reason=_l("무엇이 잘못되었는지 적습니다. 이력에 남습니다."),
        needs_reason=True,
    ),
)
RETRACT = acting(
    "promise_reports.retract",
    Form(
        PromiseReport,
        reason=_l("잘못 기록한 보고를 취소합니다. 실적에서 빠지고 이력에 남습니다."),
        needs_reason=True,
    ),
    "retractions",
)


@routes.route("/promise-reports/<uuid:promise_report_id>/confirm", methods=["GET", "POST"])
def confirm(promise_report_id: UUID) -> Response:
    """Take a partner's figure over."""
    return walk(CONFIRM, lambda: _about(promise_report_id, CONFIRM))


@routes.route("/promise-reports/<uuid:promise_report_id>/refuse", methods=["GET", "POST"])
def refuse(promise_report_id: UUID) -> Response:
    """Say why a partner's figure is not taken over."""
    return walk(REFUSE, lambda: _about(promise_report_id, REFUSE))


@routes.route("/promise-reports/<uuid:promise_report_id>/correct", methods=["GET", "POST"])
def correct(promise_report_id: UUID) -> Response:
    """Set a report right."""
    return walk(CORRECT, lambda: _about(promise_report_id, CORRECT))


@routes.route("/promise-reports/<uuid:promise_report_id>/retract", methods=["GET", "POST"])
def retract(promise_report_id: UUID) -> Response:
    """Take a report back."""
    return walk(RETRACT, lambda: _about(promise_report_id, RETRACT))


def _about(report_id: UUID, offered: Change) -> About:
    registry = neighbours().registry
    found = registry.versioned(PromiseReport, report_id)
    report, facts = found.subject, to_facts(found.subject)
    try:
        promise = registry.one(Promise, report.promise_id)
    except NotFound:
        promise = None
    promised = {} if promise is None else to_facts(promise)
    names = names_behind(mentioned([facts, promised]), registry)
    shown = [] if promise is None else shown_of(promise, promised, names)
    shown += [
        (each.label, fact(facts[each.name], each.name, "promise_report", names))
        for each in COLUMNS
        if facts.get(each.name) not in (None, [], False)
    ]
    notes = []
    if report.state != "open" and offered in (CONFIRM, REFUSE):
        notes.append(Note(_l("이미 처리된 보고입니다."), is_notice=True))
    elif offered is CONFIRM:
        where = url_for("promise_reports.refuse", promise_report_id=report_id)
        notes.append(Note(_l("받지 않으려면:"), where, _l("이유를 적어 반려")))
    back = url_for("promises.one", promise_id=report.promise_id)
    topic = Topic(called(report, names), "promise_report", report_id)
    subject = Subject(shown, id=report_id, notes=notes)
    return About(subject, found.version, back, offered.form.defaults(facts), topic)
