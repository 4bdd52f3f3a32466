"""How far the graph has come, and whether it follows."""

from typing import Any

from flask_smorest import Blueprint

from httpedge.access import allow
from ieum_graph.api.questions import SILENCE_S
from ieum_graph.api.shapes import ProjectionBody
from ieum_graph.api.wired import wired
from ieum_graph.operations.ask import lag_seconds
from ieum_graph.operations.come_as_far import BUSY
from ieum_graph.operations.rebuild import is_outgrown

routes = Blueprint("projection", __name__, url_prefix="/v1/projection", description="Projection")


@routes.route("", methods=["GET"])
@routes.response(200, ProjectionBody)
@allow("public")
def get_projection() -> dict[str, Any]:
    """Say how far the graph has come; numbers of entries are nobody's secret."""
    standing = wired().reading.standing()
    lag_s = lag_seconds(standing, wired().now(), silence_s=SILENCE_S)
    head_seq = max(standing.head_seq, standing.cursor.seq)
    state: str = standing.state
    if standing.heard_at is None:
        state = "behind"
    elif state in BUSY or is_outgrown(standing):
        state = "rebuilding"
    elif state == "following" and (lag_s > 0 or head_seq > standing.cursor.seq):
        state = "behind"
    return {
        "applied_seq": standing.cursor.seq,
        "applied_hash": standing.cursor.hash.hex(),
        "lost_seq": None if standing.lost is None else standing.lost.seq,
        "lost_hash": None if standing.lost is None else standing.lost.hash.hex(),
        "head_seq": head_seq,
        "lag_seconds": None if standing.heard_at is None else round(lag_s, 1),
        "state": state,
        "detail": standing.detail,
    }
