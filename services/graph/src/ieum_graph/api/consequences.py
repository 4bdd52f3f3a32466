"""What entries would do to the graph, before anybody records them."""

from typing import Any

from httpedge.access import allow
from httpedge.routes import Routes
from ieum_graph.api.bodies import foreseen_body
from ieum_graph.api.shapes import ConsequencesAsked, ConsequencesBody, ConsequencesShape
from ieum_graph.api.wired import wired
from ieum_graph.operations.foresee import foresee

routes = Routes("consequences", __name__, url_prefix="/v1/consequences", description="Consequences")


@routes.route("", methods=["POST"])
@routes.arguments(ConsequencesShape)
@routes.response(200, ConsequencesBody)
@allow("office", "service")
def say_consequences(asked: ConsequencesAsked) -> dict[str, Any]:
    """Say which ties entries would open and close, and whose coverage would change; write nothing.

    The entries are those of the registry's `dry_run`, in order and as they came.
    """
    parts = wired()
    on = asked.on or parts.today()
    return foreseen_body(
        foresee(asked.entries, on=on, reading=parts.reading, waiting=parts.waiting)
    )
