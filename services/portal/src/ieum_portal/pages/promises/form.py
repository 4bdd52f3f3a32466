"""약속(목표): made under an agreement, revised, settled, taken back; and what was reached of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import lazy_gettext as _l

from changefeed.declared import Label
from changefeed.mapping import to_facts
from changefeed.promised import standing_on
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.parts import Evidence
from changefeed.subjects.promise import Promise, PromiseReport, Revision
from ieum_portal.domain.difference import mentioned
from ieum_portal.domain.draft import Topic
from ieum_portal.domain.promise_names import called
from ieum_portal.operations.form_contexts import StartContext, start_context
from ieum_portal.operations.names import names_behind
from ieum_portal.operations.offers import Offer, named
from ieum_portal.pages.changing.declared import Facts, Form, Part, Subject
from ieum_portal.pages.changing.plain import acting, changing, registering
from ieum_portal.pages.changing.steps import About, Change, walk
from ieum_portal.pages.facts import fact
from ieum_portal.pages.promises.columns import figure
from ieum_portal.pages.typeset import day, say
from ieum_portal.pages.wired import neighbours, today

routes = Blueprint("promise_form", __name__)

KEYS = (
    "partner_id",
    "indicator",
    "name",
    "target",
    "unit",
    "base_on",
    "due_on",
    "task_id",
    "definition",
)
HINTS = {
    "partner_id": _l("이 협약의 당사자 가운데 약속한 기관을 고릅니다."),
    "name": _l("자체 지표이면 무엇을 세는지 적습니다. 예: 현장 실증"),
    "target": _l("협약서에 적힌 수입니다. 금액은 원 단위이며 5억처럼 적어도 됩니다."),
    "unit": _l("비워 두면 투자금액은 원, 고용인원은 명, 법인·사무소는 개소입니다."),
    "base_on": _l("이날부터 이룬 것을 셉니다. 보통 체결일입니다."),
    "due_on": _l("이날까지 이루기로 한 날입니다. 60일 전과 14일 전에 알립니다."),
    "definition": _l("무엇을 세고 무엇으로 확인하는지 적습니다. 예: 시내 채용, 4대 보험 명부"),
}
UNITS = {"money": "원", "jobs": "명", "office": "개소"}
"""In what an indicator is counted unless somebody says otherwise."""


def _in_its_unit(facts: Facts) -> Facts:
    return {**facts, "unit": facts.get("unit") or UNITS.get(facts["indicator"], "")}


FORM = Form(Promise, *KEYS, hints=HINTS, optional=("unit",))
CHANGED = Form(
    Promise,
    *KEYS,
    hints=HINTS,
    reason=_l("잘못 적은 것을 바로잡습니다. 합의로 바뀐 목표는 ‘목표 변경’으로 기록하십시오."),
)
REVISED = Form(
    Promise,
    Part(Revision, "on"),
    "target",
    "due_on",
    hints={
        "on": _l("이날부터 새 목표로 봅니다. 처음 목표는 그대로 남습니다."),
        "target": _l("바뀐 목표입니다. 기한만 바뀌었으면 그대로 둡니다."),
    },
    reason=_l("왜 바뀌었는지 적습니다. 처음 목표 옆에 함께 보입니다."),
    needs_reason=True,
)
SETTLED = Form(
    Promise,
    "outcome",
    "settled_on",
    hints={"settled_on": _l("오늘까지의 날을 적습니다.")},
    required=("outcome", "settled_on"),
    reason=_l("어떻게 되었는지 적습니다. 이력에 남습니다."),
    needs_reason=True,
)
REPORTED = Form(
    PromiseReport,
    "on",
    "reached",
    Part(Evidence, "text", "proof", Label("증빙", "Evidence")),
    Part(Evidence, "link", "link", Label("증빙 주소", "Address of the evidence")),
    "plan_changed",
    "note",
    "why_less",
    hints={
        "on": _l("이날까지 이룬 것을 적습니다. 오늘까지의 날입니다."),
        "reached": _l("처음부터 이날까지의 누적입니다. 금액은 5억처럼 적어도 됩니다."),
        "proof": _l("무엇으로 확인했는지 적습니다. 예: 4대 보험 명부"),
        "link": _l("https://로 시작하는 주소"),
        "note": _l("지울 수 없으니 개인정보는 적지 마십시오."),
        "why_less": _l("앞서 보고한 실적보다 적으면 꼭 적습니다."),
    },
    optional=("plan_changed", "proof"),
)


def _with_proof(facts: Facts) -> Facts:
    """Give what is sent: the proof, if any was written, is of the report's own day."""
    told: dict[str, Any] = {
        key: each for key, each in facts.items() if key not in ("proof", "link")
    }
    told["plan_changed"] = bool(facts.get("plan_changed"))
    if facts.get("proof"):
        proof = {"on": facts["on"], "text": facts["proof"], "link": facts.get("link")}
        told["evidence"] = [proof]
    return told


def page_of_promise(promise_id: UUID) -> str:
    """Give where a promise stands."""
    return url_for("promises.one", promise_id=promise_id)


REGISTER = registering(
    "promise_form.register",
    FORM,
    leads_to=page_of_promise,
    says=_in_its_unit,
    keeps=("partner_id", "base_on", "due_on", "task_id"),
)
CHANGE = changing("promise_form.change", CHANGED)
REVISE = acting("promise_form.revise", REVISED, "revisions")
SETTLE = acting("promise_form.settle", SETTLED, "settlements")
REOPEN = acting(
    "promise_form.reopen",
    Form(Promise, reason=_l("되돌릴 때는 이유를 꼭 적습니다. 이력에 남습니다."), needs_reason=True),
    "reopenings",
)
RETRACT = acting(
    "promise_form.retract",
    Form(
        Promise,
        reason=_l("약속한 적이 없는데 등록했을 때 취소합니다. 이력에 남습니다."),
        needs_reason=True,
    ),
    "retractions",
)
REPORT = registering(
    "promise_form.report", REPORTED, says=_with_proof, fields={"evidence": "proof"}
)


@routes.route("/agreements/<uuid:agreement_id>/promises/new", methods=["GET", "POST"])
def register(agreement_id: UUID) -> Response:
    """Record what a party of an agreement promised."""
    return walk(REGISTER, lambda: _about_new(agreement_id))


@routes.route("/promises/<uuid:promise_id>/change", methods=["GET", "POST"])
def change(promise_id: UUID) -> Response:
    """Set right what is on record of a promise."""
    return walk(CHANGE, lambda: _about_changed(promise_id))


@routes.route("/promises/<uuid:promise_id>/revise", methods=["GET", "POST"])
def revise(promise_id: UUID) -> Response:
    """Record another target or by-day that was agreed."""
    return walk(REVISE, lambda: _about(promise_id, REVISE))


@routes.route("/promises/<uuid:promise_id>/settle", methods=["GET", "POST"])
def settle(promise_id: UUID) -> Response:
    """Record what became of a promise that will not be delivered as made."""
    return walk(SETTLE, lambda: _about(promise_id, SETTLE))


@routes.route("/promises/<uuid:promise_id>/reopen", methods=["GET", "POST"])
def reopen(promise_id: UUID) -> Response:
    """Take back what is recorded of its outcome."""
    return walk(REOPEN, lambda: _about(promise_id, REOPEN))


@routes.route("/promises/<uuid:promise_id>/retract", methods=["GET", "POST"])
def retract(promise_id: UUID) -> Response:
    """Take back a promise that was never made."""
    return walk(RETRACT, lambda: _about(promise_id, RETRACT, back=url_for("promises.show")))


@routes.route("/promises/<uuid:promise_id>/report", methods=["GET", "POST"])
def report(promise_id: UUID) -> Response:
    """Report what was reached of a promise: the office, or its partner's liaison."""
    return walk(REPORT, lambda: about_report(promise_id))


def _about_new(agreement_id: UUID) -> About:
    context = start_context(agreement_id, on=today(), neighbours=neighbours())
    agreement = context.agreement
    subject = Subject(
        shown=((Agreement.declares.label, say(agreement.title)),),
        fixed={"agreement_id": str(agreement_id)},
        offers=_offers(context),
    )
    signed = agreement.signed_on
    first = FORM.defaults({} if signed is None else {"base_on": signed.isoformat()})
    back = url_for("agreement.show", agreement_id=agreement_id, _anchor="promises")
    return About(subject, 0, back, first, Topic(agreement.title, "agreement", agreement_id))


def _offers(context: StartContext) -> Mapping[str, Offer]:
    return {
        "partner_id": Offer(context.parties, is_whole=True),
        "task_id": Offer(list(map(named, context.tasks)), is_whole=True),
    }


def _about_changed(promise_id: UUID) -> About:
    about = _about(promise_id, CHANGE)
    registry = neighbours().registry
    promise = registry.one(Promise, promise_id)
    context = start_context(promise.agreement_id, on=today(), neighbours=neighbours())
    offers = dict(_offers(context))
    if promise.partner_id not in dict(context.parties):  # It left since, and keeps what it said.
        names = registry.names_of(frozenset({promise.partner_id}), frozenset())
        offers["partner_id"] = Offer(
            [*context.parties, *names.items()],
            is_whole=True,
        )
    subject = Subject(about.subject.shown, id=promise_id, offers=offers)
    return About(subject, about.seen, about.back, about.defaults, about.topic)


def _about(promise_id: UUID, offered: Change, *, back: str | None = None) -> About:
    """Give the promise as it stands, and what the form begins with."""
    registry = neighbours().registry
    found = registry.versioned(Promise, promise_id)
    facts = to_facts(found.subject)
    names = names_behind(mentioned(facts), registry)
    first = offered.form.defaults({**facts, "on": today().isoformat()})
    if offered is SETTLE:
        first |= {"settled_on": today().isoformat()}
    topic = Topic(called(found.subject, names), "promise", promise_id)
    subject = Subject(shown_of(found.subject, facts, names), id=promise_id)
    return About(subject, found.version, back or page_of_promise(promise_id), first, topic)


def about_report(promise_id: UUID) -> About:
    """Give the promise of which something is reported."""
    registry = neighbours().registry
    promise = registry.one(Promise, promise_id)
    facts = to_facts(promise)
    names = names_behind(mentioned(facts), registry)
    subject = Subject(shown=shown_of(promise, facts, names), fixed={"promise_id": str(promise_id)})
    first = REPORTED.defaults({"on": today().isoformat()})
    topic = Topic(called(promise, names), "promise", promise_id)
    return About(subject, 0, page_of_promise(promise_id), first, topic)


def shown_of(
    promise: Promise, facts: Mapping[str, Any], names: Mapping[UUID, Any]
) -> list[tuple[Label, Any]]:
    """Give what stands above a form of a promise."""
    standing = standing_on(promise, today())
    shown: list[tuple[Label, Any]] = [
        (Promise.declares.label, say(called(promise, names))),
        (Label("협약", "agreement"), fact(facts["agreement_id"], "agreement_id", "promise", names)),
        (Label("이행기한", "by-day"), day(standing.due_on)),
    ]
    if standing.reached is not None:
        reached = f"{figure(standing.reached, promise.unit)} ({standing.reached_on})"
        shown.append((Label("실적", "reached"), reached))
    if promise.definition is not None:
        shown.append((Label("산정 기준", "definition"), promise.definition))
    return shown
