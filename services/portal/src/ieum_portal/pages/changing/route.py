"""The changes that the office makes at the desk, each with its form."""

from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import lazy_gettext as _l

from changefeed.declared import Label
from changefeed.mapping import to_facts
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.contact import Person
from changefeed.subjects.parts import Place, Words
from ieum_portal.domain.command import (
    CommitmentEnded,
    MilestoneDone,
    SeatHandedOver,
    SubjectRegistered,
)
from ieum_portal.domain.draft import Topic
from ieum_portal.operations.form_contexts import (
    EndContext,
    MilestoneContext,
    SeatContext,
    contact_context,
    end_context,
    milestone_context,
    seat_context,
    start_context,
)
from ieum_portal.operations.names import who_on_what
from ieum_portal.operations.offers import Offer, named
from ieum_portal.pages.changing.declared import Form, Subject
from ieum_portal.pages.changing.filled import Filled
from ieum_portal.pages.changing.plain import changing
from ieum_portal.pages.changing.steps import About, Change, walk
from ieum_portal.pages.facts import fact
from ieum_portal.pages.labels import label
from ieum_portal.pages.typeset import day, say
from ieum_portal.pages.wired import neighbours, today

routes = Blueprint("changing", __name__)


@routes.route("/milestones/<uuid:milestone_id>/done", methods=["GET", "POST"])
def complete(milestone_id: UUID) -> Response:
    """Record that a milestone was reached."""
    return walk(COMPLETE, lambda: _about_milestone(milestone_id))


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
    return walk(CONTACT, lambda: _about_contact(contact_id))


@routes.route("/seats/<uuid:seat_id>/handover", methods=["GET", "POST"])
def hand_over(seat_id: UUID) -> Response:
    """Record that a seat has another holder."""
    return walk(HAND_OVER, lambda: _about_seat(seat_id))


def _about_milestone(milestone_id: UUID) -> About[MilestoneContext]:
    context = milestone_context(milestone_id, neighbours=neighbours())
    back = _agreement(context.milestone.agreement_id, "milestones")
    topic = Topic(context.milestone.title, "milestone", milestone_id)
    return About(context, context.version, back, {"done_on": today().isoformat()}, topic)


def _about_start(agreement_id: UUID) -> About[Subject]:
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
    return About(subject, 0, _agreement(agreement_id, "commitments"), first, topic)


def _about_end(commitment_id: UUID) -> About[EndContext]:
    context = end_context(commitment_id, neighbours=neighbours())
    back = _agreement(context.commitment.agreement_id, "commitments")
    topic = Topic(who_on_what(context.partner, context.task), "collaboration", commitment_id)
    return About(context, context.version, back, {"ends_on": today().isoformat()}, topic)


def _about_contact(contact_id: UUID) -> About[Subject]:
    context = contact_context(contact_id, neighbours=neighbours())
    person, facts = context.person, to_facts(context.person)
    kept = [
        (each.fact.label, fact(facts[each.key], each.key, "contact", {}))
        for each in CONTACT_FORM.asked
    ]
    subject = Subject(
        shown=((Label("소속", "Belongs to"), say(context.house)), *kept), id=contact_id
    )
    topic = Topic(Words(person.name) if person.name else context.house, "contact", contact_id)
    first = CONTACT_FORM.defaults(facts)
    return About(subject, context.version, house_page(person.at), first, topic)


def _about_seat(seat_id: UUID) -> About[SeatContext]:
    context = seat_context(seat_id, on=today(), neighbours=neighbours())
    first = {"from_on": today().isoformat()}
    topic = Topic(context.house, "seat", seat_id)
    return About(context, context.version, house_page(context.seat.at), first, topic)


def _milestone_done(filled: Filled, context: MilestoneContext) -> MilestoneDone:
    return MilestoneDone(
        context.milestone.id,
        filled.day("done_on", required=True, latest=today()) or today(),
        filled.passage("proof", required=True) or "",
        filled.link("link"),
        filled.passage("reason"),
        filled.version(),
    )


def _commitment_started(filled: Filled, subject: Subject) -> SubjectRegistered:
    facts = START_FORM.read(filled, subject, neighbours().registry)
    starts_on, ends_on = facts["starts_on"], facts["ends_on"]
    if starts_on and ends_on and ends_on < starts_on:
        filled.faults.setdefault("ends_on", "reversed")
    facts["reason"] = filled.passage("reason")
    return SubjectRegistered("collaboration", facts)


def _commitment_ended(filled: Filled, context: EndContext) -> CommitmentEnded:
    ends_on = filled.day("ends_on", required=True) or today()
    if ends_on < context.commitment.starts_on:
        filled.faults.setdefault("ends_on", "reversed")
    return CommitmentEnded(
        context.commitment.id,
        ends_on,
        filled.passage("reason", required=True) or "",
        filled.version(),
    )


def seat_handed_over(filled: Filled, context: SeatContext) -> SeatHandedOver:
    """Read who sits there from which day on."""
    return SeatHandedOver(
        context.seat.id,
        filled.one_of("contact_id", [each.id for each in context.people]) or UUID(int=0),
        filled.day("from_on", required=True) or today(),
        filled.line("reason"),
        filled.version(),
    )


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
COMPLETE = Change("complete", "milestone", _milestone_done, {"evidence": "proof"})
START = Change("start", "collaboration", _commitment_started, form=START_FORM)
END = Change("end", "collaboration", _commitment_ended)
CONTACT = changing("contact", CONTACT_FORM)
HAND_OVER = Change("hand_over", "seat", seat_handed_over, {"from": "from_on"})


def _agreement(agreement_id: UUID | None, section: str) -> str:
    if agreement_id is None:
        return url_for("today.show")
    return url_for("agreement.show", agreement_id=agreement_id, _anchor=section)


def house_page(place: Place) -> str:
    """Give the page of a place; departments have none yet."""
    if place.type == "partner":
        return url_for("partner.show", partner_id=place.id, _anchor="people")
    return url_for("today.show")
