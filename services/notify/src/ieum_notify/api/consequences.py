"""What entries would do to the letters, before anybody records them."""

from typing import Any

from httpedge.access import allow
from httpedge.routes import Routes
from ieum_notify.api.bodies import consequences_body
from ieum_notify.api.shapes import ConsequencesBody, ConsequencesShape
from ieum_notify.api.wired import desk
from ieum_notify.operations.consequences import Proposed, consequences

routes = Routes("consequences", __name__, url_prefix="/v1/consequences", description="Consequences")


@routes.route("", methods=["POST"])
@routes.arguments(ConsequencesShape)
@routes.response(200, ConsequencesBody)
@allow("office", "service")
def say_consequences(proposed: Proposed) -> dict[str, Any]:
    """Say which letters of the next 45 days entries would bring and which take away.

    Nothing is written. The entries are those of the registry's `dry_run`, in order, as they came.
    """
    at = desk()
    return consequences_body(
        consequences(at.rules, at.copy, at.history, at.now(), proposed=proposed, waiting=at.waiting)
    )
