"""Taking back what was recorded wrongly: by an entry of its own that says why, never in silence."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import lazy_gettext as _l

from changefeed.declared import Label
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.seat import Seat
from ieum_portal.domain.command import MilestoneReopened
from ieum_portal.domain.draft import Topic
from ieum_portal.operations.form_contexts import (
    MilestoneContext,
    SeatContext,
    end_context,
    milestone_context,
    seat_context,
)
from ieum_portal.operations.names import who_on_what
from ieum_portal.pages.changing.declared import Form, Subject
from ieum_portal.pages.changing.filled import Filled
from ieum_portal.pages.changing.plain import changing
from ieum_portal.pages.changing.route import house_page, seat_handed_over
from ieum_portal.pages.changing.steps import About, Change, walk
from ieum_portal.pages.typeset import run, say
from ieum_portal.pages.wired import neighbours, today

routes = Blueprint("undoing", __name__)


@routes.route("/milestones/<uuid:milestone_id>/reopen", methods=["GET", "POST"])
def reopen(milestone_id: UUID) -> Response:
    """Take back that a milestone was done or cancelled."""
    return walk(REOPEN, lambda: _about_milestone(milestone_id))


@routes.route("/commitments/<uuid:commitment_id>/resume", methods=["GET", "POST"])
def resume(commitment_id: UUID) -> Response:
    """Take back that a commitment was ended."""
    return walk(RESUME, lambda: _about_commitment(commitment_id))


@routes.route("/seats/<uuid:seat_id>/hand-back", methods=["GET", "POST"])
def hand_back(seat_id: UUID) -> Response:
    """Take back the last handover of a seat: its first day goes to whoever sat there before."""
    return walk(HAND_BACK, lambda: _about_seat(seat_id))


def _about_milestone(milestone_id: UUID) -> About[MilestoneContext]:
    context = milestone_context(milestone_id, neighbours=neighbours())
    agreement = context.milestone.agreement_id
    back = (
        url_for("today.show")
        if agreement is None
        else url_for("agreement.show", agreement_id=agreement, _anchor="milestones")
    )
    topic = Topic(context.milestone.title, "milestone", milestone_id)
    return About(context, context.version, back, {}, topic)


def _about_commitment(commitment_id: UUID) -> About[Subject]:
    context = end_context(commitment_id, neighbours=neighbours())
    commitment = context.commitment
    subject = Subject(
        shown=(
            (Label("기관", "Organisation"), say(context.partner)),
            (Label("과제", "Task"), say(context.task)),
            (Label("기간", "Time"), run(commitment.starts_on, commitment.ends_on)),
        ),
        id=commitment_id,
    )
    back = url_for("agreement.show", agreement_id=commitment.agreement_id, _anchor="commitments")
    topic = Topic(who_on_what(context.partner, context.task), "collaboration", commitment_id)
    return About(subject, context.version, back, {"ends_on": _ended_before(commitment_id)}, topic)


def _ended_before(commitment_id: UUID) -> str:
    """Give the last day that stood before the commitment was ended; empty if none did."""
    for each in neighbours().log.about((commitment_id,), at_most=20):
        if each.change.kind == "collaboration.ended":
            return str((each.previous or {}).get("ends_on") or "")
    return ""


def _about_seat(seat_id: UUID) -> About[SeatContext]:
    context = seat_context(seat_id, on=today(), neighbours=neighbours())
    first = _as_it_was(context.seat)
    topic = Topic(context.house, "seat", seat_id)
    return About(context, context.version, house_page(context.seat.at), first, topic)


def _as_it_was(seat: Seat) -> dict[str, str | list[str]]:
    """Give who went the day before somebody took the seat last, from that day on.

    Nothing, if nobody took it over from anybody.
    """
    last = max((each.from_on for each in seat.holders), default=None)
    for each in seat.holders:
        if last is not None and each.to_on == last - timedelta(days=1):
            return {"contact_id": str(each.contact_id), "from_on": last.isoformat()}
    return {}


def _milestone_reopened(filled: Filled, context: MilestoneContext) -> MilestoneReopened:
    reason = filled.passage("reason", required=True) or ""
    return MilestoneReopened(context.milestone.id, reason, filled.version())


REOPEN = Change("undoing.reopen", "milestone", _milestone_reopened, template="changing/reopen.html")
RESUME = changing(
    "undoing.resume",
    Form(
        Collaboration,
        "ends_on",
        hints={
            "ends_on": _l("종료를 기록하기 전의 마지막 날입니다. 비워 두면 끝이 정해지지 않습니다.")
        },
        reason=_l("되돌릴 때는 이유를 꼭 적습니다. 이력에 남습니다."),
    ),
)
HAND_BACK = Change(
    "undoing.hand_back",
    "seat",
    seat_handed_over,
    {"from": "from_on"},
    template="changing/hand_over.html",
)
