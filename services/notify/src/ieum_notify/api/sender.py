"""Whether letters are going out at all."""

from typing import Any

from flask_smorest import Blueprint

from httpedge.access import allow
from ieum_notify.api.bodies import sender_body
from ieum_notify.api.shapes import SenderBody
from ieum_notify.api.wired import desk, sight
from ieum_notify.operations.sender import sender

routes = Blueprint("sender", __name__, url_prefix="/v1/sender", description="The sender")


@routes.route("")
@routes.response(200, SenderBody)
@allow("office", "department", "auditor", "service")
def show_sender() -> dict[str, Any]:
    """Say when the sender last ticked, what is due, and what stands in its way."""
    at = desk()
    return sender_body(sender(at.history, at.now(), sight()))
