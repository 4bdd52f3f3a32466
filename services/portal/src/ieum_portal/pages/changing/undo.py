"""Taking back what was recorded wrongly: by an entry of its own that says why, never in silence."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, Response
from flask_babel import lazy_gettext as _l

from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.seat import Seat
from ieum_portal.operations.form_contexts import seat_context
from ieum_portal.pages.changing.declared import Form, Note
from ieum_portal.pages.changing.plain import acting, changing
from ieum_portal.pages.changing.route import about_commitment, about_milestone
from ieum_portal.pages.changing.steps import About, walk
from ieum_portal.pages.seat.form import about_seat, handing_over
from ieum_portal.pages.wired import neighbours, today

routes = Blueprint("undoing", __name__)


@routes.route("/milestones/<uuid:milestone_id>/reopen", methods=["GET", "POST"])
def reopen(milestone_id: UUID) -> Response:
    """Take back that a milestone was done or cancelled."""
    return walk(REOPEN, lambda: about_milestone(milestone_id, REOPEN_FORM))


@routes.route("/commitments/<uuid:commitment_id>/resume", methods=["GET", "POST"])
def resume(commitment_id: UUID) -> Response:
    """Take back that a commitment was ended."""
    return walk(RESUME, lambda: _about_commitment(commitment_id))


@routes.route("/seats/<uuid:seat_id>/hand-back", methods=["GET", "POST"])
def hand_back(seat_id: UUID) -> Response:
    """Take back the last handover of a seat: its first day goes to whoever sat there before."""
    return walk(HAND_BACK, lambda: _about_seat(seat_id))


def _about_commitment(commitment_id: UUID) -> About:
    return about_commitment(commitment_id, {"ends_on": _ended_before(commitment_id)})


def _ended_before(commitment_id: UUID) -> str:
    """Give the last day that stood before the commitment was ended; empty if none did."""
    for each in neighbours().log.about((commitment_id,), at_most=20):
        if each.change.kind == "collaboration.ended":
            return str((each.previous or {}).get("ends_on") or "")
    return ""


def _about_seat(seat_id: UUID) -> About:
    context = seat_context(seat_id, on=today(), neighbours=neighbours())
    first = _as_it_was(context.seat)
    lost = _l("되돌릴 인계를 찾지 못했습니다. 맡을 사람과 첫날을 직접 고르십시오.")
    return about_seat(context, first, *([] if first else [Note(lost)]))


def _as_it_was(seat: Seat) -> dict[str, str]:
    """Give who went the day before somebody took the seat last, from that day on.

    Nothing, if nobody took it over from anybody.
    """
    last = max((each.from_on for each in seat.holders), default=None)
    for each in seat.holders:
        if last is not None and each.to_on == last - timedelta(days=1):
            return {"contact_id": str(each.contact_id), "from_on": last.isoformat()}
    return {}


WHY = _l("되돌릴 때는 이유를 꼭 적습니다. 이력에 남습니다.")
REOPEN_FORM = Form(Milestone, reason=WHY, needs_reason=True)
REOPEN = acting("undoing.reopen", REOPEN_FORM, "reopenings")
RESUME = changing(
    "undoing.resume",
    Form(
        Collaboration,
        "ends_on",
        hints={
            "ends_on": _l("종료를 기록하기 전의 마지막 날입니다. 비워 두면 끝이 정해지지 않습니다.")
        },
        reason=WHY,
        needs_reason=True,
    ),
)
HAND_BACK = handing_over("undoing.hand_back", WHY, needs_reason=True)
