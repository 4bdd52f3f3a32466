"""A person's word that letters go out again."""

from typing import Any

from httpedge.access import allow
from httpedge.routes import Routes
from ieum_notify.api.bodies import listed_body
from ieum_notify.api.shapes import ResendShape, ResentBody
from ieum_notify.api.wired import desk
from ieum_notify.domain.facts import Subject
from ieum_notify.operations.resend import resend

routes = Routes("resends", __name__, url_prefix="/v1/resends", description="Sending again")


@routes.route("", methods=["POST"])
@routes.arguments(ResendShape)
@routes.response(200, ResentBody)
@allow("office")
def send_again(which: str | Subject) -> dict[str, Any]:
    """Let letters that were refused, put off, held or in doubt go out again at once."""
    at = desk()
    found = resend(at.rules, at.copy, at.outbox, at.history, at.now(), which=which)
    return {"items": [listed_body(each) for each in found], "next": None}
