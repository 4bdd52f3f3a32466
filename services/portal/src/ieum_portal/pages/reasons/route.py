"""내려받는 이유: whoever takes data of people out says why, and the record of access keeps it."""

from flask import Blueprint, Response, make_response, redirect, render_template, request

from ieum_portal.domain.reasons import LONGEST, TAKEN_OUT, TakenOut, reason_fault
from ieum_portal.domain.words import tidy
from ieum_portal.pages.entry import own_path
from ieum_portal.pages.errors.faults import BadRequest
from ieum_portal.pages.reasons.asking import keep_reason

routes = Blueprint("reasons", __name__)


@routes.route("/reason", methods=["GET", "POST"])
def show() -> Response:
    """Ask why, or take the answer and go on to what was asked for."""
    kind = _kind()
    reason = tidy(request.form.get("reason", ""))
    fault = reason_fault(reason) if request.method == "POST" else None
    if request.method == "POST" and fault is None:
        keep_reason(kind, reason)
        return make_response(redirect(own_path(request.form.get("next")), 303))
    text = render_template(
        "reasons/page.html",
        kind=kind,
        reason=reason,
        fault=fault,
        longest=LONGEST,
        next=own_path(request.values.get("next")),
        back=own_path(request.values.get("back")),
    )
    return make_response(text, 200 if fault is None else 422)


def _kind() -> TakenOut:
    """Give what is to be taken out; an address that does not say it asks for lists of people."""
    asked = request.values.get("kind") or "people"
    for each in TAKEN_OUT:
        if each == asked:
            return each
    raise BadRequest("form.unreadable")
