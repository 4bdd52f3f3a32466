"""The moves that the office makes at the desk, each with its form."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import lazy_gettext as _l

from changefeed.declared import Declaration, Label
from changefeed.mapping import to_facts
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.contact import Person
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.parts import Evidence, Place, Words
from changefeed.words import facts_of
from ieum_portal.domain.draft import Topic
from ieum_portal.operations.form_contexts import (
    contact_context,
    end_context,
    milestone_context,
    start_context,
)
from ieum_portal.operations.names import who_on_what
from ieum_portal.operations.offers import Offer, named
from ieum_portal.pages.changing.declared import Facts, Form, Note, Part, Subject
from ieum_portal.pages.changing.plain import acting, changing, registering
from ieum_portal.pages.changing.steps import About, walk
from ieum_portal.pages.facts import fact
from ieum_portal.pages.labels import label
from ieum_portal.pages.milestones.form import milestones_of
from ieum_portal.pages.typeset import day, exampled, run, say
from ieum_portal.pages.wired import neighbours, today

routes = Blueprint("changing", __name__)


@routes.route("/milestones/<uuid:milestone_id>/done", methods=["GET", "POST"])
def complete(milestone_id: UUID) -> Response:
    """Record that a milestone was reached."""
    return walk(COMPLETE, lambda: about_milestone(milestone_id, COMPLETE_FORM))


@routes.route("/milestones/<uuid:milestone_id>/cancel", methods=["GET", "POST"])
def give_up(milestone_id: UUID) -> Response:
    """Record that nobody owes a milestone any more."""
    return walk(GIVE_UP, lambda: about_milestone(milestone_id, GIVE_UP_FORM))


@routes.route("/agreements/<uuid:agreement_id>/commitments/new", methods=["GET", "POST"])
def start(agreement_id: UUID) -> Response:
    """Record that a party commits itself."""
    return walk(START, lambda: _about_start(agreement_id))


@routes.route("/commitments/<uuid:commitment_id>/end", methods=["GET", "POST"])
def end(commitment_id: UUID) -> Response:
    """Record the last day of a commitment."""
    return walk(END, lambda: _about_end(commitment_id))


@routes.route("/contacts/<uuid:contact_id>/change", methods=["GET", "POST"])
def contact(contact_id: UUID) -> Response:
    """Record what is now known of a person."""
    return walk(CONTACT, lambda: about_contact(contact_id))


def about_milestone(milestone_id: UUID, form: Form) -> About:
    """Give the milestone as it stands; of one that is done or cancelled, where to take it back."""
    context = milestone_context(milestone_id, neighbours=neighbours())
    milestone, facts = context.milestone, to_facts(context.milestone)
    kept = ("done_on", "cancelled_on", "evidence")
    shown = [
        (Milestone.declares.label, exampled(milestone.title, milestone)),
        (_label_of(Milestone, "due_on"), day(milestone.due_on)),
        (_label_of(Milestone, "owner"), say(context.owner)),
        *(
            (_label_of(Milestone, key), fact(facts[key], key, "milestone", {}))
            for key in kept
            if facts[key]
        ),
    ]
    if context.agreement is not None:
        shown.append((Agreement.declares.label, say(context.agreement.title)))
    is_over = milestone.done_on is not None or milestone.cancelled_on is not None
    notes = []
    if is_over:
        notes.append(taken_back_at(url_for("undoing.reopen", milestone_id=milestone_id)))
    elif form is COMPLETE_FORM:
        give_up = url_for("changing.give_up", milestone_id=milestone_id)
        notes.append(Note(_l("이행하지 않기로 했으면:"), give_up, _l("취소 기록")))
    back = milestones_of(milestone.agreement_id)
    topic = Topic(milestone.title, "milestone", milestone_id)
    first = {each.key: today().isoformat() for each in form.asked if each.key.endswith("_on")}
    return About(Subject(shown, id=milestone_id, notes=notes), context.version, back, first, topic)


def taken_back_at(address: str) -> Note:
    """Say of what is over already where that is taken back."""
    over = _l("이미 끝난 것으로 기록되어 있습니다. 잘못 기록했으면 먼저 되돌리십시오.")
    return Note(over, address, _l("되돌리기"), is_notice=True)


def _about_start(agreement_id: UUID) -> About:
    context = start_context(agreement_id, on=today(), neighbours=neighbours())
    agreement = context.agreement
    end = label(agreement.end.rule, "end_rule")
    subject = Subject(
        shown=(
            (Label("협약", "Agreement"), say(agreement.title)),
            (
                Label("발효일", "Takes effect on"),
                day(agreement.effective_on, agreement.effective_as),
            ),
            (
                Label("만료", "End"),
                f"{end} · {agreement.end.ends_on.isoformat()}" if agreement.end.ends_on else end,
            ),
        ),
        fixed={"agreement_id": str(agreement_id)},
        offers={
            "partner_id": Offer(context.parties, is_whole=True),
            "task_id": Offer(list(map(named, context.tasks)), is_whole=True),
            "technology_ids": Offer(context.technologies, is_whole=True),
            "service_field_id": Offer(list(map(named, context.fields)), is_whole=True),
        },
    )
    topic = Topic(agreement.title, "agreement", agreement_id)
    first = START_FORM.defaults({"starts_on": today().isoformat()})
    return About(subject, 0, commitments_of(agreement_id), first, topic)


def about_commitment(commitment_id: UUID, first: Mapping[str, str], *notes: Note) -> About:
    """Give the commitment as it stands."""
    context = end_context(commitment_id, neighbours=neighbours())
    commitment = context.commitment
    subject = Subject(
        shown=(
            (_label_of(Collaboration, "partner_id"), exampled(context.partner, commitment)),
            (_label_of(Collaboration, "task_id"), say(context.task)),
            (_label_of(Collaboration, "role"), label(commitment.role, "role")),
            (Label("기간", "Time"), run(commitment.starts_on, commitment.ends_on)),
            (Agreement.declares.label, say(context.agreement.title)),
        ),
        id=commitment_id,
        notes=notes,
    )
    topic = Topic(who_on_what(context.partner, context.task), "collaboration", commitment_id)
    back = commitments_of(commitment.agreement_id)
    return About(subject, context.version, back, first, topic)


def _about_end(commitment_id: UUID) -> About:
    ends_on = neighbours().registry.one(Collaboration, commitment_id).ends_on
    is_over = ends_on is not None and ends_on < today()
    address = url_for("undoing.resume", commitment_id=commitment_id)
    notes = [taken_back_at(address)] if is_over else []
    return about_commitment(commitment_id, {"ends_on": today().isoformat()}, *notes)


def about_contact(contact_id: UUID, *notes: Note) -> About:
    """Give the person as they are on record."""
    context = contact_context(contact_id, neighbours=neighbours())
    person, facts = context.person, to_facts(context.person)
    kept = [
        (each.fact.label, fact(facts[each.key], each.key, "contact", {}))
        for each in CONTACT_FORM.asked
    ]
    subject = Subject(
        shown=((Label("소속", "Belongs to"), say(context.house)), *kept),
        id=contact_id,
        notes=notes,
    )
    topic = Topic(Words(person.name) if person.name else context.house, "contact", contact_id)
    first = CONTACT_FORM.defaults(facts)
    back = url_for("contacts.one", contact_id=contact_id)
    return About(subject, context.version, back, first, topic)


def _with_proof(facts: Facts) -> Facts:
    proof = {"on": facts["done_on"], "text": facts["proof"], "link": facts["link"]}
    return {"done_on": facts["done_on"], "evidence": [proof]}


START_FORM = Form(
    Collaboration,
    "partner_id",
    "task_id",
    "role",
    "technology_ids",
    "service_field_id",
    "starts_on",
    "ends_on",
    "disclosure",
    hints={
        "partner_id": _l("이 협약의 당사자 가운데 고릅니다."),
        "ends_on": _l("비워 두면 끝이 정해지지 않습니다."),
        "disclosure": _l("공개하면 누구나 봅니다. 비공개 협약 아래의 협력은 공개할 수 없습니다."),
    },
    reason=_l("이력에 남습니다. 예: 2026년 추진 회의 결정"),
)
CONTACT_FORM = Form(
    Person,
    "name",
    "email",
    "phone",
    "language",
    "purpose",
    "consented_on",
    "retain_until",
    hints={
        "language": _l("알림을 이 언어로 받습니다."),
        "purpose": _l("연락처를 무엇에 쓰기로 동의받았는지 적습니다."),
        "retain_until": _l("이날이 지나면 알림을 보내지 않습니다."),
    },
    required=("name", "email", "purpose"),
    reason=_l("이력에 남습니다. 이름이나 주소는 적지 마십시오."),
)
WHY = _l("이력에 남습니다. 왜 지금 이렇게 기록하는지 적어 두면 나중에 도움이 됩니다.")
UNTIL_TODAY = _l("오늘까지의 날을 적습니다.")
COMPLETE_FORM = Form(
    Milestone,
    "done_on",
    Part(Evidence, "text", "proof", Label("증빙", "Evidence")),
    Part(Evidence, "link", "link", Label("증빙 주소", "Address of the evidence")),
    hints={
        "done_on": UNTIL_TODAY,
        "proof": _l("무엇으로 완료를 확인했는지 적습니다. 예: 결과 보고서 접수"),
        "link": _l("https://로 시작하는 주소"),
    },
    required=("done_on",),
    reason=WHY,
)
GIVE_UP_FORM = Form(
    Milestone,
    "cancelled_on",
    hints={"cancelled_on": UNTIL_TODAY},
    required=("cancelled_on",),
    reason=_l("왜 더는 이행하지 않기로 했는지 꼭 적습니다. 이력에 남습니다."),
    needs_reason=True,
)
END_FORM = Form(
    Collaboration,
    "ends_on",
    hints={"ends_on": _l("이날까지는 협력이 이어집니다.")},
    required=("ends_on",),
    reason=_l("협력을 끝낼 때는 이유를 꼭 적습니다. 이력에 남습니다."),
    needs_reason=True,
)
COMPLETE = acting(
    "complete", COMPLETE_FORM, "completions", says=_with_proof, fields={"evidence": "proof"}
)
GIVE_UP = acting("changing.give_up", GIVE_UP_FORM, "cancellations")
START = registering("start", START_FORM)
END = acting("end", END_FORM, "endings")
CONTACT = changing("contact", CONTACT_FORM)


def _label_of(kind_of: type[Declaration], key: str) -> Label:
    return facts_of(kind_of.subject_type)[key].fact.label


def commitments_of(agreement_id: UUID) -> str:
    """Give where an agreement's commitments stand."""
    return url_for("agreement.show", agreement_id=agreement_id, _anchor="commitments")


def house_page(place: Place) -> str:
    """Give where the people of a place stand."""
    if place.type == "partner":
        return url_for("partner.show", partner_id=place.id, _anchor="people")
    return url_for("departments.one", department_id=place.id, _anchor="people")
