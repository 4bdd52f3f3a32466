"""The changes that the office makes at the desk, each with its form."""

from uuid import UUID

from flask import Blueprint, Response, url_for

from changefeed.subjects.collaboration import COLLABORATION_ROLES
from changefeed.subjects.parts import LANGUAGES, Place, Words
from ieum_portal.domain.command import (
    CommitmentEnded,
    CommitmentStarted,
    ContactChanged,
    MilestoneDone,
    SeatHandedOver,
)
from ieum_portal.domain.draft import Topic
from ieum_portal.operations.form_contexts import (
    ContactContext,
    EndContext,
    MilestoneContext,
    SeatContext,
    StartContext,
    contact_context,
    end_context,
    milestone_context,
    seat_context,
    start_context,
)
from ieum_portal.pages.changing.filled import Filled
from ieum_portal.pages.changing.steps import About, Change, walk
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


def _about_start(agreement_id: UUID) -> About[StartContext]:
    context = start_context(agreement_id, on=today(), neighbours=neighbours())
    back = _agreement(agreement_id, "commitments")
    topic = Topic(context.agreement.title, "agreement", agreement_id)
    return About(context, 0, back, {"starts_on": today().isoformat()}, topic)


def _about_end(commitment_id: UUID) -> About[EndContext]:
    context = end_context(commitment_id, neighbours=neighbours())
    back = _agreement(context.commitment.agreement_id, "commitments")
    topic = Topic(context.partner or context.agreement.title, "collaboration", commitment_id)
    return About(context, context.version, back, {"ends_on": today().isoformat()}, topic)


def _about_contact(contact_id: UUID) -> About[ContactContext]:
    context = contact_context(contact_id, neighbours=neighbours())
    person = context.person
    values = {name: getattr(person, name) for name in CONTACT_FIELDS}
    typed = {name: "" if value is None else str(value) for name, value in values.items()}
    topic = Topic(Words(person.name) if person.name else context.house, "contact", contact_id)
    return About(context, context.version, _house(person.at), typed, topic)


def _about_seat(seat_id: UUID) -> About[SeatContext]:
    context = seat_context(seat_id, on=today(), neighbours=neighbours())
    first = {"from_on": today().isoformat()}
    topic = Topic(context.house, "seat", seat_id)
    return About(context, context.version, _house(context.seat.at), first, topic)


def _milestone_done(filled: Filled, context: MilestoneContext) -> MilestoneDone:
    return MilestoneDone(
        context.milestone.id,
        filled.day("done_on", required=True, latest=today()) or today(),
        filled.passage("proof", required=True) or "",
        filled.link("link"),
        filled.passage("reason"),
        filled.version(),
    )


def _commitment_started(filled: Filled, context: StartContext) -> CommitmentStarted:
    nobody = UUID(int=0)
    partners, tasks = [each for each, _ in context.parties], [each.id for each in context.tasks]
    starts_on = filled.day("starts_on", required=True) or today()
    ends_on = filled.day("ends_on")
    if ends_on is not None and ends_on < starts_on:
        filled.faults.setdefault("ends_on", "reversed")
    return CommitmentStarted(
        context.agreement.id,
        filled.one_of("partner_id", partners) or nobody,
        filled.one_of("task_id", tasks) or nobody,
        filled.some_of("technology_ids", [each for each, _ in context.technologies]),
        filled.one_of("service_field_id", [each.id for each in context.fields], required=False),
        filled.code("role", COLLABORATION_ROLES) or "",
        starts_on,
        ends_on,
        filled.code("disclosure", ("public",), required=False) or "closed",
        filled.passage("reason"),
    )


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


def _contact_changed(filled: Filled, context: ContactContext) -> ContactChanged:
    consented_on, retain_until = (
        filled.day("consented_on", required=True),
        filled.day("retain_until"),
    )
    facts = {
        "name": filled.line("name", required=True),
        "email": filled.line("email", required=True),
        "phone": filled.line("phone"),
        "language": filled.code("language", LANGUAGES),
        "purpose": filled.passage("purpose", required=True),
        "consented_on": None if consented_on is None else consented_on.isoformat(),
        "retain_until": None if retain_until is None else retain_until.isoformat(),
    }
    reason = filled.line("reason")
    return ContactChanged(context.person.id, facts, reason, filled.version())


def _seat_handed_over(filled: Filled, context: SeatContext) -> SeatHandedOver:
    return SeatHandedOver(
        context.seat.id,
        filled.one_of("contact_id", [each.id for each in context.people]) or UUID(int=0),
        filled.day("from_on", required=True) or today(),
        filled.line("reason"),
        filled.version(),
    )


CONTACT_FIELDS = (
    "name",
    "email",
    "phone",
    "language",
    "purpose",
    "consented_on",
    "retain_until",
)
COMPLETE = Change("complete", "milestone", _milestone_done, {"evidence": "proof"})
START = Change("start", "collaboration", _commitment_started)
END = Change("end", "collaboration", _commitment_ended)
CONTACT = Change("contact", "contact", _contact_changed)
HAND_OVER = Change("hand_over", "seat", _seat_handed_over, {"from": "from_on"})


def _agreement(agreement_id: UUID | None, section: str) -> str:
    if agreement_id is None:
        return url_for("today.show")
    return url_for("agreement.show", agreement_id=agreement_id, _anchor=section)


def _house(place: Place) -> str:
    """Give the page of a place; departments have none yet."""
    if place.type == "partner":
        return url_for("partner.show", partner_id=place.id, _anchor="people")
    return url_for("today.show")
